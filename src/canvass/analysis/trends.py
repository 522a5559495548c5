"""Trends of a panel: questions that were asked again, over all its counted polls."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np

from canvass import statistics, tables
from canvass.analysis import cubes, weighting
from canvass.analysis.models import Counted, MarkedEvent
from canvass.analysis.results import LEVEL
from canvass.analysis.rows import rows_of
from canvass.instrument import Instrument, Item, restore
from canvass.instrument.model import WAVE
from canvass.polls.models import FrozenVersion
from canvass.statistics import Cube, Split
from canvass.tables import Asking, Event, Tied, Trend, disclosure, noise_guard
from canvass.tables.disclosure import Audience
from canvass.tables.noise_guard import Comparison, Judged, Stamp
from canvass.tables.trend import HiddenChange
from canvass.tables.waves import values_of
from canvass.team.models import Panel
from canvass.warehouse import CodedItem, Groups, ItemCube, count_items
from canvass.warehouse.rows import DIVIDING

STATISTICS = ("mean", "band", "share", "top")  # of a line, in the order in which they are offered
WELL_BEING = ("ons4.satisfied", "ons4.worthwhile", "ons4.happy", "ons4.anxious")  # in ONS's order


@dataclass(frozen=True, slots=True)
class Series:
    """A question that was asked more than once: the polls that asked it, the oldest first."""

    name: str  # "ons4.satisfied", or the polls' series and the item: "pay/fair"
    tied: tuple[Tied, ...]
    counted: tuple[Counted, ...]  # of the same polls
    weighted: tuple[bool, ...]  # of the same polls

    @property
    def item(self) -> Item:
        """In its newest words."""
        return self.tied[-1].item

    @property
    def first_day(self) -> date:
        """On which the oldest of the polls opened."""
        return _day(self.counted[0].poll.opens)

    @property
    def linked(self) -> bool:
        """Whether persons are known from poll to poll."""
        kinds = {tied.item.kind for tied in self.tied}
        return kinds <= set(DIVIDING) and all(counted.knows_persons for counted in self.counted)


@dataclass(frozen=True, slots=True)
class WhoChanged:
    """The newest change of one line, and what it is made of where persons are known."""

    net: Judged
    same: Judged | None = None
    different: Judged | None = None
    pairs: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One trend with what may be said of it."""

    series: Series
    trend: Trend
    persons: ItemCube | None
    since_previous: WhoChanged | None
    since_first: WhoChanged | None

    @property
    def weighted(self) -> bool:
        """Whether any of its polls is."""
        return any(self.series.weighted)

    @property
    def changes(self) -> list[WhoChanged]:
        """Since the wave before, and since the first of the same wording."""
        return [one for one in (self.since_previous, self.since_first) if one is not None]


def all_series(panel: Panel) -> list[Series]:
    """Every question of the panel that was asked in two counted polls or more; well-being first."""
    counted = {
        one.poll_id: one
        for one in Counted.objects.select_related("poll", "poll__panel")
        .filter(panel=panel, ballots__gt=0)
        .order_by("poll__closes_at", "poll")
    }
    instruments = instruments_of(list(counted))
    by_slug = {held.poll.slug: held for held in counted.values()}
    weighted = weighting.weighted_polls(panel)
    tied = tables.series_of(instruments[poll] for poll in counted if poll in instruments)
    found = []
    for name, askings in tied.items():
        held = tuple(by_slug[one.poll.slug] for one in askings)
        found.append(Series(name, askings, held, tuple(one.poll_id in weighted for one in held)))
    order = {name: place for place, name in enumerate(WELL_BEING)}
    return sorted(found, key=lambda one: (order.get(one.name, len(order)), one.item.text.casefold()))


def instruments_of(polls: Sequence[int]) -> dict[int, Instrument]:
    """The newest version of each poll."""
    frozen = FrozenVersion.objects.filter(poll_id__in=polls).order_by("version")
    return {one.poll_id: restore(one.instrument) for one in frozen}


def events_of(marked: Iterable[MarkedEvent]) -> tuple[Event, ...]:
    """Marked events as the axis of a trend shows them."""
    return tuple(Event(one.first_day, one.label, one.last_day) for one in marked)


