"""Comparisons made from tables: groups with each other and with the rest, and the waves of a trend."""

from dataclasses import replace
from typing import Protocol

import numpy as np

from canvass import statistics
from canvass.instrument.model import Item, Row
from canvass.statistics import Cube, Split
from canvass.statistics.arrays import Booleans, Floats
from canvass.tables import wording
from canvass.tables.crosstab import Crosstab, GroupDifference, GroupFigures, compared_values
from canvass.tables.noise_guard.values import SHARES, Comparison, Side, Sort, Stamp
from canvass.tables.trend import Line, Trend
from canvass.warehouse import ItemCube

REST = "all other groups"


class _Test(Protocol):
    """What statistics says of a difference."""

    @property
    def estimate(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def p(self) -> float | None: ...


def between_groups(
    table: Crosstab, *, counts_alike: bool = False, stamp: Stamp = Stamp.FOUND
) -> tuple[Comparison, ...]:
    """Every pair of groups of a crosstab, in every share or mean that it compares.

    counts_alike: everybody counts once and stands in one row, so that exact tests hold.
    """
    groups = {group.label: group for group in table.groups}
    return tuple(
        _of_groups(
            table,
            (one.statistic, one.option),
            (one.a, one.b),
            (_of_figure(groups[one.a], one), _of_figure(groups[one.b], one)),
            one,
            counts_alike,
            stamp,
        )
        for one in table.differences
    )


def with_the_rest(
    table: Crosstab, counted: ItemCube, *, level: float = 0.95, stamp: Stamp = Stamp.FOUND
) -> tuple[Comparison, ...]:
    """Every group of a crosstab with the people of all its other groups together.

    counted: the cube that the table was made from.
    """
    cube, labels = counted.cube, [group.label for group in table.groups]
    alike = cube.clusters is None and bool((cube.w == cube.n).all())
    grouped = np.any([cube.group(index) for index in range(cube.groups)], axis=0)
    found = []
    nps = any(figure.statistic == "nps" for figure in table.total.figures)
    for statistic, options, rows in compared_values(counted, nps=nps):
        each = statistics.against_rest_each(cube, rows, level=level)
        for option, row, differences in zip(options, rows, each, strict=True):
            for one in differences:
                own = cube.group(one.a)
                sides = (
                    _of_cube(cube, row, own, wording.quoted(labels[one.a])),
                    _of_cube(cube, row, grouped & ~own, REST),
                )
                other = REST if len(labels) > 2 else labels[1 - one.a]
                names = (labels[one.a], other)
                found.append(_of_groups(table, (statistic, option), names, sides, one, alike, stamp))
    return tuple(found)


def between_waves(trend: Trend, line: Line, *, stamp: Stamp = Stamp.FOUND) -> tuple[Comparison, ...]:
    """Every change that a line of a trend tells: since the wave before, and since the first."""
    changes = {
        (place, change.since): change
        for told in (line.since_previous, line.since_first)
        for place, change in enumerate(told)
        if change is not None
    }
    sides = [_of_wave(trend, line, place) for place in range(len(trend.waves))]
    return tuple(
        Comparison(
            key=f"{trend.name} {line.statistic} {line.option}: {place} since {since}",
            sort=Sort.CHANGE,
            statistic=line.statistic,
            subject=_subject(trend.item, trend.row, line.statistic, line.label),
            this=sides[place],
            other=sides[since],
            estimate=change.estimate,
            low=change.low,
            high=change.high,
            p=change.p,
            stamp=stamp,
            overlap=change.overlap,
        )
        for (place, since), change in changes.items()
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


def _part(net: Comparison, sort: Sort, found: _Test) -> Comparison:
    return replace(
        net,
        key=f"{net.key}, {sort}",
        sort=sort,
        estimate=found.estimate or 0.0,
        low=found.low,
        high=found.high,
        p=found.p,
    )


def _of_groups(
    table: Crosstab,
    what: tuple[str, str | None],
    names: tuple[str, str],
    sides: tuple[Side, Side],
    found: _Test,
    counts_alike: bool,
    stamp: Stamp,
) -> Comparison:
    statistic, option = what
    total = table.total
    about = f"{total.item.id}/{total.row.id if total.row else ''} by {table.by}"
    return Comparison(
        key=f"{about} {statistic} {option}: {' | '.join(sorted(names))}",
        sort=Sort.GROUPS,
        statistic=statistic,
        subject=_subject(total.item, total.row, statistic, _label(table, statistic, option)),
        this=sides[0],
        other=sides[1],
        estimate=found.estimate or 0.0,
        low=found.low,
        high=found.high,
        p=found.p,
        stamp=stamp,
        counts_alike=counts_alike,
    )


def _label(table: Crosstab, statistic: str, option: str | None) -> str:
    return next(
        (one.label for one in table.total.figures if (one.statistic, one.option) == (statistic, option)), ""
    )


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


def _of_figure(group: GroupFigures, one: GroupDifference) -> Side:
    what = (one.statistic, one.option)
    figure = next(figure for figure in group.figures if (figure.statistic, figure.option) == what)
    base = group.base if one.statistic in SHARES else figure.n  # a mean has the base to whom it applies
    worth = min(group.effective_base, float(base))
    return Side(wording.quoted(group.label), figure.estimate or 0.0, figure.n, base, worth)


def _of_cube(cube: Cube, row: Floats | Booleans, domain: Booleans, label: str) -> Side:
    numeric = cube.spread(np.isfinite(row))[0].astype(bool) & domain
    y = cube.spread(np.where(np.isfinite(row), row, 0.0))[0]
    people = cube.people(numeric & y.astype(bool)) if row.dtype == bool else cube.people(numeric)
    mean = float(cube.totals(y * numeric)) / cube.weight(numeric)
    return Side(label, mean, people, cube.people(numeric), cube.effective(numeric))


def _of_wave(trend: Trend, line: Line, place: int) -> Side:
    wave, figure = trend.waves[place], line.figures[place]
    estimate = figure.estimate if figure is not None and figure.estimate is not None else 0.0
    people = figure.n if figure is not None else 0
    return Side(_wave_label(trend, place), estimate, people, wave.base, wave.effective_base)


def _wave_label(trend: Trend, place: int) -> str:
    """The month of a wave, or its last day where two waves lie in one month."""
    months = [wording.month(wave.day) for wave in trend.waves]
    month = months[place]
    return month if months.count(month) == 1 else wording.day(trend.waves[place].last_day)
