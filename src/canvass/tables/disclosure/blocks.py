"""Blocks: the counts behind a crosstab, as a reader would set them out to work out what is hidden.

A block has a row for each answer and a column for each group, and one more for the people in no group, who
are never shown but whom a reader finds by taking the groups from the total. The reader knows the sums of all
rows (the topline) and is taken to know the bases of all columns, hidden ones too.
"""

from dataclasses import dataclass, field

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers
from canvass.tables.disclosure.limits import Limits


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A sum over the block that a reader knows to lie within limits: a printed mean, a merged group."""

    weights: Floats  # (R, C)
    low: float
    high: float
    source: object = None  # the link that noted it


@dataclass(slots=True, eq=False)
class Block:
    """Answers by groups. `hidden` grows while partners are chosen."""

    counts: Integers  # (R, C) people
    bases: Integers  # (C,)
    upper: Integers  # (R, C) no more people than these can be in the cell
    exclusive: bool  # one answer a person: a column adds up to its base
    few: Booleans  # (R, C) few people, or anybody in a group of few
    few_besides: Booleans  # (R, C) all but a few gave the answer
    small_groups: Booleans  # (C,) groups of few people
    tellable: Booleans  # (R, C) what the table could show
    hidden: Booleans  # (R, C) what a reader does not know by itself; people in no group, too
    whole_columns: bool = False  # a distribution is shown whole or not at all
    printed: list[Fact] = field(default_factory=list)  # told by means of the table itself
    told: list[Fact] = field(default_factory=list)  # by how the item is answered, and by other tables
    out: Booleans | None = None  # (R, C) cells that are public already, and so cannot be hidden

    @property
    def facts(self) -> list[Fact]:
        return [*self.printed, *self.told]

    @property
    def sensitive(self) -> Booleans:
        """(R, C) cells that must be kept from the reader."""
        return self.few | self.few_besides

    @property
    def asked(self) -> Booleans:
        """(R, C) hidden cells that a reader must not work out: those that a table could show, small ones, and
        in a group of few also those in which nobody is."""
        return self.hidden & (self.tellable | self.sensitive | self.small_groups)

    @property
    def free(self) -> Booleans:
        """(R, C) cells that could be hidden."""
        shown = self.tellable & ~self.hidden
        return shown if self.out is None else shown & ~self.out

    @property
    def totals(self) -> Integers:
        """(R,) people who gave each answer, known from the topline."""
        return np.asarray(self.counts.sum(axis=1))

    def hide(self, cells: Booleans) -> bool:
        """Hide these cells, with their whole columns where columns stand together. True where that is new."""
        before = int(self.hidden.sum())
        self.hidden |= cells
        if self.whole_columns:
            self.hidden |= self.hidden.any(axis=0)[None, :]
        if self.out is not None:
            self.hidden &= ~self.out
        return int(self.hidden.sum()) > before

    def hide_column(self, column: int) -> None:
        """Hide a whole group; nothing of it can be shown any more."""
        self.tellable[:, column] = False
        self.hide(np.broadcast_to(np.arange(len(self.bases)) == column, self.counts.shape))

    def widest(self) -> tuple[Integers, Integers]:
        """(R, C) limits of each cell for a reader who knows the sums alone."""
        rest = self.upper.sum(axis=1)[:, None] - self.upper
        low = np.maximum(0, self.totals[:, None] - rest)
        high = np.minimum(self.upper, self.totals[:, None])
        return low, high


def block(
    counts: Integers,
    bases: Integers,
    shown: Booleans,
    limits: Limits,
    *,
    exclusive: bool,
    upper: Integers | None = None,
    besides: Integers | None = None,
    whole_columns: bool = False,
) -> Block:
    """A block with its small cells marked and hidden.

    shown: (C,) the columns that are shown; the others are hidden whole, and of those with few people every
    cell is sensitive that has anybody in it. besides: (R, C) people who did not give the answer, where they
    are no row of the block.
    """
    small = (bases > 0) & (bases < limits.base)
    found = Block(
        counts=counts,
        bases=bases,
        upper=np.array(np.broadcast_to(bases, counts.shape) if upper is None else upper),
        exclusive=exclusive,
        few=_few(counts, limits) | ((counts > 0) & small),
        small_groups=small,
        few_besides=np.zeros(counts.shape, dtype=bool) if besides is None else _few(besides, limits),
        tellable=np.array(np.broadcast_to(shown & (bases > 0), counts.shape)),
        hidden=np.array(np.broadcast_to(~shown & (bases > 0), counts.shape)),
        whole_columns=whole_columns,
    )
    found.hide(found.sensitive)
    return found


def _few(people: Integers, limits: Limits) -> Booleans:
    return np.asarray((people > 0) & (people < limits.cell))
