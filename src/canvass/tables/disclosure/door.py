"""The one door: every table that leaves for somebody's eyes goes through `release`."""

from collections.abc import Iterable
from dataclasses import replace
from typing import overload

from canvass.tables.crosstab import Crosstab, GroupDifference, GroupFigures, HiddenDifference, Test
from canvass.tables.disclosure.limits import ORDINARY, Audience, Limits
from canvass.tables.disclosure.toplines import hidden, public_topline
from canvass.tables.values import Reason, ReleasedTopline, Suppressed, Topline

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
    if audience is Audience.TEAM:
        return tuple(tables)
    return tuple(_public(table, limits) for table in tables)


def _public(table: Topline | Crosstab, limits: Limits) -> Table:
    if isinstance(table, Topline):
        return public_topline(table, limits)
    # Until each hidden cell's interval is solved for, nothing of a group is shown.
    reason = Suppressed(Reason.SMALL_GROUP)
    return replace(
        table,
        total=public_topline(table.total, limits) if isinstance(table.total, Topline) else table.total,
        groups=tuple(_hidden_group(group, reason) for group in table.groups),
        tests=tuple(Test(test.option, suppressed=Suppressed(Reason.RESTS_ON_HIDDEN)) for test in table.tests),
        differences=tuple(_hidden_difference(one) for one in table.differences),
    )


def _hidden_group(group: GroupFigures, reason: Suppressed) -> GroupFigures:
    return replace(
        group,
        base=reason,
        effective_base=reason,
        figures=tuple(hidden(figure, reason) for figure in group.figures),
    )


def _hidden_difference(one: GroupDifference | HiddenDifference) -> HiddenDifference:
    return HiddenDifference(one.option, one.statistic, one.a, one.b, Suppressed(Reason.RESTS_ON_HIDDEN))
