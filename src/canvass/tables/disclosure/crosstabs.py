"""A crosstab under the door: its counts in blocks, and what of them is hidden so far."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from canvass.instrument import Item, Kind
from canvass.statistics.arrays import Booleans, Floats, Integers
from canvass.tables.crosstab import Crosstab, GroupFigures
from canvass.tables.disclosure.blocks import Block, Fact, block
from canvass.tables.disclosure.groups import Group, hidden_groups
from canvass.tables.disclosure.limits import Limits
from canvass.tables.disclosure.means import mean_facts
from canvass.tables.disclosure.securing import secure
from canvass.tables.disclosure.weights import weighted_facts, worth_of
from canvass.tables.values import Figure, ReleasedFigure, Topline

RATINGS = (Kind.RATING, Kind.GRID_RATING)


@dataclass(eq=False)
class Held:
    """A counted crosstab with what is hidden of it. Columns are its groups, then the people in none of them.

    Blocks, as far as the kind of item has them: `answers` (choices, points, options, first places), `later`
    (of a ranking: placed among the first, but not first), `applies` (to whom an item applies, to whom not).
    """

    table: Crosstab
    total: Topline
    limits: Limits
    bases: Integers  # (C,)
    shown: Booleans  # (C,) columns of which anything is shown; never the last
    means: Booleans  # (C,) columns whose means are shown, as far as disclosure goes
    worth: Floats | None = None  # what a person counts in each cell of the answers; None: everybody once
    answers: Block | None = None
    later: Block | None = None
    applies: Block | None = None

    @property
    def rows(self) -> dict[str | None, int]:
        """The row of each option in its block."""
        return {figure.option: row for row, figure in enumerate(_shares(self.total.figures))}

    @property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(one for one in (self.answers, self.later, self.applies) if one is not None)

    def hide_groups(self, columns: Collection[int] = ()) -> bool:
        """Hide these groups, small ones, and further ones beside them. True where that is new."""
        there = np.flatnonzero(self.bases > 0)
        also = set(np.flatnonzero(~self.shown)) | set(columns)
        groups = [Group(int(self.bases[column])) for column in there]
        positions = hidden_groups(
            groups,
            lambda group: group.people >= self.limits.base,
            also=[at for at, column in enumerate(there) if column in also and column < len(self.bases) - 1],
        )
        nobody = {one for one in columns if self.bases[one] == 0}  # hides nothing, and may be told elsewhere
        new = [one for one in sorted({int(there[at]) for at in positions} | nobody) if self.shown[one]]
        for column in new:
            self.shown[column] = self.means[column] = False
            for one in self.blocks:
                one.hide_column(column)
        return bool(new)

    def secure(self) -> None:
        """Hide partners in every block, and means that would tell what is hidden."""
        self._secure()
        while self._join():
            self._secure()

    def _secure(self) -> None:
        for one in self.blocks:
            while (still := secure(one, self.limits).any(axis=0)).any():
                # Everything is hidden, and what is told besides still tells a cell: means go, then the group.
                if one.printed and (self.means & still).any():
                    self.means &= ~still
                    one.printed = mean_facts(self)
                elif not self.hide_groups(np.flatnonzero(still).tolist()):
                    break

    def _join(self) -> bool:
        """Hide what would tell a cell that is hidden in another block. True where that is new."""
        found = False
        if self.later is not None and self.answers is not None:
            found |= self.later.hide(self.answers.hidden & self.later.tellable)
        if self.applies is not None:
            unknown = self.applies.hidden[0]
            self.means &= ~unknown
            if self.answers is not None:
                found |= self.answers.hide(self.answers.tellable & unknown[None, :])
        return found


def hold(table: Crosstab, total: Topline, limits: Limits) -> Held:
    """The crosstab with its small groups and small cells hidden; partners are not chosen yet."""
    bases = _with_rest(total.base, [_base(group) for group in table.groups])
    shown = np.append(np.ones(len(table.groups), dtype=bool), False)
    held = Held(table, total, limits, bases, shown, shown.copy())
    held.hide_groups()
    _add_blocks(held)
    return held


def _base(group: GroupFigures) -> int:
    """People of a counted group."""
    assert isinstance(group.base, int)
    return group.base


def _with_rest(total: int, groups: Iterable[int]) -> Integers:
    """The groups, then the people in none."""
    found = list(groups)
    return np.array([*found, total - sum(found)], dtype=np.int64)


def _add_blocks(held: Held) -> None:
    item, lines = held.total.item, _shares(held.total.figures)
    counts = np.array([_counts(held, figure) for figure in lines]).reshape(len(lines), len(held.bases))
    if item.kind in (Kind.SINGLE, Kind.GRID_SINGLE):
        held.answers = block(counts, held.bases, held.shown, held.limits, exclusive=True)
    elif item.kind in RATINGS:
        _add_rating(held, counts)
    elif item.kind is Kind.MULTIPLE:
        held.answers = _of_options(held, counts)
    elif item.kind is Kind.RANKING:
        _add_ranking(held, counts)
    elif item.kind is Kind.NUMBER and item.not_applicable:
        mean = next(one for one in held.total.figures if isinstance(one, Figure) and one.statistic == "mean")
        _add_applies(held, _counts(held, mean))
    _add_weights(held)


def _add_weights(held: Held) -> None:
    """What weighted sums tell of the answers, and so what means tell that rest on them."""
    if held.answers is None:
        return
    held.worth = worth_of(held, held.answers)
    if held.worth is not None:
        held.answers.told += weighted_facts(held.answers, held.worth, held.total.weighted_base)
    if held.total.item.kind in RATINGS:
        held.answers.printed = mean_facts(held)


def _shares(figures: Iterable[ReleasedFigure]) -> list[Figure]:
    return [one for one in figures if isinstance(one, Figure) and one.statistic == "share"]


def _counts(held: Held, figure: Figure) -> Integers:
    """(C,) people behind one row of the table."""
    place = held.total.figures.index(figure)
    found = [group.figures[place].n for group in held.table.groups]
    return _with_rest(figure.n, [n for n in found if isinstance(n, int)])


def _add_applies(held: Held, applying: Integers) -> None:
    counts = np.stack([applying, held.bases - applying])
    held.applies = block(counts, held.bases, held.shown, held.limits, exclusive=True)


def _add_rating(held: Held, counts: Integers) -> None:
    bases = held.bases
    if held.total.item.not_applicable:
        bases = bases - counts[-1]
        _add_applies(held, bases)
        counts = counts[:-1]
    held.answers = block(counts, bases, held.shown, held.limits, exclusive=True, whole_columns=True)


def _of_options(held: Held, counts: Integers) -> Block:
    """Options of which several can be chosen. A reader knows who chose one that stands alone, and that
    everybody else chose something."""
    alone = _stand_alone(held.total.item, len(counts))
    least = held.bases - counts[alone].sum(axis=0)
    upper = np.where(alone[:, None], held.bases, least)
    besides = held.bases - counts
    found = block(counts, held.bases, held.shown, held.limits, exclusive=False, upper=upper, besides=besides)
    if (counts[~alone].sum(axis=0) >= least).all():
        for column in range(len(held.bases)):
            weights = np.zeros(counts.shape)
            weights[~alone, column] = 1.0
            found.told.append(Fact(weights, float(least[column]), np.inf))
    return found


def _stand_alone(item: Item, rows: int) -> Booleans:
    """(rows,) answers that are never chosen beside others: "none of these", "not applicable"."""
    return np.array([place >= len(item.options) or item.options[place].exclusive for place in range(rows)])


def _add_ranking(held: Held, first: Integers) -> None:
    """First places, of which everybody gave one, and later places, of which everybody gave `choose` - 1."""
    held.answers = block(first, held.bases, held.shown, held.limits, exclusive=True)
    tops = [one for one in held.total.figures if isinstance(one, Figure) and one.statistic == "top"]
    top = np.array([_counts(held, figure) for figure in tops])
    later = top - first
    held.later = block(
        later,
        later.sum(axis=0),
        held.shown,
        held.limits,
        exclusive=True,
        upper=held.bases - first,
        besides=held.bases - top,
    )
