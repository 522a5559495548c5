"""What of a study may leave: masked texts by people without names, and the codings that count."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.coding.reading import PollSource, Question
from canvass.words.study import MAIN, WHOLE, Coding, Masked, State, codes_of, masked


@dataclass(frozen=True, slots=True)
class Kept:
    """A code that counts for a part of an answer. coding: None where it was decided after a disagreement."""

    node: str
    start: int  # in the answer as it was written; WHOLE for all of it
    end: int
    by: str
    at: str
    coding: Coding | None


@dataclass(frozen=True, eq=False)
class Leaving:
    """One answer as it leaves."""

    id: str
    question: Question
    person: str  # "P0001", the same for all that one person wrote to one poll
    text: Masked
    profile: Sequence[tuple[str, str]]  # (field, band)
    is_substantive: bool
    kept: Sequence[Kept]


def leaving(study: Study, room: Room) -> list[Leaving]:
    """The answers of closed polls in the order of their questions and people; flagged ones stay at home."""
    state, reading = room.state, room.reading
    answers = [
        answer
        for answer in reading.corpus
        if not reading.questions[answer.question].is_live and answer.id not in state.flags
    ]
    called = _people(study, [reading.of[answer.id] for answer in answers])
    found = []
    for answer in answers:
        source, row = reading.of[answer.id]
        found.append(
            Leaving(
                answer.id,
                reading.questions[answer.question],
                called[source.poll.pk, row],
                masked(answer, state.masks.get(answer.id, ())),
                source.profile(row),
                answer.id not in state.aside and answer.id not in state.moved,
                kept_of(state, answer.id),
            )
        )
    order = {name: place for place, name in enumerate(reading.questions)}
    return sorted(found, key=lambda one: (order[one.question.name], one.person, one.id))


def kept_of(state: State, answer: str) -> list[Kept]:
    """The codings of an answer that count, by start; settled codes without one stand for the whole.

    Those of open passes stay at home: their coders are compared blind.
    """
    counting = codes_of(state, answer)
    found = []
    for place in state.of_answer.get(answer, ()):
        coding = state.codings[place]
        at_home = place.in_pass != MAIN and state.passes[place.in_pass].is_open
        if not at_home and state.now(coding) in counting:
            kept = Kept(state.now(coding), place.start, place.end, place.coder, coding.at, coding)
            found.append(kept)
    decided = state.settled.get(answer)
    for node in counting:
        if decided and all(one.node != node for one in found):
            found.append(Kept(node, WHOLE, WHOLE, decided.by, decided.at, None))
    return sorted(found, key=lambda one: (one.start, one.end, counting.index(one.node), one.by))


def by_question(answers: Sequence[Leaving]) -> Mapping[str, list[Leaving]]:
    found: dict[str, list[Leaving]] = defaultdict(list)
    for one in answers:
        found[one.question.name].append(one)
    return found


def _people(study: Study, ballots: Sequence[tuple[PollSource, int]]) -> dict[tuple[int, int], str]:
    """A name for each ballot, in an order that tells nothing and is the same in every export."""

    def drawn(ballot: tuple[int, int]) -> bytes:
        return blake2b(f"{ballot[0]} {ballot[1]}".encode(), key=bytes.fromhex(study.salt)).digest()

    known = sorted({(source.poll.pk, row) for source, row in ballots}, key=drawn)
    return {ballot: f"P{number:04d}" for number, ballot in enumerate(known, start=1)}
