"""Crosstabs: one item by the groups of people, with tests and differences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from canvass import statistics
from canvass.instrument import Kind
from canvass.statistics import Cube
from canvass.statistics.arrays import Booleans, Floats
from canvass.tables.topline import Counting, figures, options_of, shares_of, topline
from canvass.tables.values import Figure, Topline
from canvass.warehouse import ItemCube

RAO_SCOTT = "rao-scott-f"


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The rows of one group of people, a domain of the whole design."""

    label: str
    base: int
    effective_base: float
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Test:
    """Whether answer and group go together; None throughout where no test can be made."""

    option: str | None  # of a choose-all item, one test an option; None for the whole item
    name: str = RAO_SCOTT
    statistic: float | None = None
    df1: float | None = None
    df2: float | None = None
    p: float | None = None
    p_adjusted: float | None = None  # Holm, over the options of the item


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """Group a minus group b in one share or mean."""

    option: str | None
    statistic: str
    a: str
    b: str
    estimate: float
    standard_error: float | None
    df: int
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None  # Holm, over all differences of this statistic in the table


@dataclass(frozen=True, slots=True)
class Crosstab:
    """One item by one division of the people. `total` holds those in no group, too."""

    by: str
    total: Topline
    groups: tuple[GroupFigures, ...]
    tests: tuple[Test, ...]
    differences: tuple[GroupDifference, ...]


def crosstab(
    counted: ItemCube, by: str, labels: tuple[str, ...], *, level: float = 0.95, nps: bool = False
) -> Crosstab:
    """The crosstab of a cube that was counted by groups; `labels` are the groups' names in their order."""
    groups = tuple(_group(counted, index, label, level, nps) for index, label in enumerate(labels))
    return Crosstab(
        by=by,
        total=topline(counted, level=level, nps=nps),
        groups=groups,
        tests=tuple(_tests(counted)),
        differences=tuple(_differences(counted, labels, level, nps)),
    )


def _group(counted: ItemCube, index: int, label: str, level: float, nps: bool) -> GroupFigures:
    cube = counted.cube
    domain = cube.group(index)
    rows = figures(counted, Counting(cube, domain, level), nps=nps)
    return GroupFigures(label, cube.people(domain), cube.effective(domain), rows)


def _tests(counted: ItemCube) -> Iterable[Test]:
    """One Rao-Scott test; one an option, with Holm's correction, where several can be chosen."""
    kind, cube = counted.item.kind, counted.cube
    if kind is Kind.TEXT:
        return []
    if kind is Kind.MULTIPLE:
        return _option_tests(counted)
    if kind is Kind.NUMBER:
        return [Test(None)]
    answers = counted.cells.ranks == 1 if kind is Kind.RANKING else shares_of(counted)[1]
    # A missing answer is a domain of the full design here, so its degrees of freedom are the design's.
    tested = _test(cube, answers, None, int(cube.units.sum()) - len(cube.units))
    return [replace(tested, p_adjusted=tested.p)]


def _option_tests(counted: ItemCube) -> Iterable[Test]:
    cube = counted.cube
    applies = ~counted.cells.not_applicable
    # The people who answered the block are the sample of each of its options.
    df = cube.degrees(cube.everyone)
    tests = [
        _test(cube, np.stack([chosen, applies & ~chosen]), id_, df)
        for (id_, _), chosen in zip(options_of(counted.item), counted.cells.chosen, strict=True)
    ]
    adjusted = statistics.holm([test.p for test in tests])
    return [replace(test, p_adjusted=p) for test, p in zip(tests, adjusted, strict=True)]


def _test(cube: Cube, answers: Booleans, option: str | None, df: int) -> Test:
    found = statistics.rao_scott(cube, answers, df=df)
    if found is None:
        return Test(option)
    return Test(option, RAO_SCOTT, found.statistic, found.df1, found.df2, found.p)


def _differences(
    counted: ItemCube, labels: tuple[str, ...], level: float, nps: bool
) -> Iterator[GroupDifference]:
    compared = [
        _named(one, option, statistic, labels)
        for option, statistic, values in _compared(counted, nps)
        for one in statistics.pairwise(counted.cube, values, level=level)
    ]
    for _, family in groupby(compared, key=lambda one: one.statistic):
        members = list(family)
        adjusted = statistics.holm([one.p for one in members])
        yield from (replace(one, p_adjusted=p) for one, p in zip(members, adjusted, strict=True))


def _named(
    one: statistics.Difference, option: str | None, statistic: str, labels: tuple[str, ...]
) -> GroupDifference:
    return GroupDifference(
        option=option,
        statistic=statistic,
        a=labels[one.a],
        b=labels[one.b],
        estimate=one.estimate,
        standard_error=one.standard_error,
        df=one.df,
        low=one.low,
        high=one.high,
        p=one.p,
        p_adjusted=None,
    )


type _Values = Iterator[tuple[str | None, str, Floats | Booleans]]  # option, statistic, value a cell


def _compared(counted: ItemCube, nps: bool) -> _Values:
    """What is compared between groups: means where there are numbers, mean ranks, else the shares."""
    kind, cells = counted.item.kind, counted.cells
    if kind in (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER):
        yield None, "mean", cells.values
        if nps:
            yield None, "nps", statistics.net_promoter_values(cells.values)
        return
    if kind is Kind.TEXT:
        return
    options, chosen = shares_of(counted)
    for place, (id_, _) in enumerate(options_of(counted.item) if kind is Kind.RANKING else options):
        ranked = kind is Kind.RANKING
        yield id_, "mean" if ranked else "share", cells.ranks[place] if ranked else chosen[place]
