"""The crosstab that comes out: what is hidden is replaced, what rests on it goes, the rest is as counted."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from canvass.instrument import Kind
from canvass.statistics.small_bases import Caution
from canvass.tables import wording
from canvass.tables.crosstab import Crosstab, GroupDifference, GroupFigures, HiddenDifference, Test
from canvass.tables.disclosure.crosstabs import RATINGS, Held
from canvass.tables.disclosure.limits import FEWEST_FOR_A_MEAN_PLACE
from canvass.tables.disclosure.printing import as_printed, difference_as_printed, is_weighted
from canvass.tables.disclosure.toplines import counts_only, hidden, public_topline
from canvass.tables.topline import NOT_APPLICABLE
from canvass.tables.values import Figure, HiddenFigure, Reason, ReleasedFigure, Suppressed

_GROUP, _CELL = Suppressed(Reason.SMALL_GROUP), Suppressed(Reason.SMALL_CELL)
_RESTS = Suppressed(Reason.RESTS_ON_HIDDEN)
_MEANS = ("mean", "nps")


def released(held: Held) -> Crosstab:
    """The crosstab for the public."""
    groups = tuple(_group(held, column) for column in range(len(held.table.groups)))
    return Crosstab(
        by=held.table.by,
        total=public_topline(held.total, held.limits),
        groups=groups,
        tests=tuple(_test(held, test) for test in held.table.tests),
        differences=tuple(_differences(held, groups)),
    )


def _group(held: Held, column: int) -> GroupFigures:
    group = held.table.groups[column]
    if not held.shown[column]:
        return hidden_group(group, _GROUP)
    lines = tuple(_line(held, line, column) for line in group.figures)
    if not is_weighted(held.total):
        return replace(group, figures=lines)
    assert isinstance(group.effective_base, float)  # of a counted table
    worth = float(wording.rounded(group.effective_base))
    return GroupFigures(group.label, group.base, worth, lines, group.parts)


def hidden_group(group: GroupFigures, reason: Suppressed) -> GroupFigures:
    """A group of which nothing is shown."""
    lines = tuple(hidden(line, reason) for line in group.figures)
    return GroupFigures(group.label, reason, reason, lines, group.parts)


def _line(held: Held, line: ReleasedFigure, column: int) -> ReleasedFigure:
    if isinstance(line, HiddenFigure):
        return line
    reason = _why_not(held, line, column)
    if reason is not None:
        return hidden(line, reason)
    if line.caution is Caution.COUNTS_ONLY:
        return counts_only(line)
    if is_weighted(held.total) or (line.statistic == "mean" and _is_coarse(held, column)):
        return as_printed(line)
    return line


def _is_coarse(held: Held, column: int) -> bool:
    """Whether a group's mean stands beside a hidden distribution."""
    return bool(held.total.item.kind in RATINGS and held.answers and held.answers.hidden[0, column])


def _why_not(held: Held, figure: Figure, column: int) -> Suppressed | None:
    """Why a row of a group that is shown is not; None where it is."""
    if figure.caution is Caution.NO_FIGURE:
        return Suppressed(Reason.FEW_ANSWERED)
    match figure.statistic:
        case "share":
            return _CELL if _share_is_hidden(held, figure, column) else None
        case "top":
            return _CELL if _later_is_hidden(held, figure, column) else None
        case "mean" if held.total.item.kind is Kind.RANKING:
            return _mean_place(held, figure, column)
        case "mean" | "median" | "quantile" | "nps":
            return _of_numbers(held, figure, column)
    return _RESTS  # what the door does not know does not pass it


def _share_is_hidden(held: Held, figure: Figure, column: int) -> bool:
    row = held.rows[figure.option]
    if figure.option == NOT_APPLICABLE and held.applies is not None:
        return bool(held.applies.hidden[1, column])
    return held.answers is None or bool(held.answers.hidden[row, column])


def _later_is_hidden(held: Held, figure: Figure, column: int) -> bool:
    return held.later is None or bool(held.later.hidden[held.rows[figure.option], column])


def _mean_place(held: Held, figure: Figure, column: int) -> Suppressed | None:
    """A mean place tells second and third places from each other, so it needs many who placed the option."""
    if _later_is_hidden(held, figure, column) or _share_is_hidden(held, figure, column):
        return _RESTS
    choose = held.total.item.choose or len(held.total.item.options)
    return _CELL if choose > 2 and figure.n < FEWEST_FOR_A_MEAN_PLACE else None


def _of_numbers(held: Held, figure: Figure, column: int) -> Suppressed | None:
    if held.applies is not None and held.applies.hidden[0, column]:
        return _RESTS
    if not held.means[column] or (figure.statistic != "mean" and _is_coarse(held, column)):
        return _RESTS
    if figure.q is not None and figure.n * min(figure.q, 1 - figure.q) < held.limits.cell:
        return _CELL  # few people lie beyond it
    return None


def _test(held: Held, test: Test) -> Test:
    """A test of answers against groups rests on every cell of its rows."""
    if test.p is None:
        return test
    row = held.rows.get(test.option) if test.option is not None else None
    told = (
        held.answers is not None
        and not (held.answers.hidden & _groups_only(held))[slice(None) if row is None else row].any()
    )
    if told and held.shown[:-1].all() and (held.applies is None or not held.applies.hidden[:, :-1].any()):
        return test
    return Test(test.option, test.name, suppressed=_RESTS)


def _groups_only(held: Held) -> np.ndarray:
    return np.arange(len(held.bases)) < len(held.bases) - 1


def _differences(
    held: Held, groups: tuple[GroupFigures, ...]
) -> Iterator[GroupDifference | HiddenDifference]:
    """A difference is shown where both of its numbers are."""
    column = {group.label: place for place, group in enumerate(groups)}
    for one in held.table.differences:
        if isinstance(one, HiddenDifference):
            yield one
            continue
        sides = [_figure(groups[column[label]], one) for label in (one.a, one.b)]
        if any(isinstance(side, HiddenFigure) or side.suppressed is not None for side in sides):
            yield HiddenDifference(one.option, one.statistic, one.a, one.b, _RESTS)
        elif is_weighted(held.total) or (
            one.statistic == "mean" and any(_is_coarse(held, column[label]) for label in (one.a, one.b))
        ):
            yield difference_as_printed(one)
        else:
            yield one


def _figure(group: GroupFigures, one: GroupDifference) -> ReleasedFigure:
    return next(
        line for line in group.figures if (line.statistic, line.option) == (one.statistic, one.option)
    )
