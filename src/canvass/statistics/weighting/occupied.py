"""The occupied cells of the joint margins: people who are alike in all of them, and share one factor."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Codes, Floats, Integers

BLOCK = 1 << 17  # rows at a time
LARGEST_TABLE = 4_000_000  # cells of a table with every combination, beyond which combinations are listed


@dataclass(frozen=True, slots=True, eq=False)
class OccupiedCells:
    """Only combinations that occur, however many could. Made by `occupied_cells`."""

    index: Integers  # (rows,) place of each row in a table of `table` combinations
    table: int
    occupied: Integers  # (C,) the places that somebody stands in
    members: tuple[Integers, ...]  # for each margin (C,) the category of each cell, 0 for unknown
    people: Integers  # (C,)

    def sums(self, column: Floats | None) -> Floats:
        """Σ of a column over the rows of each cell; of people where there is none: (rows,) to (C,)."""
        if column is None:
            return self.people.astype(float)
        return np.asarray(np.bincount(self.index, column, minlength=self.table)[self.occupied])

    def spread(self, values: Floats) -> Floats:
        """A value a cell back to rows: (C,) to (rows,)."""
        table = np.empty(self.table)
        table[self.occupied] = values
        return table[self.index]

    @property
    def codes(self) -> Integers:
        """(rows,) the cell of each row, 0..C-1."""
        place = np.empty(self.table, dtype=np.int64)
        place[self.occupied] = np.arange(len(self.occupied))
        return place[self.index]


def occupied_cells(codes: Sequence[Codes], sizes: Sequence[int]) -> OccupiedCells:
    """Collapse rows to the cells they share: one pass over the rows a margin.

    codes: for each margin (rows,) -1..size-1, where -1 is unknown.
    """
    index, table = np.zeros(len(codes[0]), dtype=np.int64), 1
    listed: list[Integers | None] = []  # before a margin: the combinations so far, where they were listed
    while (done := len(listed)) < len(sizes):
        combinations = None
        if done:
            combinations, index = np.unique(index, return_inverse=True)
            table = len(combinations)
        end, wider = _as_many_as_fit(sizes, done, table)
        _fold(index, codes[done:end], sizes[done:end], table)
        table = wider
        listed += [combinations, *[None] * (end - done - 1)]
    if table > LARGEST_TABLE:
        present, index, people = np.unique(index, return_inverse=True, return_counts=True)
        every = np.arange(len(present))
        return OccupiedCells(index, len(present), every, _members(present, sizes, listed), people)
    people = np.bincount(index, minlength=table)
    occupied = np.flatnonzero(people)
    return OccupiedCells(index, table, occupied, _members(occupied, sizes, listed), people[occupied])


def _as_many_as_fit(sizes: Sequence[int], start: int, table: int) -> tuple[int, int]:
    """How far margins from `start` on fold into one table, at least one, and its size."""
    end, table = start + 1, table * (sizes[start] + 1)
    while end < len(sizes) and table * (sizes[end] + 1) <= LARGEST_TABLE:
        end, table = end + 1, table * (sizes[end] + 1)
    return end, table


def _fold(index: Integers, codes: Sequence[Codes], sizes: Sequence[int], table: int) -> None:
    """Fold margins into `index` (rows,), the places in a table so far.

    Block by block, so that each stays in the cache, and in as few bytes as its places need.
    """
    unknown = 0  # the place of code 0 on every margin: codes begin at -1
    for size in sizes:
        unknown = unknown * (size + 1) + 1
    for start in range(0, len(index), BLOCK):
        block = slice(start, start + BLOCK)
        place: Codes = index[block]
        reach = table
        for column, size in zip(codes, sizes, strict=True):
            reach *= size + 1
            place = place.astype(_narrowest(reach)) * (size + 1)
            place += column[block]
        np.add(place, unknown, out=index[block])


def _narrowest(reach: int) -> type[np.signedinteger]:
    return next(kind for kind in (np.int16, np.int32, np.int64) if reach <= np.iinfo(kind).max)


def _members(
    occupied: Integers, sizes: Sequence[int], listed: Sequence[Integers | None]
) -> tuple[Integers, ...]:
    """The categories that a combination was folded from, the last margin first."""
    members = []
    for size, combinations in zip(reversed(sizes), reversed(listed), strict=True):
        occupied, category = np.divmod(occupied, size + 1)
        members.append(category)
        if combinations is not None:
            occupied = combinations[occupied]
    return tuple(reversed(members))
