"""Making a block safe: partners are hidden until no hidden cell can be worked out."""

import numpy as np

from canvass.statistics.arrays import Booleans
from canvass.tables.disclosure.blocks import Block
from canvass.tables.disclosure.intervals import unsafe
from canvass.tables.disclosure.limits import Limits
from canvass.tables.disclosure.partners import add_partner, choose_partners


def secure(block: Block, limits: Limits) -> Booleans:
    """Hide partners until every hidden cell is safe.

    (R, C) True where cells stay unsafe although everything is hidden, because of facts told besides.
    """
    choose_partners(block, limits)
    while (open_ := unsafe(block, limits)).any():
        added = False
        for row, column in np.argwhere(open_):
            added |= add_partner(block, int(row), int(column))
        if not added:
            return open_
        choose_partners(block, limits)
    return open_
