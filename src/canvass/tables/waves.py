"""Trends from cubes: one item over the polls that asked it, with the changes between them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np

from canvass import statistics
from canvass.instrument import Item, Kind
from canvass.statistics import Contrast, Waves
from canvass.statistics.arrays import Booleans, Floats
from canvass.tables.topline import net_cells, options_of, shares_of, topline
from canvass.tables.trend import Change, Event, Line, ReleasedChange, Trend, Wave
from canvass.tables.values import Figure, Net, Topline
from canvass.warehouse import ItemCube

BANDS = "band"
_TOLD = ("mean", "nps", BANDS, "share", "top")


@dataclass(frozen=True, slots=True, eq=False)
class Asking:
    """One poll that asked the item, or one row of a grid, and what was answered."""

    poll: str  # slug
    title: str
    first_day: date
    last_day: date
    counted: ItemCube
    wording: int = 1  # as in `series.Tied`
    population: int | None = None  # people mailed; switches the finite population correction on
    sensitive: bool = False  # the poll is


def trend(
    name: str,
    askings: Sequence[Asking],
    *,
    persons: ItemCube | None = None,
    events: Sequence[Event] = (),
    level: float = 0.95,
    nps: bool = False,
    compared: Collection[str] = _TOLD,
) -> Trend:
    """One item over its polls, with the change since the wave before and since the first.

    name:    of the series.
    persons: for linked polls: the answers of all waves counted once more, with persons as clusters and the
             waves, in the order of `askings`, as groups. Without it, and for waves that offered other
             answers than its item, the waves are taken as different people.
    nps:     a 0-10 rating is read as likelihood to recommend, too.
    compared: the statistics whose changes are told; the lines of others have none.

    Questions of ONS's personal well-being have their official bands in the place of single points. Changes
    are told within one wording only. p_adjusted is Holm's, over all changes of one statistic in the trend.
    With persons and a population the largest number mailed is taken, so that the correction is too small
    rather than too large.

    Raises DesignError where more people answered than were mailed.
    """
    told = sorted(
        (_Told(one, place, level, nps) for place, one in enumerate(askings)),
        key=lambda one: (one.asking.first_day, one.asking.last_day),
    )
    lines = [_line(key, told, persons, level, compared) for key in _keys(told)]
    newest = told[-1].asking.counted
    return Trend(
        name=name,
        item=newest.item,
        row=newest.row,
        waves=tuple(_wave(one, linked=_knows(persons, one)) for one in told),
        lines=tuple(_corrected(lines)),
        events=tuple(sorted(events, key=lambda event: event.first_day)),
        level=level,
    )


def official_bands(item: Item) -> tuple[Net, ...]:
    """The bands in which the source of a bank question reports it; () for any other."""
    if not item.bank.startswith("ons4."):
        return ()
    bands = statistics.ANXIETY if item.bank == "ons4.anxious" else statistics.WELL_BEING
    return tuple(
        Net(
            f"{band.name} ({band.low}-{band.high})",
            tuple(str(point) for point in range(band.low, band.high + 1)),
        )
        for band in bands
    )


type _Key = tuple[str, str | None]  # statistic, option


class _Told:
    """What one poll says: its topline, and the values behind each figure."""

    def __init__(self, asking: Asking, group: int, level: float, nps: bool) -> None:
        self.asking = asking
        self.group = group  # its wave in a person cube
        self.bands = official_bands(asking.counted.item)
        self.topline: Topline = topline(
            asking.counted, population=asking.population, level=level, nps=nps, nets=self.bands
        )
        left_out = ("share",) if self.bands else ()
        told = (_as_band(figure) for figure in self.topline.figures if figure.statistic not in left_out)
        self.figures: dict[_Key, Figure] = {
            (one.statistic, one.option): one for one in told if one.statistic in _TOLD
        }

    def cube(self) -> statistics.Cube:
        cube, population = self.asking.counted.cube, self.asking.population
        return cube if population is None else cube.of_population(population)

    def values(self, key: _Key) -> Floats | Booleans:
        return values_of(self.asking.counted, key, self.bands)


def _as_band(figure: Figure) -> Figure:
    return figure._replace(statistic=BANDS) if figure.statistic == "net" else figure


def values_of(counted: ItemCube, key: _Key, bands: Sequence[Net]) -> Floats | Booleans:
    """(K,) what each cell stands for in one line: chosen or not, or a number."""
    statistic, option = key
    ranks, places = counted.cells.ranks, [id_ for id_, _ in options_of(counted.item)]
    if statistic == BANDS:
        return np.asarray(net_cells(counted, [band for band in bands if band.label == option])[0])
    if statistic in ("mean", "nps") and option is None:
        values = counted.cells.values
        return values if statistic == "mean" else statistics.net_promoter_values(values)
    if counted.item.kind is not Kind.RANKING:
        options, chosen = shares_of(counted)
        return np.asarray(chosen[[id_ for id_, _ in options].index(str(option))])
    given = ranks[places.index(str(option))]
    if statistic == "mean":
        return np.asarray(given)
    return np.asarray(given == 1 if statistic == "share" else given <= (counted.item.choose or len(ranks)))


def _keys(told: Sequence[_Told]) -> list[_Key]:
    """Every line, in the order of the newest wave; what only older waves have comes after."""
    found: dict[_Key, None] = {}
    for one in reversed(told):
        found |= dict.fromkeys(one.figures)
    return sorted(
        found, key=lambda key: _TOLD.index(key[0]) if key[1] is None or key[0] == BANDS else len(_TOLD)
    )


def _wave(told: _Told, *, linked: bool) -> Wave:
    asking, one = told.asking, told.topline
    return Wave(
        poll=asking.poll,
        title=asking.title,
        first_day=asking.first_day,
        last_day=asking.last_day,
        asked=one.asked,
        base=one.base,
        effective_base=one.effective_base,
        caution=one.caution,
        wording=asking.wording,
        text=one.item.text,
        linked=linked,
        sensitive=asking.sensitive,
    )


def _line(
    key: _Key, told: Sequence[_Told], persons: ItemCube | None, level: float, compared: Collection[str]
) -> Line:
    figures = tuple(one.figures.get(key) for one in told)
    previous: list[Change | None] = [None] * len(told)
    first: list[Change | None] = [None] * len(told)
    for run in _runs(told) if key[0] in compared else ():
        there = [place for place in run if figures[place] is not None and told[place].topline.base]
        for before, place in pairwise(there):
            previous[place] = _change(key, told, persons, before, place, level)
            first[place] = _change(key, told, persons, there[0], place, level)
    label = next(figure.label for figure in reversed(figures) if figure is not None)
    return Line(key[0], key[1], label, figures, tuple(previous), tuple(first))


def _runs(told: Sequence[_Told]) -> Iterator[list[int]]:
    """The places of the waves that put the question in one wording."""
    run: list[int] = []
    for place, one in enumerate(told):
        if run and told[run[-1]].asking.wording != one.asking.wording:
            yield run
            run = []
        run.append(place)
    yield run


def _change(
    key: _Key,
    told: Sequence[_Told],
    persons: ItemCube | None,
    since: int,
    place: int,
    level: float,
) -> Change | None:
    """The change from one wave to another of its wording; the other waves of the trend have no part in it."""
    both = (told[since], told[place])
    if persons is not None and _knows(persons, both[1]):
        waves = _linked(key, persons, both)
    else:
        waves = statistics.separate_waves([one.cube() for one in both], [one.values(key) for one in both])
    found: Contrast = statistics.change(waves, 0, 1, level=level)
    if found.estimate is None:
        return None
    return Change(
        since=since,
        estimate=found.estimate,
        standard_error=found.standard_error,
        df=found.df,
        low=found.low,
        high=found.high,
        p=found.p,
        p_adjusted=None,
        overlap=waves.both(0, 1),
    )


def _knows(persons: ItemCube | None, told: _Told) -> bool:
    """Whether the person cube's cells mean what this wave's answers mean."""
    if persons is None:
        return False
    one, other = persons.item, told.asking.counted.item
    return options_of(one) == options_of(other) and one.not_applicable == other.not_applicable


def _linked(key: _Key, persons: ItemCube, both: tuple[_Told, _Told]) -> Waves:
    mailed = [one.asking.population for one in both]
    known = [number for number in mailed if number is not None]
    return statistics.linked_waves(
        persons.cube,
        values_of(persons, key, official_bands(persons.item)),
        waves=[persons.cube.group(one.group) for one in both],
        population=float(max(known)) if len(known) == 2 else None,
    )


def _corrected(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with Holm's p, over all changes of a statistic; a change that stands twice counts once."""
    adjusted: dict[tuple[_Key, int, int], float | None] = {}
    for statistic in dict.fromkeys(line.statistic for line in lines):
        ps = {
            ((line.statistic, line.option), place, change.since): change.p
            for line in lines
            if line.statistic == statistic
            for told in (line.since_previous, line.since_first)
            for place, change in enumerate(told)
            if isinstance(change, Change)
        }
        adjusted |= dict(zip(ps, statistics.holm(list(ps.values())), strict=True))
    for line in lines:
        key = (line.statistic, line.option)
        yield replace(
            line,
            since_previous=_with_p(key, line.since_previous, adjusted),
            since_first=_with_p(key, line.since_first, adjusted),
        )


def _with_p(
    key: _Key,
    changes: Sequence[ReleasedChange | None],
    adjusted: dict[tuple[_Key, int, int], float | None],
) -> tuple[ReleasedChange | None, ...]:
    return tuple(
        change
        if not isinstance(change, Change)
        else replace(change, p_adjusted=adjusted[key, place, change.since])
        for place, change in enumerate(changes)
    )
