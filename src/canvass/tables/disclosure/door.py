"""The one door: every table that leaves for somebody's eyes goes through `release`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from canvass.tables.crosstab import Crosstab, HiddenDifference, Test
from canvass.tables.disclosure.crosstabs import Held, hold
from canvass.tables.disclosure.limits import ORDINARY, Audience, Limits
from canvass.tables.disclosure.links import secure_together
from canvass.tables.disclosure.releasing import hidden_group, released
from canvass.tables.disclosure.toplines import hidden_topline, public_topline
from canvass.tables.values import HiddenTopline, Reason, ReleasedTopline, Suppressed, Topline

type Counted = Topline | Crosstab
type Table = ReleasedTopline | Crosstab


@overload
def release(
    tables: Iterable[Topline],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Counted] = (),
) -> tuple[ReleasedTopline, ...]: ...


@overload
def release(
    tables: Iterable[Counted],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Counted] = (),
) -> tuple[Table, ...]: ...


def release(
    tables: Iterable[Counted],
    audience: Audience,
    *,
    limits: Limits = ORDINARY,
    already: Iterable[Iterable[Counted]] = (),
    among: Iterable[Counted] = (),
) -> tuple[Table, ...]:
    """The tables of one poll as this audience may see them, each in its place.

    tables: as counted. The team gets every number, with its caution. For the public each number that must not
    be shown is taken out of the value and a `Suppressed` with the reason put in its place.
    already: the counted tables that are public, in the batches in which they were released; they are
    released again in thought, and stay as they came out. among: the counted tables of all people, where
    `tables` are of some of them (who answered both waves, who finished), as released by themselves.
    """
    counted = tuple(tables)
    if audience is Audience.TEAM:
        return counted
    whole = _release(list(among), limits, [], [])
    out: list[_Released] = []
    for batch in already:
        out += _release(list(batch), limits, out, whole)
    return tuple(one.table for one in _release(list(counted), limits, out, whole))


@dataclass(frozen=True, slots=True)
class _Released:
    """A table with what comes out; `held` is None where there are no cells to look at."""

    counted: Counted
    table: Table
    held: Held | None = None


def _release(
    tables: Sequence[Counted], limits: Limits, out: Sequence[_Released], whole: Sequence[_Released]
) -> list[_Released]:
    """One batch. A table that is out already is as it came out."""
    known = {_name(one.counted): one for one in out}
    large = {_name(one.counted)[:2]: one.counted for one in whole}
    found = [known.get(_name(table)) or _hold(table, limits, large) for table in tables]
    new = [one.held for one in found if one.held is not None and _name(one.counted) not in known]
    secure_together(new, _held(out), _held(whole))
    return [one if one.held is None else replace(one, table=released(one.held)) for one in found]


def _held(tables: Iterable[_Released]) -> list[Held]:
    return [one.held for one in tables if one.held is not None]


def _total(table: Counted) -> Topline:
    total = table.total if isinstance(table, Crosstab) else table
    assert isinstance(total, Topline)  # only a table that has come out can have a hidden one
    return total


def _name(table: Counted) -> tuple[str, str, str, tuple[str, ...]]:
    """What makes a table the same as another: item, row, division, groups."""
    total = _total(table)
    row = total.row.id if total.row else ""
    by = (table.by, table.labels) if isinstance(table, Crosstab) else ("", ())
    return total.item.id, row, *by


def _hold(table: Counted, limits: Limits, large: Mapping[tuple[str, str], Counted]) -> _Released:
    """A table as it comes out where that is decided by its base; else with its cells to be looked at."""
    topline = _total(table)
    total = public_topline(topline, limits)
    every = large.get(_name(table)[:2])
    if every is not None and 0 < _total(every).base - topline.base < limits.base:
        total = hidden_topline(topline, Suppressed(Reason.DIFFERENCE))
    if isinstance(table, Topline):
        return _Released(table, total)
    if isinstance(total, HiddenTopline):
        return _Released(table, _nothing_of(table, total))
    return _Released(table, table, hold(table, topline, limits))


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
