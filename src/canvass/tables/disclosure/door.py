"""The one door: every table that leaves for somebody's eyes goes through `release`."""

from collections.abc import Iterable
from typing import overload

from canvass.tables.crosstab import Crosstab, GroupFigures, HiddenDifference, Test
from canvass.tables.disclosure.crosstabs import Held, hold
from canvass.tables.disclosure.limits import ORDINARY, Audience, Limits
from canvass.tables.disclosure.releasing import released
from canvass.tables.disclosure.toplines import hidden, public_topline
from canvass.tables.values import HiddenTopline, Reason, ReleasedTopline, Suppressed, Topline

type Table = ReleasedTopline | Crosstab


@overload
def release(
    tables: Iterable[Topline], audience: Audience, *, limits: Limits = ORDINARY
) -> tuple[ReleasedTopline, ...]: ...


@overload
def release(
    tables: Iterable[Topline | Crosstab], audience: Audience, *, limits: Limits = ORDINARY
) -> tuple[Table, ...]: ...


def release(
    tables: Iterable[Topline | Crosstab], audience: Audience, *, limits: Limits = ORDINARY
) -> tuple[Table, ...]:
    """The tables of one poll as this audience may see them, each in its place.

    The team gets every number, with its caution. For the public each number that must not be shown is taken
    out of the value and a `Suppressed` with the reason put in its place.
    """
    counted = tuple(tables)
    if audience is Audience.TEAM:
        return counted
    held = [_hold(table, limits) for table in counted]
    for one in held:
        if isinstance(one, Held):
            one.secure()
    return tuple(released(one) if isinstance(one, Held) else one for one in held)


def _hold(table: Topline | Crosstab, limits: Limits) -> Held | Table:
    """A crosstab whose numbers are looked at one by one; a topline, or a crosstab of which nothing is shown,
    as it comes out."""
    if isinstance(table, Topline):
        return public_topline(table, limits)
    assert isinstance(table.total, Topline)
    total = public_topline(table.total, limits)
    return _nothing_of(table, total) if isinstance(total, HiddenTopline) else hold(table, table.total, limits)


def _nothing_of(table: Crosstab, total: HiddenTopline) -> Crosstab:
    reason, rests = total.suppressed, Suppressed(Reason.RESTS_ON_HIDDEN)
    return Crosstab(
        by=table.by,
        total=total,
        groups=tuple(
            GroupFigures(group.label, reason, reason, tuple(hidden(one, reason) for one in group.figures))
            for group in table.groups
        ),
        tests=tuple(Test(one.option, one.name, suppressed=rests) for one in table.tests),
        differences=tuple(
            HiddenDifference(one.option, one.statistic, one.a, one.b, rests) for one in table.differences
        ),
    )
