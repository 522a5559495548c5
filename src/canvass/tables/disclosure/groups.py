"""Which groups of people are not shown: the small ones, and further ones until the small cannot be found.

A reader who knows the total takes the shown groups from it. So what is hidden is none, or at least two groups
whose sum may itself be told.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

from canvass.tables.disclosure.limits import ORDINARY, Limits


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """People of one kind: how many there are (of a funnel: were mailed), and how many of these took part."""

    people: int
    took_part: int = 0

    @property
    def cells(self) -> tuple[int, int]:
        """How many took part, and how many did not."""
        return self.took_part, self.people - self.took_part

    def __add__(self, other: "Group") -> "Group":
        return Group(self.people + other.people, self.took_part + other.took_part)


def withheld(groups: Sequence[Group], limits: Limits = ORDINARY, also: Collection[int] = ()) -> set[int]:
    """Positions of the groups of which neither number is shown, so that nobody learns who did or did not take
    part: a group is small where few were mailed, or only a few took part or did not.

    also: positions that are hidden for another reason.
    """

    def may_be_told(group: Group) -> bool:
        return group.people >= limits.base and not any(limits.few(cell) for cell in group.cells)

    def tells_of_nobody(group: Group) -> bool:
        return group.people >= limits.base and min(group.cells) >= limits.cell

    return hidden_groups(groups, may_be_told, tells_of_nobody=tells_of_nobody, also=also)


def hidden_groups(
    groups: Sequence[Group],
    may_be_told: Callable[[Group], bool],
    *,
    tells_of_nobody: Callable[[Group], bool] | None = None,
    also: Collection[int] = (),
) -> set[int]:
    """Positions of the groups that are not shown, given that the sums over all groups are known.

    may_be_told: whether a group may be shown. tells_of_nobody: whether the sum of several hidden ones may be
    known, where that is more; one in which nobody took part, or everybody did, says so of each of them. The
    smallest are hidden first. also: positions that are hidden for another reason.
    """
    enough = tells_of_nobody or may_be_told
    hidden = {at for at, group in enumerate(groups) if at in also or not may_be_told(group)}
    rest = sorted(set(range(len(groups))) - hidden, key=lambda at: (groups[at], at))
    for at in rest:
        if not hidden or (len(hidden) > 1 and enough(_sum(groups[one] for one in sorted(hidden)))):
            break
        hidden.add(at)
    return hidden


def _sum(groups: Iterable[Group]) -> Group:
    return reduce(Group.__add__, groups, Group(0))
