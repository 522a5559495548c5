"""What counts: the codes an answer has for good, how many answers each node holds, and how far a study is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from canvass.words.study.comparing import codes_in, done_in, is_through
from canvass.words.study.state import State
from canvass.words.study.values import MAIN


@dataclass(frozen=True, slots=True)
class Progress:
    """Answers of a study, or of one question, by what was done with them."""

    answers: int
    read: int  # marked read or coded by anybody
    coded: int
    aside: int  # no answer
    moved: int  # to a listed option
    flagged: int

    @property
    def substantive(self) -> int:
        """The base of every count of codes: answers neither set aside nor moved to an option."""
        return self.answers - self.aside - self.moved

    @property
    def left(self) -> int:
        """Substantive answers that nobody has read yet."""
        return self.answers - self.read


def is_substantive(state: State, answer: str) -> bool:
    return answer not in state.aside and answer not in state.moved


def codes_of(state: State, answer: str) -> tuple[str, ...]:
    """The codes that count for an answer, in the order in which they were given.

    What was decided after a disagreement holds. Else: codes given outside passes, and those of closed passes
    where all that are through with the answer gave the same. Where they differ, their codes count once the
    disagreement is settled.
    """
    if answer in state.settled:
        return tuple(dict.fromkeys(state.standing_for(node) for node in state.settled[answer].nodes))
    places = state.of_answer.get(answer, ())
    given = [state.now(state.codings[place]) for place in places if place.in_pass == MAIN]
    if any(place.in_pass != MAIN for place in places):
        given += [code for code in _given_in_passes(state, answer) if code not in given]
    return tuple(dict.fromkeys(given))


def _given_in_passes(state: State, answer: str) -> tuple[str, ...]:
    """The codes of the closed passes that are through with an answer, where they agree."""
    closed = [one for one in state.passes_of.get(answer, ()) if not state.passes[one].is_open]
    found = {codes_in(state, answer, one) for one in closed if is_through(state, answer, one)}
    return tuple(sorted(found.pop())) if len(found) == 1 else ()


def holdings(state: State, answers: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Which of these answers each node holds: a code those coded with it, a theme those of its codes, and so
    on upwards. Only substantive answers; a node that holds none is absent."""
    held: dict[str, set[str]] = {}
    for answer in answers:
        if not is_substantive(state, answer):
            continue
        above: set[str] = set()
        for code in codes_of(state, answer):
            climb(state, code, above)
        for node in above:
            held.setdefault(node, set()).add(answer)
    return {node: frozenset(found) for node, found in sorted(held.items())}


def climb(state: State, node: str, above: set[str]) -> None:
    """Add a node and everything that it lies under."""
    if node not in above:
        above.add(node)
        for parent in state.parents.get(node, ()):
            climb(state, parent, above)


def progress(state: State, answers: Collection[str]) -> Progress:
    """How far these answers are."""
    read = {answer for answer, _coder, _pass in state.reads}
    coded = {answer for answer in answers if answer in state.of_answer or answer in state.settled}
    return Progress(
        answers=len(answers),
        read=sum(
            answer in read or answer in coded or answer in state.aside or answer in state.moved
            for answer in answers
        ),
        coded=sum(answer in coded and is_substantive(state, answer) for answer in answers),
        aside=sum(answer in state.aside for answer in answers),
        moved=sum(answer in state.moved and answer not in state.aside for answer in answers),
        flagged=sum(answer in state.flags for answer in answers),
    )


def progress_of_pass(state: State, in_pass: str) -> tuple[int, int]:
    """(through, all) of a pass."""
    return len(done_in(state, in_pass)), len(state.passes[in_pass].answers)
