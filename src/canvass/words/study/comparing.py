"""Two coders: what each coded the same answers with, and where they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass

from canvass.words import agreement
from canvass.words.study.state import State


@dataclass(frozen=True, slots=True)
class Unit:
    """One answer, and the codes that each pass gave it; none is an answer too."""

    answer: str
    codes: tuple[frozenset[str], ...]  # in the order of the passes

    @property
    def distance(self) -> float:
        """How far the first two passes are apart (MASI), 0..1."""
        return agreement.masi(self.codes[0], self.codes[1])


def units(state: State, passes: Sequence[str], *, as_given: bool = False) -> tuple[Unit, ...]:
    """The answers that every one of these passes is through with, in the order of the study.

    A pass is through with an answer once its coder has coded it there or marked it read there. Codes are
    those that count now, after merges and splits, or those that were given then (`as_given`), which later
    changes of the codebook leave as they were. Answers set aside or moved to an option stay in.
    """
    done = [done_in(state, one) for one in passes]
    common = sorted(set.intersection(*done), key=state.corpus.place.__getitem__) if done else []
    return tuple(
        Unit(answer, tuple(codes_in(state, answer, one, as_given=as_given) for one in passes))
        for answer in common
    )


def done_in(state: State, in_pass: str) -> set[str]:
    """The answers of a pass that its coder is through with and that are still in the study."""
    found = state.passes[in_pass]
    return {
        answer for answer in found.answers if answer in state.corpus and is_through(state, answer, in_pass)
    }


def is_through(state: State, answer: str, in_pass: str) -> bool:
    """Whether a pass is through with an answer of its sample."""
    coder = state.passes[in_pass].coder
    return (answer, coder, in_pass) in state.reads or bool(codes_in(state, answer, in_pass))


def codes_in(state: State, answer: str, in_pass: str, *, as_given: bool = False) -> frozenset[str]:
    """The codes that count now among those given to an answer in a pass, or those that were given."""
    return frozenset(
        place.node if as_given else state.now(state.codings[place])
        for place in state.of_answer.get(answer, ())
        if place.in_pass == in_pass
    )


def disagreements(state: State, first: str, second: str) -> tuple[Unit, ...]:
    """Answers that the two passes coded differently, the furthest apart first; settled ones too."""
    found = units(state, (first, second))
    return tuple(found[place] for place in agreement.disagreements([unit.codes for unit in found]))
