"""Moves: small changes of a table that keep everything that is told, as proofs that a cell can be otherwise.

A move takes people from one hidden cell to another and mends the sums of rows and columns. In a rating it
also keeps every column's mean: what goes to one point comes from two others with the same middle.
"""

from typing import NamedTuple

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers
from canvass.tables.disclosure.blocks import Block


class _Moves(NamedTuple):
    """Moves side by side: the cells that each changes, and by how many people."""

    rows: Integers  # (cells, moves)
    columns: Integers  # (cells, moves)
    changes: Integers  # (cells, moves)


class Walker:
    """Finds the next table on the way to a larger or a smaller cell."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._known: dict[tuple[int, int], list[_Moves]] = {}
        self._free = _without_mean(block)
        facts = [fact for fact in block.facts if not (block.whole_columns and _keeps_means(fact.weights))]
        self._weights = np.array([fact.weights for fact in facts]).reshape(-1, *block.counts.shape)
        self._below = np.array([fact.low for fact in facts])
        self._above = np.array([fact.high for fact in facts])

    def step(self, table: Integers, row: int, column: int, people: int) -> Integers | None:
        """A table in which this cell has at least so many people more (or, below 0, fewer); None: no single
        move leads to one."""
        if (row, column) not in self._known:
            self._known[row, column] = self._found(row, column)
        for moves in self._known[row, column]:
            further = self._best(table, moves, people)
            if further is not None:
                return further
        return None

    def _best(self, table: Integers, moves: _Moves, people: int) -> Integers | None:
        """After the move that leaves most people in the cells that it takes from."""
        changes = moves.changes * people
        after = table[moves.rows, moves.columns] + changes
        fits = (after >= 0) & (after <= self._block.upper[moves.rows, moves.columns])
        may = np.flatnonzero(fits.all(axis=0))
        if len(self._weights) and len(may):
            may = may[self._agree(table, moves, changes, may)]
        if not len(may):
            return None
        left = np.where(changes[:, may] < 0, after[:, may], np.iinfo(np.int64).max).min(axis=0)
        best = int(may[np.argmax(left)])
        found = table.copy()
        np.add.at(found, (moves.rows[:, best], moves.columns[:, best]), changes[:, best])
        return found

    def step_with_room(self, table: Integers, row: int, column: int, people: int) -> Integers | None:
        """The same after another cell of the column has made room, where a fact stood in the way."""
        if not len(self._weights) or not self._block.exclusive:
            return None
        for other in np.flatnonzero(self._block.hidden[:, column] & (np.arange(len(table)) != row)):
            roomy = self.step(table, int(other), column, -people)
            further = None if roomy is None else self.step(roomy, row, column, people)
            if further is not None and (further - table)[row, column] * people > 0:
                return further
        return None

    def _found(self, row: int, column: int) -> list[_Moves]:
        """Sets of moves, those to be tried first before others."""
        hidden = self._block.hidden
        partners = np.flatnonzero(hidden[row] & (np.arange(hidden.shape[1]) != column))
        if not self._block.exclusive:
            return [_along_the_row(row, column, partners)]
        if not self._block.whole_columns:
            return [_round_four_cells(row, column, hidden)]
        keeping = _keeping_means(row, column, partners, len(hidden))
        if not self._free[column]:
            return [keeping]
        return [_round_four_cells(row, column, hidden & self._free), keeping]

    def _agree(self, table: Integers, moves: _Moves, changes: Integers, may: Integers) -> Booleans:
        """(moves,) whether everything else that is told still holds after the move."""
        weights = self._weights[:, moves.rows[:, may], moves.columns[:, may]]
        values = np.tensordot(self._weights, table, axes=2)[:, None] + (weights * changes[:, may]).sum(axis=1)
        within = (values >= self._below[:, None]) & (values <= self._above[:, None])
        return np.asarray(within.all(axis=0))


def _without_mean(block: Block) -> Booleans:
    """(C,) groups whose mean is not printed, so that it may change."""
    free = np.ones(len(block.bases), dtype=bool)
    for fact in block.printed:
        columns = fact.weights.any(axis=0)
        if columns.sum() == 1:
            free &= ~columns
    return free


def _keeps_means(weights: Floats) -> bool:
    """Whether a fact's weights rise evenly from point to point, so that moves which keep means keep it."""
    return bool(np.allclose(np.diff(weights, n=2, axis=0), 0.0))


def _along_the_row(row: int, column: int, partners: Integers) -> _Moves:
    here = np.full(len(partners), column)
    changes = np.repeat(np.array([[1], [-1]]), len(partners), axis=1)
    return _Moves(np.full((2, len(partners)), row), np.stack([here, partners]), changes)


def _round_four_cells(row: int, column: int, hidden: Booleans) -> _Moves:
    """To this cell from another row of its column, and back in another column."""
    corners = hidden[:, column][:, None] & hidden[row][None, :] & hidden
    corners[row] = corners[:, column] = False
    rows, columns = np.nonzero(corners)
    here, there = np.full_like(rows, row), np.full_like(columns, column)
    changes = np.repeat(np.array([[1], [-1], [-1], [1]]), len(rows), axis=1)
    return _Moves(np.stack([here, rows, here, rows]), np.stack([there, there, columns, columns]), changes)


def _keeping_means(row: int, column: int, partners: Integers, points: int) -> _Moves:
    """To this point from two others, back to the point that has their middle, and the reverse in another
    column. Where two of the points are one, its change stands once, doubled."""
    one, other = np.triu_indices(points)
    back = one + other - row
    may = (back >= 0) & (back < points) & (one != row) & (other != row)
    one, other, back = one[may], other[may], back[may]
    twice, home = one == other, back == row
    changes = np.stack([1 + home, -1 - twice, -1 * ~twice, 1 * ~home])
    rows = np.stack([np.full_like(one, row), one, other, back])
    return _in_both_columns(rows, changes, column, partners)


def _in_both_columns(rows: Integers, changes: Integers, column: int, partners: Integers) -> _Moves:
    there = np.repeat(partners, rows.shape[1])[None, :]
    return _Moves(
        np.tile(rows, (2, len(partners))),
        np.concatenate([np.full((len(rows), there.shape[1]), column), np.repeat(there, len(rows), axis=0)]),
        np.tile(np.concatenate([changes, -changes]), (1, len(partners))),
    )
