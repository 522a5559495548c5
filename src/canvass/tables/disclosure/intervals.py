"""What each hidden cell could be, for a reader who solves everything that is told.

A cell is safe when the tables that agree with everything told give it enough different values. Each such
table that is found proves something: first by moves from the true table, which is quick; then, for the cells
that no move settles, by solving for their least and greatest value.
"""

import numpy as np

from canvass.statistics.arrays import Booleans, Integers
from canvass.tables.disclosure.blocks import Block
from canvass.tables.disclosure.limits import Limits
from canvass.tables.disclosure.moves import Walker
from canvass.tables.disclosure.solving import Problem


def unsafe(block: Block, limits: Limits) -> Booleans:
    """(R, C) True where a hidden cell can be worked out too closely.

    A hidden cell must be able to have two values. One of few people must be able to be nobody at all, or to
    have as many values as `limits.cell`, so that it cannot be known to be few. It is enough, too, if a cell
    can have every value that it could have for a reader who knew the sums of rows and columns alone.
    """
    known = _Known(block, limits)
    walker = Walker(block)
    for row, column in np.argwhere(known.open()):
        known.walk(walker, int(row), int(column))
    if known.open().any():
        problem = Problem(block)
        for row, column in np.argwhere(known.open()):
            known.solve(problem, int(row), int(column))
    return known.open()


class _Known:
    """Values that the hidden cells have been shown to be able to have."""

    def __init__(self, block: Block, limits: Limits) -> None:
        self._block = block
        self.low, self.high = block.counts.copy(), block.counts.copy()
        self._least, self._most = block.widest()
        self._wanted = np.where(block.sensitive, limits.cell - 1, 1)
        self._asked = block.asked

    def open(self) -> Booleans:
        """(R, C) cells that are not proved safe yet."""
        return np.asarray(self._asked & ~self._is_safe((slice(None), slice(None))))

    def _is_safe(self, at: tuple[int | slice, int | slice]) -> Booleans:
        block, low, high = self._block, self.low[at], self.high[at]
        enough = high - low >= self._wanted[at]
        nobody = block.few[at] & (low == 0) & (high > 0)
        everybody = block.few_besides[at] & (high == block.upper[at]) & (low < high)
        all_there_is = (low <= self._least[at]) & (high >= self._most[at])
        return np.asarray(enough | nobody | everybody | all_there_is)

    def walk(self, walker: Walker, row: int, column: int) -> None:
        """Raise and lower one cell by moves, as far as is wanted, in as large steps as can be."""
        for sign in (-1, 1):
            table, people = self._block.counts, int(self._wanted[row, column])
            if sign < 0:
                people = min(people, int(table[row, column]))
            while people and not self._is_safe((row, column)):
                further = walker.step(table, row, column, sign * people)
                if further is None and people == 1:
                    further = walker.step_with_room(table, row, column, sign)
                if further is None:
                    people //= 2
                else:
                    table = further
                    self._see(table)

    def solve(self, problem: Problem, row: int, column: int) -> None:
        """Settle one cell by its least and its greatest value."""
        for sign in (1, -1):
            if not self._is_safe((row, column)):
                table = problem.extreme(row, column, sign)
                if table is not None:
                    self._see(table)

    def _see(self, table: Integers) -> None:
        np.minimum(self.low, table, out=self.low)
        np.maximum(self.high, table, out=self.high)
