"""Two coders of one sample: how far each is, how far they agree, and what is still to be settled."""

from collections.abc import Sequence
from dataclasses import dataclass

from canvass.coding.ledgers import Room
from canvass.words import agreement
from canvass.words.agreement import Agreement
from canvass.words.study import (
    Act,
    Adjudication,
    Answer,
    CodingPass,
    Node,
    State,
    StudyRefused,
    acts,
    disagreements,
    draw,
    is_substantive,
    progress_of_pass,
    units,
    usual_size,
)

BOOTSTRAP_SEED = 1  # of the interval, so that the same codings give the same one


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two passes over one sample."""

    first: CodingPass
    second: CodingPass

    @property
    def id(self) -> str:
        return f"{self.first.id}-{self.second.id}"

    @property
    def passes(self) -> tuple[str, str]:
        return self.first.id, self.second.id

    @property
    def is_open(self) -> bool:
        return self.first.is_open or self.second.is_open


@dataclass(frozen=True, slots=True)
class Apart:
    """An answer that two coders coded differently."""

    answer: Answer
    first: Sequence[Node]
    second: Sequence[Node]
    settled: Adjudication | None
    final: Sequence[Node]

    @property
    def all(self) -> list[Node]:
        """The codes of either, each once, by name."""
        return sorted({*self.first, *self.second}, key=lambda node: node.name.casefold())


def comparisons(state: State) -> list[Comparison]:
    """The newest first. Two passes belong together that were opened one after the other over one sample."""
    passes = list(state.passes.values())
    pairs = zip(passes[::2], passes[1::2], strict=False)
    return [Comparison(one, other) for one, other in pairs if one.answers == other.answers][::-1]


def agreed(state: State, comparison: Comparison) -> Agreement:
    """As they coded, before they talked: later merges change nothing here."""
    found = units(state, comparison.passes, as_given=True)
    version = state.frozen[comparison.first.version]
    given = {code for unit in found for codes in unit.codes for code in codes}
    codes = [node for node, _version in version.nodes if node in given]
    codes += sorted(given.difference(codes))
    return agreement.agreement([unit.codes for unit in found], codes, seed=BOOTSTRAP_SEED)


def apart_as_given(state: State, comparison: Comparison) -> list[str]:
    """The answers that they coded differently then, whatever was merged since."""
    found = units(state, comparison.passes, as_given=True)
    return [unit.answer for unit in found if unit.codes[0] != unit.codes[1]]


def apart(state: State, comparison: Comparison) -> list[Apart]:
    """What they coded differently, the furthest apart first."""
    return [
        Apart(
            answer=state.corpus.answer(unit.answer),
            first=_nodes(state, unit.codes[0]),
            second=_nodes(state, unit.codes[1]),
            settled=state.settled.get(unit.answer),
            final=_nodes(state, state.settled[unit.answer].nodes) if unit.answer in state.settled else (),
        )
        for unit in disagreements(state, *comparison.passes)
    ]


def candidates(room: Room) -> list[str]:
    """The answers that a fresh sample is drawn from: they say something, and nobody was compared on them."""
    state = room.state
    live = {name for name, question in room.reading.questions.items() if question.is_live}
    return [
        answer.id
        for answer in state.corpus
        if is_substantive(state, answer.id)
        and answer.id not in state.passes_of
        and answer.question not in live
    ]


def opening(
    room: Room, coders: tuple[str, str], size: int | None, seed: int, ids: tuple[str, str]
) -> list[Act]:
    """The acts that open a comparison: freeze the codebook, and give both coders the same sample.

    size: None for the usual one. Raises StudyRefused.
    """
    if coders[0] == coders[1]:
        raise StudyRefused("Choose two different coders.")
    fresh = candidates(room)
    if not fresh:
        raise StudyRefused("No answer is left that nobody was compared on. Settle what is open instead.")
    sample = draw(fresh, usual_size(len(fresh)) if size is None else size, seed)
    version = max(room.state.frozen, default=0) + 1
    return [
        acts.FreezeCodebook(version, "for a comparison of coders"),
        *(
            acts.OpenPass(name, coder, sample, version, blind=True, seed=seed)
            for name, coder in zip(ids, coders, strict=True)
        ),
    ]


def how_far(state: State, one: CodingPass) -> tuple[int, int]:
    """(through, all) of a pass."""
    return progress_of_pass(state, one.id)


def _nodes(state: State, ids: Sequence[str] | frozenset[str]) -> list[Node]:
    found = {state.standing_for(node) for node in ids}
    return sorted((state.nodes[node] for node in found), key=lambda node: node.name.casefold())
