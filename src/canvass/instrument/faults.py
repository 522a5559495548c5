"""What is wrong with a poll file: where, what, and what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from canvass.instrument.yamltree import TreeFault

MOST_LISTED = 15
MOST_QUOTED = 60


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend. `line` counts from 1; `item` is "" where the fault is the poll's own."""

    line: int
    item: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.line}: item {self.item}" if self.item else str(self.line)
        return f"{place}: {self.problem} {self.remedy}"


class PollFileError(Exception):
    """The file is not a poll. `faults` lists everything found once, in the order of the lines."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.name = name
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"{name}:{fault}" for fault in self.faults))


class Faults:
    """The faults found so far, so that one reading finds them all."""

    def __init__(self, found: Iterable[TreeFault] = ()) -> None:
        self._found = [Fault(fault.line, "", fault.problem, fault.remedy) for fault in found]

    def __bool__(self) -> bool:
        return bool(self._found)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._found)

    def add(self, line: int, problem: str, remedy: str, *, item: str = "") -> None:
        self._found.append(Fault(line, item, problem, remedy))


def quoted(text: str) -> str:
    """What the file says, in quotation marks, cut where it is long."""
    return f'"{text}"' if len(text) <= MOST_QUOTED else f'"{text[:MOST_QUOTED]}…"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy for a word that is not known: the nearest one, else all of them."""
    offered = list(known)
    near = get_close_matches(word.lower(), offered, n=1, cutoff=0.6)
    if near:
        return f'Did you mean "{near[0]}"?'
    listed = ", ".join(offered[:MOST_LISTED]) + (" …" if len(offered) > MOST_LISTED else "")
    return f"Use one of: {listed}." if offered else "Remove it."
