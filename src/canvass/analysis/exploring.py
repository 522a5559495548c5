"""Crosstabs of a counted poll, made when they are asked for: any question by any division of the people."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from canvass import statistics, tables
from canvass.analysis import weighting
from canvass.analysis.divisions import Division, Part, inside
from canvass.analysis.results import LEVEL, Result, Results
from canvass.analysis.rows import rows_of
from canvass.instrument import Row
from canvass.tables import Crosstab, Net, disclosure, noise_guard
from canvass.tables.disclosure import Audience, Limits, Offer
from canvass.tables.noise_guard import Comparison, Judged, Stamp
from canvass.warehouse import ItemCube, PollRows

type Place = tuple[str, str, str | None]  # group, statistic, option


@dataclass(frozen=True, slots=True)
class ByDivision:
    """One question, or line of a grid, by one division, with what may be said of its groups."""

    division: Division
    crosstab: Crosstab
    judged: Mapping[Place, Judged]
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Explored:
    """One question, or line of a grid, by every division that was asked for."""

    result: Result
    row: Row | None
    parts: tuple[ByDivision, ...]


@dataclass(frozen=True, slots=True)
class Exploration:
    """Everything on one page. The correction for many looks counts all of it."""

    tables: tuple[Explored, ...]
    note: str  # families, corrections and methods of what was compared
    offers: tuple[tuple[Division, Offer], ...] = ()  # merges after which no group is hidden


@dataclass(frozen=True, slots=True)
class _Counted:
    result: Result
    division: Division
    counted: ItemCube
    crosstab: Crosstab
    nets: tuple[Net, ...]
    stamp: Stamp


def weighted_rows(results: Results, result: Result) -> PollRows:
    """The ballots of one figure, under the poll's weights where it is weighted."""
    parted = result.wording.parts > 1
    versions = result.wording.versions if parted else None
    rows = rows_of(results.counted, results.instrument, versions)
    if results.weights is None or rows.weight is None:
        return rows
    if parted:  # a part of those whom the weights were fitted to
        return rows.under(statistics.design(rows.rows, weight=rows.weight))
    return rows.under(weighting.refit(results.poll, results.weights, rows).design)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one page asks for: questions by divisions, of some people, with answers added together."""

    wanted: tuple[Result, ...]
    by: tuple[Division, ...]
    among: tuple[Part, ...] = ()
    nets: Mapping[str, tuple[Net, ...]] = field(default_factory=dict)  # by the address of a figure
    audience: Audience = Audience.TEAM


def explore(results: Results, asked: Asked) -> Exploration:
    """What is asked for, as its audience may see it. Raises WarehouseDamaged."""
    counted, by = _count_all(results, asked), asked.by
    limits = disclosure.of_poll(sensitive=results.instrument.sensitive)
    public = asked.audience is Audience.PUBLIC
    of_all = _count_all(results, replace(asked, among=())) if public and asked.among else []
    released = disclosure.release(
        [one.crosstab for one in counted],
        asked.audience,
        limits=limits,
        among=[one.crosstab for one in of_all],
    )
    shown = [
        replace(one, crosstab=table)
        for one, table in zip(counted, released, strict=True)
        if isinstance(table, Crosstab)
    ]
    judged = noise_guard.judge([comparison for one in shown for comparison in _compared(one)])
    by_line = groupby(shown, key=lambda one: (one.result.address, one.counted.row))
    return Exploration(
        tables=tuple(_explored(list(found), judged) for _, found in by_line),
        note=noise_guard.note(judged),
        offers=tuple(_offers(counted, by, limits)) if public else (),
    )


def _count_all(results: Results, asked: Asked) -> list[_Counted]:
    return [one for result in asked.wanted for one in _count(results, result, asked)]


def _offers(
    counted: Sequence[_Counted], by: Sequence[Division], limits: Limits
) -> Iterator[tuple[Division, Offer]]:
    """The nearest merge for each division of which a group is hidden."""
    for division in by:
        found = [one.crosstab for one in counted if one.division is division]
        if found:
            ordered = disclosure.is_in_order(found[0].labels)
            offer = disclosure.nearest_merge(found, ordered=ordered, limits=limits)
            if offer is not None:
                yield division, offer


def _count(results: Results, result: Result, asked: Asked) -> Iterator[_Counted]:
    """A table for each line of the question and each division; never a question by itself."""
    rows = weighted_rows(results, result)
    if asked.among:
        rows = rows.among(inside(asked.among, rows))
    item, nets = result.item, asked.nets.get(result.address, ())
    divisions = [one for one in asked.by if one.planned_name != item.id or one.name == item.id]
    cubes = {one.name: rows.count(one.groups(rows), items=[item.id]) for one in divisions}
    for line in range(max(len(item.rows), 1) if item.kind.is_grid else 1):
        for division in divisions:
            found = cubes[division.name][line]
            population = results.counted.population
            cube = found.cube if population is None else found.cube.of_population(population)
            row = item.row(found.row.id) if found.row else None
            counted = replace(found, item=item, row=row, cube=cube)
            labels = division.groups(rows).labels
            table = tables.crosstab(
                counted, division.label, labels, level=LEVEL, nets=nets, together=division.together
            )
            planned = not asked.among and results.instrument.plans(item.id, division.planned_name)
            yield _Counted(result, division, counted, table, nets, Stamp.PLANNED if planned else Stamp.FOUND)


def _compared(one: _Counted) -> Sequence[Comparison]:
    return noise_guard.with_the_rest(one.crosstab, one.counted, nets=one.nets, level=LEVEL, stamp=one.stamp)


def _explored(found: Sequence[_Counted], judged: Sequence[Judged]) -> Explored:
    parts = tuple(
        ByDivision(one.division, one.crosstab, noise_guard.verdicts(one.crosstab, judged), one.stamp)
        for one in found
    )
    return Explored(found[0].result, found[0].counted.row, parts)
