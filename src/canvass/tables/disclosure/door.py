"""The one door: every table that leaves for somebody's eyes goes through `release`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from canvass.tables.composition import Composition, CompositionOverTime, FieldComposition
from canvass.tables.crosstab import Crosstab, HiddenDifference, Test
from canvass.tables.disclosure.crosstabs import Held, hold
from canvass.tables.disclosure.limits import ORDINARY, Audience, Limits
from canvass.tables.disclosure.links import secure_together
from canvass.tables.disclosure.participation import (
    HeadCount,
    Heads,
    head_count,
    public_funnel,
    public_response,
    released_heads,
)
from canvass.tables.disclosure.releasing import hidden_group, released
from canvass.tables.disclosure.toplines import hidden_topline, public_topline
from canvass.tables.disclosure.trends import public_trend
from canvass.tables.funnel import Breakdown, Funnel
from canvass.tables.response import ResponseAnalytics
from canvass.tables.trend import Trend
from canvass.tables.values import HiddenTopline, Reason, ReleasedTopline, Suppressed, Topline

type Answers = Topline | Crosstab
type People = Breakdown | Composition | CompositionOverTime | Funnel | ResponseAnalytics
type Counted = Answers | Trend | People
type Table = ReleasedTopline | Crosstab | Trend | People


@overload
def release(
    tables: Iterable[Topline],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Answers] = (),
) -> tuple[ReleasedTopline, ...]: ...


@overload
def release[T: (Crosstab, Trend, Breakdown, Composition, CompositionOverTime, Funnel, ResponseAnalytics)](
    tables: Iterable[T],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Answers] = (),
) -> tuple[T, ...]: ...


@overload
def release(
    tables: Iterable[Counted],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Answers] = (),
) -> tuple[Table, ...]: ...


def release(
    tables: Iterable[Counted],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Answers] = (),
) -> tuple[Table, ...]:
    """The tables of one poll as this audience may see them, each in its place.

    tables: as counted. The team gets every number, with its caution, but for who took part in small groups.
    For the public each number that must not be shown is taken out of the value and a `Suppressed` with the
    reason put in its place.
    already: the counted tables that are public, in the batches in which they were released; they are
    released again in thought, and stay as they came out. among: the counted tables of all people, where
    `tables` are of some of them (who answered both waves, who finished), as released by themselves.
    """
    counted = tuple(tables)
    if audience is Audience.TEAM:
        return tuple(_for_the_team(table) for table in counted)
    whole = _release(list(among), limits, [], [])
    out: list[_Released] = []
    for batch in already:
        out += _release(list(batch), limits, out, whole)
    return tuple(one.table for one in _release(list(counted), limits, out, whole))


def _for_the_team(table: Counted) -> Table:
    """As counted: but nobody learns who took part, not even who knows the members by name."""
    return _whole(released_heads(head_count(table, ORDINARY))) if isinstance(table, Breakdown) else table


@dataclass(frozen=True, slots=True)
class _Released:
    """A table with what comes out; `held` is empty where there are no groups of people to look at."""

    counted: Counted
    table: Table
    held: tuple[Held | HeadCount, ...] = ()


def _release(
    tables: Sequence[Counted], limits: Limits, out: Sequence[_Released], whole: Sequence[_Released]
) -> list[_Released]:
    """One batch. A table that is out already is as it came out."""
    known = {_name(one.counted): one for one in out}
    answers = [one.counted for one in whole if isinstance(one.counted, Topline | Crosstab)]
    large = {_name(table)[:2]: table for table in answers}
    found = [known.get(_name(table)) or _hold(table, limits, large) for table in tables]
    new = [held for one in found if _name(one.counted) not in known for held in one.held]
    secure_together(new, _held(out), _held(whole))
    return [replace(one, table=_as_it_comes_out(one)) if one.held else one for one in found]


def _held(tables: Iterable[_Released]) -> list[Held | HeadCount]:
    return [held for one in tables for held in one.held]


def _as_it_comes_out(one: _Released) -> Table:
    """What is held, after everything that must be is hidden."""
    heads = [released_heads(held) for held in one.held if isinstance(held, HeadCount)]
    match one.counted:
        case Composition():
            return replace(
                one.counted, fields=tuple(field for field in heads if isinstance(field, FieldComposition))
            )
        case Breakdown() | CompositionOverTime():
            return _whole(heads[0])
    (held,) = one.held
    assert isinstance(held, Held)
    return released(held)


def _whole(heads: Heads) -> Table:
    """A count of people that is a table by itself, not a field of one."""
    assert not isinstance(heads, FieldComposition)
    return heads


def _total(table: Answers) -> Topline:
    total = table.total if isinstance(table, Crosstab) else table
    assert isinstance(total, Topline)  # only a table that has come out can have a hidden one
    return total


def _name(table: Counted) -> tuple[object, ...]:
    """What makes a table the same as another: item, row, division, groups; a count of people is itself."""
    if not isinstance(table, Topline | Crosstab):
        return (table,) if isinstance(table, Breakdown | Composition | CompositionOverTime) else (id(table),)
    total = _total(table)
    row = total.row.id if total.row else ""
    by = (table.by, table.labels) if isinstance(table, Crosstab) else ("", ())
    return total.item.id, row, *by


def _hold(table: Counted, limits: Limits, large: Mapping[tuple[object, ...], Answers]) -> _Released:
    """A table as it comes out where that is decided by its base; else with what is to be looked at."""
    match table:
        case Topline() | Crosstab():
            return _hold_answers(table, limits, large)
        case Trend():
            return _Released(table, public_trend(table, limits))
        case Funnel():
            return _Released(table, public_funnel(table, limits))
        case ResponseAnalytics():
            return _Released(table, public_response(table, limits))
        case Composition():
            return _Released(table, table, tuple(head_count(one, limits) for one in table.fields))
        case Breakdown() | CompositionOverTime():
            return _Released(table, table, (head_count(table, limits),))


def _hold_answers(table: Answers, limits: Limits, large: Mapping[tuple[object, ...], Answers]) -> _Released:
    topline = _total(table)
    total = public_topline(topline, limits)
    every = large.get(_name(table)[:2])
    if every is not None and 0 < _total(every).base - topline.base < limits.base:
        total = hidden_topline(topline, Suppressed(Reason.DIFFERENCE))
    if isinstance(table, Topline):
        return _Released(table, total)
    if isinstance(total, HiddenTopline):
        return _Released(table, _nothing_of(table, total))
    return _Released(table, table, (hold(table, topline, limits),))


def _nothing_of(table: Crosstab, total: HiddenTopline) -> Crosstab:
    reason, rests = total.suppressed, Suppressed(Reason.RESTS_ON_HIDDEN)
    return Crosstab(
        by=table.by,
        total=total,
        groups=tuple(hidden_group(group, reason) for group in table.groups),
        tests=tuple(Test(one.option, one.name, suppressed=rests) for one in table.tests),
        differences=tuple(
            HiddenDifference(one.option, one.statistic, one.a, one.b, rests) for one in table.differences
        ),
    )
