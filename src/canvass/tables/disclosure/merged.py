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
        found = self._hide_groups()
        for fine, coarse in zip(self.fine.blocks, self.coarse.blocks, strict=True):
            found += self._join(fine, coarse)
        return found

    def _hide_groups(self) -> list[Held]:
        """The base of a merged group, less its parts that are shown, is no base of few people."""
        left = [self._left_over(parts) for parts in self.parts]
        tells = [
            column
            for column, people in enumerate(left)
            if self.coarse.shown[column] and 0 < people < self.fine.limits.base
        ]
        if self.hides:
            return [self.coarse] if self.coarse.hide_groups(tells) else []
        parts = [part for column in tells for part in self.parts[column]]
        return [self.fine] if self.fine.hide_groups(parts) else []

    def _left_over(self, parts: tuple[int, ...]) -> int:
        """The people of those parts of a merged group that are not shown."""
        columns = list(parts)
        return int(self.fine.bases[columns][~self.fine.shown[columns]].sum())

    def _join(self, fine: Block, coarse: Block) -> Iterator[Held]:
        if self._know(fine, coarse):
            yield self.coarse
        before = sum(fact.source is self for fact in fine.told)
        self._note(fine, coarse)
        while self.hides and (told := unsafe(fine, self.fine.limits)).any():
            if not coarse.hide(self._above(told) & coarse.tellable):
                break
            yield self.coarse
            self._note(fine, coarse)
        if sum(fact.source is self for fact in fine.told) != before:
            yield self.fine

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
        """A sum all of whose parts are shown is known, and so is a group of the merged table that stands by
        itself: neither can be hidden. True where that is new for the merged table."""
        known = np.zeros(coarse.hidden.shape, dtype=bool)
        for column, parts in enumerate(self.parts):
            known[:, column] = ~fine.hidden[:, list(parts)].any(axis=1)
            if len(parts) == 1 and not self.hides:
                fine.out = np.zeros_like(fine.hidden) if fine.out is None else fine.out
                fine.out[:, parts[0]] = ~coarse.hidden[:, column]
                fine.hide(np.zeros_like(fine.hidden))
        if not self.hides:
            return False
        new = coarse.out is not None and not np.array_equal(coarse.out, known)
        coarse.out = known
        was = int(coarse.hidden.sum())
        coarse.hide(np.zeros_like(coarse.hidden))
        return new or int(coarse.hidden.sum()) != was

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