def tell(
    series: Sequence[Series],
    events: Sequence[Event],
    line: tuple[str, str | None],
    audience: Audience = Audience.TEAM,
) -> list[Told]:
    """The trends of these questions, a grid row by row, as this audience may see them, and what may be said
    of one line of each.

    line: statistic and option. Changes of other statistics are not told. All that is told on one page is
    corrected together.
    """
    counted = [made for one in series for made in _trends(one, events, compared=line[:1])]
    released = disclosure.release([trend for _, trend, _ in counted], audience)
    trends = [(one, shown, persons) for (one, _, persons), shown in zip(counted, released, strict=True)]
    candidates = [_candidates(trend, persons, line, _stamp(one)) for one, trend, persons in trends]
    judged = {one.comparison.key: one for one in noise_guard.judge(_all(candidates))}
    return [
        Told(one, trend, persons, *(_who(found, judged) for found in pair))
        for (one, trend, persons), pair in zip(trends, candidates, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Candidate:
    net: Comparison
    parts: tuple[Comparison, ...] = ()
    pairs: int | None = None


def _all(candidates: Sequence[tuple[_Candidate | None, _Candidate | None]]) -> Iterator[Comparison]:
    for found in (one for pair in candidates for one in pair if one is not None):
        yield found.net
        yield from found.parts


def _who(found: _Candidate | None, judged: Mapping[str, Judged]) -> WhoChanged | None:
    if found is None:
        return None
    parts = [judged[one.key] for one in found.parts]
    same, different = parts if parts else (None, None)
    return WhoChanged(judged[found.net.key], same, different, found.pairs)


def trends_of(
    series: Sequence[Series], events: Sequence[Event], audience: Audience = Audience.TEAM
) -> tuple[Trend, ...]:
    """The trends of these questions, as this audience may see them, with the changes of every statistic."""
    counted = [trend for one in series for _, trend, _ in _trends(one, events, compared=STATISTICS)]
    return disclosure.release(counted, audience)


def _trends(
    series: Series, events: Sequence[Event], compared: Collection[str]
) -> Iterator[tuple[Series, Trend, ItemCube | None]]:
    """One trend, or one a row of a grid."""
    waves = [list(_counted(series, place)) for place in range(len(series.tied))]
    persons = _persons(series) if series.linked else {}
    for row in series.item.rows if series.item.kind.is_grid else (None,):
        name = row.id if row else None
        askings = [
            _asking(series, place, counted)
            for place, found in enumerate(waves)
            for counted in found
            if _row_of(counted) == name
        ]
        if len(askings) < 2:
            continue
        known = persons.get(name) if len(askings) == len(waves) else None
        trend = tables.trend(
            series.name, askings, persons=known, events=events, level=LEVEL, compared=compared
        )
        yield series, trend, known


def _counted(series: Series, place: int) -> Sequence[ItemCube]:
    """One poll's cubes of the question: under its weights where it is weighted."""
    counted, item = series.counted[place], series.tied[place].item
    if not series.weighted[place]:
        return cubes.restore(item, counted.cubes.get(item.id, ()))
    rows = rows_of(counted, series.tied[place].poll)
    return rows.under(statistics.design(rows.rows, weight=rows.weight)).count(items=[item.id])


def _asking(series: Series, place: int, found: ItemCube) -> Asking:
    poll, counted = series.counted[place].poll, series.counted[place]
    return Asking(
        poll=poll.slug,
        title=poll.title,
        first_day=_day(poll.opens),
        last_day=_day(poll.closes),
        counted=found,
        wording=series.tied[place].wording,
        population=counted.population,
        sensitive=series.tied[place].poll.sensitive,
    )


def _day(moment: datetime | None) -> date:
    assert moment is not None  # a counted poll has both days
    return moment.date()


def _persons(series: Series) -> dict[str | None, ItemCube]:
    """By grid row: the answers of all waves counted together, persons as clusters and waves as groups.

    Empty where the waves do not offer the same answers, or a person answered twice in one of them.
    """
    waves = [rows_of(counted, tied.poll) for counted, tied in zip(series.counted, series.tied, strict=True)]
    persons = np.unique([key for rows in waves for key in rows.persons or ()], return_inverse=True)[1]
    group = np.repeat(np.arange(len(waves)), [rows.rows for rows in waves])
    weights = [np.ones(rows.rows) if rows.weight is None else rows.weight for rows in waves]
    weighted = any(rows.weight is not None for rows in waves)
    design = statistics.design(
        len(group), weight=np.concatenate(weights) if weighted else None, cluster=persons
    )
    groups = Groups(group, tuple(tied.poll.slug for tied in series.tied))
    found: dict[str | None, ItemCube] = {}
    for row in series.item.rows if series.item.kind.is_grid else (None,):
        name = row.id if row else None
        coded = [
            next((one for one in rows.coded if one.item.id == tied.item.id and _row_of(one) == name), None)
            for rows, tied in zip(waves, series.tied, strict=True)
        ]
        known = [one for one in coded if one is not None]
        if len(known) < len(waves) or len({one.cells.count for one in known}) > 1:
            continue
        together = replace(
            known[-1],
            codes=np.concatenate([one.codes for one in known]),
            states=np.concatenate([one.states for one in known]),
        )
        (found[name],) = count_items([together], design, groups)
    return found


def _row_of(one: CodedItem | ItemCube) -> str | None:
    return one.row.id if one.row else None


def _stamp(series: Series) -> Stamp:
    """Whether the newest poll declared before its fieldwork that it would look for a change."""
    newest = series.tied[-1]
    return Stamp.PLANNED if newest.poll.plans(newest.item.id, WAVE) else Stamp.FOUND


def _candidates(
    trend: Trend, persons: ItemCube | None, line: tuple[str, str | None], stamp: Stamp
) -> tuple[_Candidate | None, _Candidate | None]:
    """The newest wave with the one before, and with the first of its wording."""
    try:
        told = trend.line(*line)
    except KeyError:
        return None, None
    newest = len(trend.waves) - 1
    pairs: list[_Candidate | None] = []
    for change in (told.since_previous[newest], told.since_first[newest]):
        if change is None:
            pairs.append(None)
            continue
        net = noise_guard.of_change(trend, told, newest, change, stamp=stamp)
        hidden = isinstance(change, HiddenChange)
        split = None if persons is None or hidden else _split(persons, line, change.since, newest)
        if split is None:
            pairs.append(_Candidate(net))
        else:
            pairs.append(_Candidate(net, noise_guard.causes_of(net, split), split.pairs))
    previous, first = pairs
    same_wave = told.since_previous[newest] == told.since_first[newest]
    return previous, None if same_wave else first


def _split(persons: ItemCube, line: tuple[str, str | None], since: int, newest: int) -> Split | None:
    cube: Cube = persons.cube
    values = values_of(persons, line, tables.official_bands(persons.item))
    return statistics.split_change(cube, values, cube.group(since), cube.group(newest), level=LEVEL)
