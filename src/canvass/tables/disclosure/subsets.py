"""Some of the people: beside a table of all, a table of some tells what the others answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.tables.disclosure.blocks import Block, block
from canvass.tables.disclosure.crosstabs import Held
from canvass.tables.disclosure.securing import secure


@dataclass(eq=False)
class Subset:
    """A table of some people and the same table of all, which stays as it is. The table of some hides what
    the other hides, and what would tell the others' answers where these are few."""

    some: Held
    every: Held

    def join(self) -> list[Held]:
        changed = self.some.hide_groups(self._untellable())
        for some, every in zip(self.some.blocks, self.every.blocks, strict=True):
            changed |= some.hide(every.hidden & some.tellable)
            changed |= some.hide(self._others(some, every).hidden & some.tellable)
        return [self.some] if changed else []

    def _untellable(self) -> list[int]:
        """Groups that are hidden in the table of all, or in which few are left over."""
        left = (self.every.bases - self.some.bases)[:-1]
        few = (left > 0) & (left < self.some.limits.base)
        return np.flatnonzero(few | ~self.every.shown[:-1]).tolist()

    def _others(self, some: Block, every: Block) -> Block:
        """The answers of all others, secured: a reader finds them by taking the one table from the other."""
        counts, bases = every.counts - some.counts, every.bases - some.bases
        if (counts < 0).any():
            name = self.some.total.item.id
            raise ValueError(
                f"{name} by {self.some.table.by}: more people gave an answer than are among all."
            )
        found = block(
            counts,
            bases,
            self.some.shown & self.every.shown,
            self.some.limits,
            exclusive=some.exclusive,
            upper=every.upper - some.upper,
            besides=None if some.exclusive else bases - counts,
            whole_columns=some.whole_columns,
        )
        found.hide((some.hidden | every.hidden) & (found.bases > 0)[None, :])
        secure(found, self.some.limits)
        return found


def subsets(new: Sequence[Held], whole: Sequence[Held]) -> Iterator[Subset]:
    """Every table of some people beside the same of all."""
    for some in new:
        for every in whole:
            if _key(some) == _key(every):
                yield Subset(some, every)


def _key(held: Held) -> tuple[object, ...]:
    total = held.total
    return total.item.id, total.row, held.table.by, held.table.labels
