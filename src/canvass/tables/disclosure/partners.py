"""Partners: further cells that are hidden so that a small one cannot be found from the sums of its row and
column. The smallest are taken first, and those that stand in two broken sums before others.
"""

import numpy as np

from canvass.statistics.arrays import Booleans
from canvass.tables.disclosure.blocks import Block
from canvass.tables.disclosure.limits import Limits


def choose_partners(block: Block, limits: Limits) -> None:
    """Hide partners by row and by column until no sum gives a small cell back by itself."""
    while _by_row(block, limits) or (block.exclusive and _by_column(block, limits)):
        pass


def add_partner(block: Block, row: int, column: int) -> bool:
    """Hide one more cell: in this one's row, else in its column, else anywhere. False: none is left."""
    free = block.free
    mine = np.zeros_like(free)
    mine[row], mine[:, column] = True, True
    for among in (free & _only(free, row=row), free & _only(free, column=column), free):
        if among.any():
            return block.hide(_smallest(block, among, mine))
    return False


def _by_row(block: Block, limits: Limits) -> bool:
    found = False
    for row in range(len(block.counts)):
        while _breaks(block, limits, np.s_[row, :]):
            free = block.free & _only(block.hidden, row=row)
            if not free.any():
                break
            broken = np.broadcast_to(block.hidden.any(axis=0), free.shape)
            found |= block.hide(_smallest(block, free, broken))
    return found


def _by_column(block: Block, limits: Limits) -> bool:
    found = False
    for column in np.flatnonzero(block.tellable.any(axis=0)).tolist():
        while _breaks(block, limits, np.s_[:, column]):
            free = block.free & _only(block.hidden, column=column)
            if not free.any():
                break
            broken = np.broadcast_to(block.hidden.any(axis=1)[:, None], free.shape)
            found |= block.hide(_smallest(block, free, broken))
    return found


def _breaks(block: Block, limits: Limits, line: tuple[int | slice, ...]) -> bool:
    """Whether the sum of this row or column tells a cell: one alone is hidden, or few people altogether."""
    hidden = block.hidden[line]
    if not block.asked[line].any():
        return False
    people = int(block.counts[line].sum())
    return int(hidden.sum()) < 2 or int(block.counts[line][hidden].sum()) < min(limits.cell, people)


def _only(like: Booleans, row: int | None = None, column: int | None = None) -> Booleans:
    mask = np.zeros_like(like)
    mask[row if row is not None else slice(None), column if column is not None else slice(None)] = True
    return mask


def _smallest(block: Block, among: Booleans, broken: Booleans) -> Booleans:
    """The cell to hide next: with somebody in it, standing in a broken sum, of fewest people, the first."""
    rows, columns = np.nonzero(among)
    counts = block.bases[columns] if block.whole_columns else block.counts[rows, columns]
    order = np.lexsort((columns, rows, counts, ~broken[rows, columns], counts == 0))
    mask = np.zeros_like(among)
    mask[rows[order[0]], columns[order[0]]] = True
    return mask
