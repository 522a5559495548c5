"""Comparisons made from tables: groups with each other and with the rest, and the waves of a trend."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from canvass import statistics
from canvass.instrument.model import Item, Row
from canvass.statistics import Contrast, Cube, Difference, Split
from canvass.statistics.arrays import Booleans, Floats
from canvass.tables import wording
from canvass.tables.crosstab import Crosstab, GroupDifference, GroupFigures, HiddenDifference, compared_values
from canvass.tables.noise_guard.values import (
    FEWEST,
    NOTHING,
    SHARES,
    WITHHELD,
    Comparison,
    Found,
    Judged,
    Side,
    Sort,
    Stamp,
)
from canvass.tables.trend import Change, HiddenChange, Line, ReleasedChange, Trend
from canvass.tables.values import Figure, Net, ReleasedFigure, Suppressed
from canvass.warehouse import ItemCube

REST = "all other groups"


def between_groups(
    table: Crosstab, *, counts_alike: bool = False, stamp: Stamp = Stamp.FOUND
) -> tuple[Comparison, ...]:
    """Every pair of groups of a crosstab, in every share or mean that it compares.

    counts_alike: everybody counts once and stands in one row, so that exact tests hold.
    """
    groups = {group.label: group for group in table.groups}
    found = []
    for one in table.differences:
        row = _Row(table, one.statistic, one.option, stamp, counts_alike)
        sides = (row.side(groups[one.a]), row.side(groups[one.b]))
        told = None if isinstance(one, HiddenDifference) else _found(one)
        found.append(row.comparison((one.a, one.b), sides, told))
    return tuple(found)


def with_the_rest(
    table: Crosstab,
    counted: ItemCube,
    *,
    nets: Sequence[Net] = (),
    level: float = 0.95,
    stamp: Stamp = Stamp.FOUND,
) -> tuple[Comparison, ...]:
    """Every group of a crosstab with the people of all its other groups together.

    counted: the cube that the table was made from; nets: the answers added together in it. Where any group's
    number is withheld in the table, no group is compared with the rest on it: the rest would give the
    withheld number back.
    """
    cube, labels = counted.cube, [group.label for group in table.groups]
    alike = cube.clusters is None and bool((cube.w == cube.n).all())
    grouped = np.any([cube.group(index) for index in range(cube.groups)], axis=0)
    nps = any(figure.statistic == "nps" for figure in table.total.figures)
    found = []
    for statistic, options, rows in compared_values(counted, nps=nps, nets=nets):
        each = statistics.against_rest_each(cube, rows, level=level)
        for option, values, differences in zip(options, rows, each, strict=True):
            row = _Row(table, statistic, option, stamp, alike)
            for one in differences:
                name, own = labels[one.a], cube.group(one.a)
                rest = REST if len(labels) > 2 else labels[1 - one.a]
                sides = (row.side(table.groups[one.a]), _of_cube(cube, values, grouped & ~own, REST))
                found.append(row.comparison((name, rest), sides, _found(one) if row.is_whole else None))
    return tuple(found)


def verdicts(table: Crosstab, judged: Iterable[Judged]) -> dict[tuple[str, str, str | None], Judged]:
    """What was judged `with_the_rest` of a table, by (group, statistic, option); what was withheld is left
    out."""
    labels = [group.label for group in table.groups]
    known = {(one.comparison.key, one.comparison.this.label): one for one in judged}
    found = {}
    for label in labels if len(labels) > 1 else ():
        rest = REST if len(labels) > 2 else next(other for other in labels if other != label)
        for figure in table.total.figures:
            key = _key(table, figure.statistic, figure.option, (label, rest))
            one = known.get((key, wording.quoted(label)))
            if one is not None:
                found[label, figure.statistic, figure.option] = one
    return found


def between_waves(trend: Trend, line: Line, *, stamp: Stamp = Stamp.FOUND) -> tuple[Comparison, ...]:
    """Every change that a line of a trend tells: since the wave before, and since the first."""
    changes = {
        (place, change.since): change
        for told in (line.since_previous, line.since_first)
        for place, change in enumerate(told)
        if change is not None
    }
    return tuple(of_change(trend, line, place, one, stamp=stamp) for (place, _), one in changes.items())


def of_change(
    trend: Trend, line: Line, place: int, change: ReleasedChange, *, stamp: Stamp = Stamp.FOUND
) -> Comparison:
    """One change that a line tells at a place: of that wave since an earlier one."""
    this, other = _of_wave(trend, line, place), _of_wave(trend, line, change.since)
    name = f"{trend.name}/{trend.row.id if trend.row else ''}"
    return Comparison(
        key=f"{name} {line.statistic} {line.option}: {place} since {change.since}",
        sort=Sort.CHANGE,
        statistic=line.statistic,
        subject=_subject(trend.item, trend.row, line.statistic, line.label),
        this=this,
        other=other,
        found=_found(change) if isinstance(change, Change) else NOTHING,
        stamp=stamp,
        overlap=change.overlap if isinstance(change, Change) else None,
        hidden=WITHHELD in (this, other) or isinstance(change, HiddenChange),
    )


def causes_of(net: Comparison, split: Split) -> tuple[Comparison, Comparison]:
    """What a net change is made of: the same people's change, and what different people answering adds.

    net: the comparison that tells the change; split: the same change taken apart.
    """
    pairs, worth = split.pairs, split.effective_pairs
    this, other = (
        replace(side, estimate=mean, n=pairs, base=pairs, effective_base=worth)
        for side, mean in ((net.this, split.after), (net.other, split.before))
    )
    same = _part(net, Sort.SAME_PEOPLE, split.same)
    return replace(same, this=this, other=other), _part(net, Sort.DIFFERENT_PEOPLE, split.different)


def _part(net: Comparison, sort: Sort, found: Contrast) -> Comparison:
    return replace(net, key=f"{net.key}, {sort}", sort=sort, found=_found(found))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a crosstab: what is compared between groups."""

    table: Crosstab
    statistic: str
    option: str | None
    stamp: Stamp
    counts_alike: bool

    @property
    def is_whole(self) -> bool:
        """Whether no group's number is withheld."""
        return all(self.side(group) is not None for group in self.table.groups)

    def side(self, group: GroupFigures) -> Side | None:
        """A group's number, or None where it is withheld."""
        what = (self.statistic, self.option)
        figure = next((one for one in group.figures if (one.statistic, one.option) == what), None)
        return _side(wording.quoted(group.label), figure, group.base, group.effective_base)

    def comparison(
        self, names: tuple[str, str], sides: tuple[Side | None, Side | None], found: Found | None
    ) -> Comparison:
        """names: of the two groups; found: None where the difference is withheld."""
        total, (this, other) = self.table.total, sides
        comparison = Comparison(
            key=_key(self.table, self.statistic, self.option, names),
            sort=Sort.GROUPS,
            statistic=self.statistic,
            subject=_subject(total.item, total.row, self.statistic, self._label()),
            this=WITHHELD,
            other=WITHHELD,
            stamp=self.stamp,
            counts_alike=self.counts_alike,
            hidden=True,
        )
        if this is None or other is None or found is None:
            return comparison
        return replace(comparison, this=this, other=other, found=found, hidden=False)

    def _label(self) -> str:
        what = (self.statistic, self.option)
        return next(
            (one.label for one in self.table.total.figures if (one.statistic, one.option) == what), ""
        )


