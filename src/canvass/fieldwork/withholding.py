"""Which groups' numbers are not shown, so that nobody learns who did or did not take part.

A group is withheld where it is small, or where only a few took part or did not; then further groups, the
smallest first, until what is hidden cannot be found by taking the shown groups from the total. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SMALLEST_GROUP = 10  # people mailed
SMALLEST_CELL = 5  # people who took part, or who did not


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind: how many were mailed, and how many of these took part."""

    mailed: int
    took_part: int


def withheld(groups: Sequence[Group]) -> set[int]:
    """Positions of the groups that are not shown, given that the sums of all groups are known.

    What is hidden is none, or at least two groups whose sum tells of nobody: a sum where nobody took part, or
    everybody did, would say the same of each of them.
    """
    hidden = {at for at, group in enumerate(groups) if not _may_be_told(group)}
    rest = sorted(
        set(range(len(groups))) - hidden, key=lambda at: (groups[at].mailed, groups[at].took_part, at)
    )
    for at in rest:
        if not hidden or (len(hidden) > 1 and _tells_of_nobody(_sum(groups[one] for one in hidden))):
            break
        hidden.add(at)
    return hidden


def _sum(groups: Iterable[Group]) -> Group:
    held = list(groups)
    return Group(sum(group.mailed for group in held), sum(group.took_part for group in held))


def _may_be_told(group: Group) -> bool:
    """Nobody or everybody took part, or enough did and enough did not."""
    return group.mailed >= SMALLEST_GROUP and all(
        cell == 0 or cell >= SMALLEST_CELL for cell in _cells(group)
    )


def _tells_of_nobody(group: Group) -> bool:
    return group.mailed >= SMALLEST_GROUP and all(cell >= SMALLEST_CELL for cell in _cells(group))


def _cells(group: Group) -> tuple[int, int]:
    """How many took part, and how many did not."""
    return group.took_part, group.mailed - group.took_part
