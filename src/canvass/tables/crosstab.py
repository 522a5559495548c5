"""Crosstabs: one item by the groups of people, with tests and differences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from canvass import statistics
from canvass.instrument import Kind
from canvass.statistics import Cube
from canvass.statistics.arrays import Booleans, Floats, tuples
from canvass.tables.topline import Counting, figures, net_cells, options_of, shares_of, topline_of
from canvass.tables.values import Net, ReleasedFigure, ReleasedTopline, Suppressed
from canvass.warehouse import ItemCube

RAO_SCOTT = "rao-scott-f"
AT_ONCE = 1000  # numbers whose covariance is computed together: 8 MB


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The rows of one group of people, a domain of the whole design."""

    label: str
    base: int | Suppressed
    effective_base: float | Suppressed
    figures: tuple[ReleasedFigure, ...]
    parts: tuple[str, ...] = ()  # of groups that were merged, their labels
    weighted_base: float | None = None  # of a counted table


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
    suppressed: Suppressed | None = None  # why a test that was made is not shown


class GroupDifference(NamedTuple):
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


class HiddenDifference(NamedTuple):
    """A difference that is not shown, because one of its groups is not."""

    option: str | None
    statistic: str
    a: str
    b: str
    suppressed: Suppressed


@dataclass(frozen=True, slots=True)
class Crosstab:
    """One item by one division of the people. `total` holds those in no group, too."""

    by: str
    total: ReleasedTopline
    groups: tuple[GroupFigures, ...]
    tests: tuple[Test, ...]
    differences: tuple[GroupDifference | HiddenDifference, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The groups' labels in their order."""
        return tuple(group.label for group in self.groups)


def crosstab(
    counted: ItemCube,
    by: str,
    labels: tuple[str, ...],
    *,
    level: float = 0.95,
    nps: bool = False,
    nets: Sequence[Net] = (),
    together: Iterable[tuple[str, Sequence[str]]] = (),
) -> Crosstab:
    """The crosstab of a cube that was counted by groups; `labels` are the groups' names in their order.

    together: (name, labels) of the groups that were merged from others (`Groups.merged`).
    """
    merged = dict(together)
    cube = counted.cube
    domains = np.vstack([cube.everyone, cube.by_group])
    total, *rows = figures(counted, Counting(cube, domains, level), nps=nps, nets=nets)
    people, worth = cube.bases(domains[1:])
    weights = domains[1:] @ cube.weight_flat
    return Crosstab(
        by=by,
        total=topline_of(counted, total),
        groups=tuple(
            GroupFigures(label, base, effective, lines, tuple(merged.get(label, ())), weight)
            for label, base, effective, lines, weight in zip(
                labels, people.tolist(), worth.tolist(), rows, weights.tolist(), strict=True
            )
        ),
        tests=tuple(_tests(counted)),
        differences=tuple(_differences(counted, labels, level, nps=nps, nets=nets)),
    )


def _tests(counted: ItemCube) -> Iterable[Test]:
    """One Rao-Scott test; one an option, with Holm's correction, where several can be chosen."""
    kind, cube = counted.item.kind, counted.cube
    if kind is Kind.MULTIPLE:
        return _option_tests(counted)
    if kind in (Kind.NUMBER, Kind.TEXT):
        return [Test(None)]
    answers = counted.cells.ranks == 1 if kind is Kind.RANKING else shares_of(counted)[1]
    # A missing answer is a domain of the full design here, so its degrees of freedom are the design's.
    found = statistics.rao_scott(cube, answers, df=int(cube.units.sum()) - len(cube.units))
    return [_test(None, found, found.p if found else None)]


def _option_tests(counted: ItemCube) -> Iterable[Test]:
    cube = counted.cube
    applies = ~counted.cells.not_applicable
    # The people who answered the block are the sample of each of its options.
    df = cube.degrees(cube.everyone)
    found = [
        statistics.rao_scott(cube, np.stack([chosen, applies & ~chosen]), df=df)
        for chosen in counted.cells.chosen
    ]
    adjusted = statistics.holm([one.p if one else None for one in found])
    ids = [id_ for id_, _ in options_of(counted.item)]
    return list(map(_test, ids, found, adjusted))


def _test(option: str | None, found: statistics.Independence | None, p_adjusted: float | None) -> Test:
    if found is None:
        return Test(option)
    return Test(option, RAO_SCOTT, found.statistic, found.df1, found.df2, found.p, p_adjusted)


def _differences(
    counted: ItemCube, labels: tuple[str, ...], level: float, *, nps: bool, nets: Sequence[Net]
) -> Iterator[GroupDifference]:
    """Every pair of groups in every share or mean; one family for Holm's correction a statistic."""
    for statistic, options, values in compared_values(counted, nps=nps, nets=nets):
        found = _pairwise(counted.cube, values, level)
        of = [option for option, pairs in zip(options, found, strict=True) for _ in pairs]
        if of:
            a, b, *rest, p = zip(*chain.from_iterable(found), strict=True)
            names = (map(labels.__getitem__, side) for side in (a, b))
            yield from tuples(GroupDifference, of, repeat(statistic), *names, *rest, p, statistics.holm(p))


def _pairwise(cube: Cube, values: Floats | Booleans, level: float) -> list[tuple[statistics.Difference, ...]]:
    """Every pair of groups for each row of values, in parts small enough for their covariance."""
    size = max(1, AT_ONCE // max(cube.groups, 1))
    parts = [values[start : start + size] for start in range(0, len(values), size)]
    return [pairs for part in parts for pairs in statistics.pairwise_each(cube, part, level=level)]


type Family = tuple[str, Sequence[str | None], Floats | Booleans]  # statistic, options, values (options, K)


def compared_values(counted: ItemCube, *, nps: bool = False, nets: Sequence[Net] = ()) -> Iterator[Family]:
    """What is compared between groups: means where there are numbers, mean places, else the shares."""
    kind, cells = counted.item.kind, counted.cells
    if kind in (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER):
        yield "mean", [None], cells.values[None]
        if nps:
            yield "nps", [None], statistics.net_promoter_values(cells.values)[None]
    elif kind is Kind.RANKING:
        yield "mean", [id_ for id_, _ in options_of(counted.item)], cells.ranks
    elif kind is not Kind.TEXT:
        options, chosen = shares_of(counted)
        yield "share", [id_ for id_, _ in options], chosen
    if nets:
        yield "net", [net.label for net in nets], net_cells(counted, nets)
