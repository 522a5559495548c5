"""Solving: the least and the greatest value of one hidden cell, exactly, from everything told."""

import numpy as np

from canvass.statistics.arrays import Floats, Integers
from canvass.tables.disclosure.blocks import Block

NODES = 200  # of one search in whole numbers; what is not settled by then counts as unsafe


class Problem:
    """Everything told of a block, as a linear programme in whole numbers of its hidden cells."""

    def __init__(self, block: Block) -> None:
        from scipy.optimize import Bounds, LinearConstraint

        self._block = block
        self._at = np.flatnonzero(block.hidden.ravel())
        rows, low, high = _told(block)
        known = block.counts.ravel().astype(float)
        known[self._at] = 0.0
        given = rows @ known
        self._constraint = LinearConstraint(rows[:, self._at], low - given, high - given)
        self._bounds = Bounds(np.zeros(len(self._at)), block.upper.ravel()[self._at].astype(float))

    def extreme(self, row: int, column: int, sign: int) -> Integers | None:
        """A table in which this cell is as large (sign 1) or as small (-1) as can be; None: not settled."""
        from scipy.optimize import milp

        place = row * self._block.counts.shape[1] + column
        found = milp(
            np.where(self._at == place, -float(sign), 0.0),
            integrality=np.ones(len(self._at)),
            bounds=self._bounds,
            constraints=self._constraint,
            options={"node_limit": NODES},
        )
        if found.x is None:
            return None
        table = self._block.counts.ravel().copy()
        table[self._at] = np.rint(found.x).astype(table.dtype)
        return np.asarray(table.reshape(self._block.counts.shape))


def _told(block: Block) -> tuple[Floats, Floats, Floats]:
    """(weights over all cells, lower limits, upper limits) of every sum and fact."""
    places = np.arange(block.counts.size).reshape(block.counts.shape)
    sums = [places[row] for row in np.flatnonzero(block.hidden.any(axis=1))]
    if block.exclusive:
        sums += [places[:, column] for column in np.flatnonzero(block.hidden.any(axis=0))]
    weights = np.zeros((len(sums) + len(block.facts), block.counts.size))
    for line, cells in enumerate(sums):
        weights[line, cells] = 1.0
    for line, fact in enumerate(block.facts, start=len(sums)):
        weights[line] = fact.weights.ravel()
    told = weights[: len(sums)] @ block.counts.ravel()
    low = np.array([fact.low for fact in block.facts])
    high = np.array([fact.high for fact in block.facts])
    return weights, np.concatenate([told, low]), np.concatenate([told, high])
