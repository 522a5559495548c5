"""Merged groups: a table in which groups of another stand together is a sum of its columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from canvass.statistics.arrays import Booleans
from canvass.tables.disclosure.blocks import Block, Fact
from canvass.tables.disclosure.crosstabs import Held
from canvass.tables.disclosure.intervals import unsafe


@dataclass(eq=False)
class Merged:
    """A table and the same with groups merged. What the merged one shows is a fact about the finer one; where
    that would tell a cell, the merged one hides more, if it can."""

    fine: Held
    coarse: Held
    parts: tuple[tuple[int, ...], ...]  # of each group of the merged table, its columns in the finer one
    hides: bool  # whether the merged table can hide more

    def join(self) -> list[Held]:
        found = []
        for fine, coarse in zip(self.fine.blocks, self.coarse.blocks, strict=True):
            if self._know(fine, coarse):
                found.append(self.coarse)
            before = [fact for fact in fine.told if fact.source is self]
            self._note(fine, coarse)
            while self.hides and (told := unsafe(fine, self.fine.limits)).any():
                if not coarse.hide(self._above(told) & coarse.tellable):
                    break
                found.append(self.coarse)
                self._note(fine, coarse)
            if len([fact for fact in fine.told if fact.source is self]) != len(before):
                found.append(self.fine)
        return found

    def _note(self, fine: Block, coarse: Block) -> None:
        """Tell the finer block every sum that the merged one shows."""
        facts = [
            self._fact(fine, int(row), int(column), float(coarse.counts[row, column]))
            for row, column in np.argwhere(coarse.tellable & ~coarse.hidden)
        ]
        facts += [self._spread_out(fact, fine) for fact in coarse.printed]
        fine.told = [fact for fact in fine.told if fact.source is not self] + facts

    def _spread_out(self, fact: Fact, fine: Block) -> Fact:
        """What a printed mean of the merged table tells of the finer one."""
        weights = np.tile(fact.weights[:, -1:], (1, fine.counts.shape[1]))
        for column, parts in enumerate(self.parts):
            weights[:, list(parts)] = fact.weights[:, column, None]
        return replace(fact, weights=weights, source=self)

    def _fact(self, fine: Block, row: int, column: int, people: float) -> Fact:
        weights = np.zeros(fine.counts.shape)
        weights[row, list(self.parts[column])] = 1.0
        return Fact(weights, people, people, self)

    def _know(self, fine: Block, coarse: Block) -> bool:
        """A sum all of whose parts are shown is known, so it cannot be hidden. True where that is new."""
        known = np.zeros(coarse.hidden.shape, dtype=bool)
        for column, parts in enumerate(self.parts):
            known[:, column] = ~fine.hidden[:, list(parts)].any(axis=1)
        before = coarse.out
        coarse.out = known
        was = int(coarse.hidden.sum())
        coarse.hidden &= ~known
        return int(coarse.hidden.sum()) != was or (before is not None and not np.array_equal(before, known))

    def _above(self, cells: Booleans) -> Booleans:
        """Cells of the merged table that hold these of the finer one."""
        found = np.zeros((len(cells), len(self.coarse.bases)), dtype=bool)
        for column, parts in enumerate(self.parts):
            found[:, column] = cells[:, list(parts)].any(axis=1)
        return found


def merged(new: Sequence[Held], out: Sequence[Held]) -> Iterator[Merged]:
    """Every pair of a table and the same with groups merged, of which one is new."""
    every, still = [*new, *out], {id(one) for one in out}
    for fine in every:
        for coarse in every:
            if _same_table(fine, coarse) and not {id(fine), id(coarse)} <= still:
                parts = _parts(fine, coarse)
                if parts:
                    yield Merged(fine, coarse, parts, hides=id(coarse) not in still)


def _same_table(fine: Held, coarse: Held) -> bool:
    one, other = fine.total, coarse.total
    same = one.item.id == other.item.id and one.row == other.row and fine.table.by == coarse.table.by
    return same and len(fine.table.groups) > len(coarse.table.groups)


def _parts(fine: Held, coarse: Held) -> tuple[tuple[int, ...], ...]:
    """The columns of each merged group in the finer table; () where one is not there."""
    places = {label: at for at, label in enumerate(fine.table.labels)}
    parts = [group.parts or (group.label,) for group in coarse.table.groups]
    if any(one not in places for part in parts for one in part):
        return ()
    return tuple(tuple(places[one] for one in part) for part in parts)
