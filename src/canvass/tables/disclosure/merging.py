"""The nearest merge: which groups to take as one, so that no group of a table is hidden."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Integers
from canvass.tables import wording
from canvass.tables.crosstab import Crosstab
from canvass.tables.disclosure.limits import ORDINARY, Limits
from canvass.tables.values import Suppressed, Topline

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Merge:
    """Groups that are taken as one. `labels` are theirs, in the table's order."""

    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        return wording.listed(self.labels, "or")


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page offers for a table with hidden groups: these merges, after which every group is shown."""

    merges: tuple[Merge, ...]

    @property
    def words(self) -> str:
        """ "“Wales” with “Scotland”", to stand after "Offered instead:"."""
        return "; ".join(
            wording.listed(tuple(f"“{label}”" for label in merge.labels), "with") for merge in self.merges
        )


def nearest_merge(tables: Sequence[Crosstab], *, ordered: bool, limits: Limits = ORDINARY) -> Offer | None:
    """The fewest merges after which no group of these tables is hidden; None where none is hidden now, or
    merging does not help.

    tables: as counted, by the same groups. ordered: the groups stand in an order ("2 to 5 years"): a small
    one is merged with the smaller of its neighbours, else with the smallest of all.
    """
    labels = tables[0].labels
    bases = np.array([_bases(table) for table in tables])  # (tables, groups)
    if not _hides(bases, limits) or _few_in_none(tables, limits):
        return None
    parts = [[place] for place in range(len(labels))]
    while _hides(bases, limits):
        if len(parts) < 3:  # one group of everybody divides nobody
            return None
        one, other = _closest(bases, ordered=ordered)
        parts[one] += parts.pop(other)
        bases[:, one] += bases[:, other]
        bases = np.delete(bases, other, axis=1)
    merged = (tuple(labels[place] for place in sorted(part)) for part in parts if len(part) > 1)
    return Offer(tuple(Merge(one) for one in merged))


def is_in_order(labels: Sequence[str]) -> bool:
    """Whether groups stand in an order by their numbers: "under 2 years", "2 to 5 years", "over 10"."""
    numbers = [[int(one) for one in _NUMBER.findall(label)] for label in labels]
    firsts = [found[0] for found in numbers if found]
    return len(firsts) == len(labels) > 1 and firsts == sorted(firsts)


def _bases(table: Crosstab) -> list[int]:
    """People of each group of a counted table."""
    assert not any(isinstance(group.base, Suppressed) for group in table.groups)
    return [group.base for group in table.groups if isinstance(group.base, int)]


def _hides(bases: Integers, limits: Limits) -> bool:
    return bool(((bases > 0) & (bases < limits.base)).any())


def _few_in_none(tables: Sequence[Crosstab], limits: Limits) -> bool:
    """Whether few people are in no group: then one must stay hidden beside them, however large."""
    totals = [table.total.base for table in tables if isinstance(table.total, Topline)]
    return any(
        0 < total - sum(_bases(table)) < limits.base for total, table in zip(totals, tables, strict=True)
    )


def _closest(bases: Integers, *, ordered: bool) -> tuple[int, int]:
    """(the first, the second) of the two groups to merge next."""
    small = np.where(bases > 0, bases, np.iinfo(np.int64).max).min(axis=0)
    one = int(small.argmin())
    others = [one - 1, one + 1] if ordered else range(len(small))
    found = [place for place in others if place != one and 0 <= place < len(small)]
    other = min(found, key=lambda place: (small[place], place))
    return min(one, other), max(one, other)