def _key(table: Crosstab, statistic: str, option: str | None, names: tuple[str, str]) -> str:
    """What tells one comparison of groups from another; the same for both directions."""
    total = table.total
    about = f"{total.item.id}/{total.row.id if total.row else ''} by {table.by}"
    return f"{about} {statistic} {option}: {' | '.join(sorted(names))}"


def _found(one: Contrast | Difference | GroupDifference | Change) -> Found:
    return Found(one.estimate, one.low, one.high, one.p)


def _subject(item: Item, row: Row | None, statistic: str, label: str) -> str:
    """What is measured, as it stands in a sentence."""
    asked = wording.quoted(row.label if row else item.topic or item.text or item.id)
    if statistic == "mean" and item.options:
        return f"the mean place of {wording.quoted(label)}"
    if statistic == "mean":
        return f"the average for {asked}"
    if statistic == "nps":
        return f"the net promoter score for {asked}"
    if statistic == "band":
        return f"the band {wording.quoted(label)} of {asked}"
    placed = f"{wording.quoted(label)} among the first" if statistic == "top" else wording.quoted(label)
    return f"{placed} for {wording.quoted(row.label)}" if row else placed


def _of_cube(cube: Cube, row: Floats | Booleans, domain: Booleans, label: str) -> Side:
    numeric = cube.spread(np.isfinite(row))[0].astype(bool) & domain
    y = cube.spread(np.where(np.isfinite(row), row, 0.0))[0]
    people = cube.people(numeric & y.astype(bool)) if row.dtype == bool else cube.people(numeric)
    mean = float(cube.totals(y * numeric)) / cube.weight(numeric)
    return Side(label, mean, people, cube.people(numeric), cube.effective(numeric))


def _of_wave(trend: Trend, line: Line, place: int) -> Side:
    wave, figure = trend.waves[place], line.figures[place]
    return _side(_wave_label(trend, place), figure, wave.base, wave.effective_base) or WITHHELD


def _side(
    label: str, figure: ReleasedFigure | None, base: int | Suppressed, effective_base: float | Suppressed
) -> Side | None:
    """One number as it is shown; None where it is not. A base too small for a percentage can be told."""
    if (
        not isinstance(figure, Figure)
        or isinstance(base, Suppressed)
        or isinstance(effective_base, Suppressed)
    ):
        return None
    people = base if figure.statistic in SHARES else figure.n  # a mean: those to whom it applies
    worth = min(effective_base, float(people))
    if figure.estimate is None and worth >= FEWEST:
        return None
    return Side(label, figure.estimate or 0.0, figure.n, people, worth)


def _wave_label(trend: Trend, place: int) -> str:
    """The month of a wave, or its last day where two waves lie in one month."""
    months = [wording.month(wave.day) for wave in trend.waves]
    month = months[place]
    return month if months.count(month) == 1 else wording.day(trend.waves[place].last_day)
