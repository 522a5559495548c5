"""Tables turned about: one item by another, and the other by the one, are the same counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.tables.disclosure.crosstabs import Held


@dataclass(eq=False)
class Turned:
    """Two crosstabs of the same two items. A cell that one hides is hidden in the other, too."""

    one: Held
    other: Held
    hides_one: bool
    hides_other: bool

    def join(self) -> list[Held]:
        found = []
        if self.hides_other and self._hide(self.one, self.other, out=not self.hides_one):
            found.append(self.other)
        if self.hides_one and self._hide(self.other, self.one, out=not self.hides_other):
            found.append(self.one)
        return found

    def _hide(self, seen: Held, held: Held, *, out: bool) -> bool:
        """Hide in `held` what `seen` hides; what it shows for good is known. True where that is new."""
        block, other = held.answers, seen.answers
        assert block is not None
        assert other is not None
        down, across = _shared(held, seen), _shared(seen, held)
        here = np.ix_([row for row, _ in down], [column for _, column in across])
        there = np.ix_([row for row, _ in across], [column for _, column in down])
        hidden, known = np.zeros_like(block.hidden), np.zeros_like(block.hidden)
        hidden[here] = other.hidden[there].T
        known[here] = ~other.hidden[there].T
        if out:
            block.out = known if block.out is None else block.out | known
        return block.hide(hidden & block.tellable)


def _shared(held: Held, seen: Held) -> list[tuple[int, int]]:
    """(row, column) of each answer that is a row of the one table and a column of the other."""
    ids = {one.label: one.id for one in held.total.item.options}
    rows = held.rows
    options = [label if label in rows else ids.get(label, label) for label in seen.table.labels]
    return [(rows[option], at) for at, option in enumerate(options) if option in rows]


def turned(new: Sequence[Held], out: Sequence[Held]) -> Iterator[Turned]:
    """Every pair of tables of the same two items of which one is new."""
    still = {id(one) for one in out}
    every = [held for held in (*new, *out) if held.answers is not None]
    for at, one in enumerate(every):
        for other in every[at + 1 :]:
            together = _divides(one, other) and _divides(other, one)
            if together and not {id(one), id(other)} <= still:
                yield Turned(one, other, hides_one=id(one) not in still, hides_other=id(other) not in still)


def _divides(one: Held, other: Held) -> bool:
    """Whether the other table is by the item of this one, under its id or its words."""
    item, row = one.total.item, one.total.row
    words = f"{item.text} [{row.label}]" if row else item.text
    return other.table.by in (item.id, words)
