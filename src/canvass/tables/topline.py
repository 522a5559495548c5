"""Toplines: what a cube says of one item, as a value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, chain, repeat

import numpy as np

from canvass import statistics
from canvass.instrument import Instrument, Item, Kind
from canvass.statistics import Estimate
from canvass.statistics.arrays import Booleans, Floats, tuples
from canvass.tables.values import Figure, Net, Topline
from canvass.tables.wording import quantity
from canvass.warehouse import ItemCube

QUANTILES = (0.1, 0.25, 0.75, 0.9)
NOT_APPLICABLE = "not_applicable"  # the option of the share that "not applicable" has in a base


def toplines(
    instrument: Instrument,
    cubes: Mapping[str, Iterable[ItemCube]],
    population: int | None = None,
    level: float = 0.95,
) -> tuple[Topline, ...]:
    """Every item's topline in poll order; a grid gives one a row.

    population: people mailed; switches the finite population correction on. Raises DesignError where more
    people answered than that.
    """
    return tuple(
        topline(counted, population=population, level=level)
        for item in instrument
        for counted in cubes.get(item.id, ())
    )


def topline(
    counted: ItemCube,
    *,
    population: int | None = None,
    level: float = 0.95,
    nps: bool = False,
    nets: Sequence[Net] = (),
) -> Topline:
    """Everything counted of one item, or of one row of a grid, for all who answered it.

    "Not applicable" counts in the base and has a share of its own, last; means, medians and `applies_base`
    are of those to whom the item applies. nps: a 0-10 rating is read as likelihood to recommend, too.
    nets: answers to be added together, with rows of their own.
    """
    cube = counted.cube if population is None else counted.cube.of_population(population)
    (rows,) = figures(counted, Counting(cube, cube.everyone[None], level), nps=nps, nets=nets)
    return topline_of(counted, rows)


def topline_of(counted: ItemCube, rows: tuple[Figure, ...]) -> Topline:
    """The topline that these figures of all who answered belong to."""
    cube = counted.cube
    base, effective = cube.people(cube.everyone), cube.effective(cube.everyone)
    not_applicable = cube.people(cube.spread(counted.cells.not_applicable)[0].astype(bool))
    return Topline(
        item=counted.item,
        row=counted.row,
        asked=counted.asked,
        base=base,
        applies_base=base - not_applicable if counted.item.not_applicable else None,
        weighted_base=cube.weight(cube.everyone),
        effective_base=effective,
        kish_design_effect=base / effective if base else 1.0,
        caution=statistics.caution(base, effective),
        figures=rows,
        not_applicable=not_applicable,
        prefer_not_to_say=counted.prefer_not_to_say,
        not_answered=None if counted.asked is None else counted.asked - base - counted.prefer_not_to_say,
        of_responses=_of_responses(counted),
    )


def _of_responses(counted: ItemCube) -> tuple[float, ...]:
    if (
        counted.item.kind is not Kind.MULTIPLE
        or not counted.cube.n[..., counted.cells.chosen.any(axis=0)].any()
    ):
        return ()
    return tuple(statistics.share_of_responses(counted.cube, counted.cells.chosen).tolist())


type Row = tuple[Figure, ...]  # one row of a table: a figure a domain


@dataclass(frozen=True, slots=True, eq=False)
class Counting:
    """Whom to count: a cube, domains of it (masks over flat cells), the level of the intervals."""

    cube: statistics.Cube
    domains: Booleans  # (D, flat cells)
    level: float

    def shares(self, chosen: Booleans) -> list[tuple[Estimate, ...]]:
        """For each option an estimate a domain."""
        found = statistics.shares_each(self.cube, chosen, self.domains, level=self.level)
        return list(zip(*found, strict=True))

    def mean(self, values: Floats) -> tuple[Estimate, ...]:
        return statistics.means_each(self.cube, values, self.domains, level=self.level)

    def quantile(self, values: Floats, q: float) -> tuple[Estimate, ...]:
        return statistics.quantiles_each(self.cube, values, q, self.domains, level=self.level)


def figures(
    counted: ItemCube, counting: Counting, *, nps: bool = False, nets: Sequence[Net] = ()
) -> tuple[tuple[Figure, ...], ...]:
    """The figures of one item for each domain, in the order in which they are shown."""
    rows = _ROWS[counted.item.kind](counted, counting)
    if nets:
        found = counting.shares(net_cells(counted, nets))
        rows += [_row("net", one, net.label, net.label) for net, one in zip(nets, found, strict=True)]
    if nps:
        rows.append(_row("nps", counting.mean(statistics.net_promoter_values(counted.cells.values))))
    return tuple(zip(*rows, strict=True)) if rows else ((),) * len(counting.domains)


def options_of(item: Item) -> tuple[tuple[str, str], ...]:
    """(id, label) of every option, or of every point of the scale, in poll order."""
    if item.scale is not None:
        return tuple((str(point), str(point)) for point in item.scale.points())
    return tuple((option.id, option.label) for option in item.options)


def shares_of(counted: ItemCube) -> tuple[tuple[tuple[str, str], ...], Booleans]:
    """(id, label) and cells (options, K) of everything that has a share, "not applicable" last."""
    options, chosen = options_of(counted.item), counted.cells.chosen
    if not counted.item.not_applicable:
        return options, chosen
    label = counted.item.not_applicable
    return (*options, (NOT_APPLICABLE, label)), np.vstack([chosen, counted.cells.not_applicable])


def net_cells(counted: ItemCube, nets: Sequence[Net]) -> Booleans:
    """(nets, K) the cells whose answer includes one of the options. Raises KeyError for an unknown one."""
    options, chosen = shares_of(counted)
    place = {id_: number for number, (id_, _) in enumerate(options)}
    return np.stack([statistics.net(chosen, [place[option] for option in net.options]) for net in nets])


def _share_rows(counted: ItemCube, counting: Counting) -> list[Row]:
    if not options_of(counted.item):  # a text has its base only
        return []
    options, chosen = shares_of(counted)
    found = counting.shares(chosen)
    return _rows("share", options, found) if options else []


def _rating_rows(counted: ItemCube, counting: Counting) -> list[Row]:
    return [*_middle_rows(counted, counting), *_share_rows(counted, counting)]


def _number_rows(counted: ItemCube, counting: Counting) -> list[Row]:
    values = counted.cells.values
    quantiles = (_row("quantile", counting.quantile(values, q), q=q) for q in QUANTILES)
    return [*_middle_rows(counted, counting), *quantiles]


def _middle_rows(counted: ItemCube, counting: Counting) -> list[Row]:
    values = counted.cells.values
    return [_row("mean", counting.mean(values)), _row("median", counting.quantile(values, 0.5))]


def _ranking_rows(counted: ItemCube, counting: Counting) -> list[Row]:
    ranks = counted.cells.ranks
    choose = counted.item.choose or len(ranks)
    first, top = counting.shares(ranks == 1), counting.shares(ranks <= choose)
    rows: list[Row] = []
    for place, (id_, label) in enumerate(options_of(counted.item)):
        rows.append(_row("share", first[place], id_, label))
        rows.append(_row("top", top[place], id_, label))
        rows.append(_row("mean", counting.mean(ranks[place]), id_, label))
    return rows


def _row(
    statistic: str,
    found: Sequence[Estimate],
    option: str | None = None,
    label: str = "",
    q: float | None = None,
) -> Row:
    named = label or _LABELS[statistic] + (f" {quantity(q * 100)}%" if q is not None else "")
    return _rows(statistic, [(option, named)], [found], q)[0]


def _rows(
    statistic: str,
    named: Sequence[tuple[str | None, str]],
    found: Sequence[Sequence[Estimate]],
    q: float | None = None,
) -> list[Row]:
    """A row for each (option, label), of its estimates of every domain."""
    domains = len(found[0])
    estimate, error, df, low, high, interval, effect, n, base, worth = zip(
        *chain.from_iterable(found), strict=True
    )
    options, labels = zip(*(one for one in named for _ in range(domains)), strict=True)
    cautions = map(statistics.caution, base, worth)
    numbers = (n, estimate, error, df, low, high, interval, effect, cautions)
    made = tuples(Figure, repeat(statistic), options, labels, *numbers, repeat(q), repeat(None))
    return list(batched(made, domains))


_LABELS = {"mean": "mean", "median": "median", "quantile": "quantile", "nps": "net promoter score"}

_ROWS: Mapping[Kind, Callable[[ItemCube, Counting], list[Row]]] = {
    Kind.SINGLE: _share_rows,
    Kind.MULTIPLE: _share_rows,
    Kind.GRID_SINGLE: _share_rows,
    Kind.RATING: _rating_rows,
    Kind.GRID_RATING: _rating_rows,
    Kind.NUMBER: _number_rows,
    Kind.RANKING: _ranking_rows,
    Kind.TEXT: _share_rows,
}
