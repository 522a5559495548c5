"""Where answers could name somebody, and what was decided there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from canvass.coding.ledgers import Room
from canvass.panel import own_names
from canvass.team.models import Panel
from canvass.words.identifying import Hit, find, undecided
from canvass.words.study import Answer, StudyRefused, acts, seal

AROUND = 90  # characters on each side of a place
GONE = "These words are decided by now. Look at what is left below."


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of an answer that nobody has decided on, between what stands around them."""

    answer: Answer
    hit: Hit
    alike: int  # other undecided places with the same words

    @property
    def words(self) -> str:
        return self.answer.text[self.hit.start : self.hit.end]

    @property
    def before(self) -> str:
        start = max(self.hit.start - AROUND, 0)
        return ("… " if start else "") + self.answer.text[start : self.hit.start]

    @property
    def after(self) -> str:
        end = self.hit.end + AROUND
        return self.answer.text[self.hit.end : end] + (" …" if end < len(self.answer.text) else "")


@dataclass(frozen=True, slots=True)
class Found:
    """How far the answers that somebody may read are decided."""

    places: int
    decided: int
    spots: Sequence[Spot]


def found(room: Room, panel: Panel, answers: Sequence[str]) -> Found:
    """Every place in these answers, and those that are undecided, answer by answer."""
    hits = _hits(room, panel)
    still = [
        (answer, hit, _key(answer, hit)) for one in answers for answer, hit in _undecided(room, hits, one)
    ]
    same = Counter(key for _answer, _hit, key in still)
    places = sum(len(hits[one]) for one in answers)
    waiting = {
        (answer.id, hit.start)
        for answer, left, _same in still
        for hit in hits[answer.id]
        if hit.start <= left.start < hit.end
    }
    return Found(
        places, places - len(waiting), [Spot(answer, hit, same[key] - 1) for answer, hit, key in still]
    )


def deciding(
    spots: Sequence[Spot], answer: str, start: str, end: str, replacement: str, accepted: bool, together: bool
) -> list[acts.MaskSpan]:
    """The acts of one decision: on one place, or on all that have its words. Raises StudyRefused."""
    chosen = next(
        (
            one
            for one in spots
            if (one.answer.id, str(one.hit.start), str(one.hit.end)) == (answer, start, end)
        ),
        None,
    )
    if chosen is None:
        raise StudyRefused(GONE)
    key = _key(chosen.answer, chosen.hit)
    wanted = [one for one in spots if _key(one.answer, one.hit) == key] if together else [chosen]
    said = replacement or chosen.hit.proposed
    return [
        acts.MaskSpan(
            one.answer.id,
            one.hit.start,
            one.hit.end,
            seal(one.words),
            one.hit.kind,
            said if accepted else "",
            "person" if replacement else "rule",
            accepted,
        )
        for one in wanted
    ]


def _hits(room: Room, panel: Panel) -> dict[str, tuple[Hit, ...]]:
    """By answer; kept with the study until its answers or the panel's addresses change."""
    held = own_names.held(panel)
    if room.hits is None or room.hits[0] != held:
        names = own_names.own_names(panel)
        room.hits = held, {answer.id: find(answer.text, names=names) for answer in room.reading.corpus}
    return room.hits[1]


def _undecided(room: Room, hits: dict[str, tuple[Hit, ...]], answer_id: str) -> Iterator[tuple[Answer, Hit]]:
    answer = room.state.corpus.answer(answer_id)
    decided = [(one.start, one.end) for one in room.state.masks.get(answer_id, ())]
    for hit in undecided(answer.text, hits[answer_id], decided):
        yield answer, hit


def _key(answer: Answer, hit: Hit) -> str:
    """The same for the same words, whatever their case and spaces."""
    return " ".join(answer.text[hit.start : hit.end].casefold().split())
