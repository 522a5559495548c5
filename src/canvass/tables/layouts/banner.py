"""One item by several divisions of the people side by side: answers down, groups across, letters between."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

import numpy as np

from canvass import statistics
from canvass.instrument import Kind
from canvass.statistics.exact import FEWEST_EXPECTED
from canvass.statistics.small_bases import WORDS
from canvass.tables import letters, noise_guard
from canvass.tables.crosstab import Crosstab, GroupDifference, HiddenDifference, Test
from canvass.tables.layouts import labels
from canvass.tables.sheet import Column, Role, Section, Sheet, SheetRow, Spanner, told_apart
from canvass.tables.values import Figure, ReleasedFigure
from canvass.tables.wording import listed, p_value, rounded, signed

ALL = "All"


def banner_sheet(crosstabs: Sequence[Crosstab], level: float, *, pairs: bool = False) -> Sheet:
    """Lay out the crosstabs of one item, or of one row of a grid, under one banner each.

    pairs: list every difference between two groups with its interval and p under the table.
    """
    total = crosstabs[0].total
    return Sheet(
        name=labels.name_of(total),
        title=f"{labels.title_of(total)}, by {listed([one.by for one in crosstabs])}",
        bases=labels.bases_of(total),
        columns=columns(crosstabs),
        sections=(Section("", rows(crosstabs, level)),),
        notes=notes(crosstabs, level, pairs=pairs),
        spanners=spanners(crosstabs),
    )


def columns(crosstabs: Sequence[Crosstab]) -> tuple[Column, ...]:
    """All, then the groups of each banner with their letters."""
    groups = [group for one in crosstabs for group in one.groups]
    named = (
        Column(group.label, letters.letter(place), _mark(group.figures)) for place, group in enumerate(groups)
    )
    return (Column(ALL), *named)


def _mark(figures: Sequence[ReleasedFigure]) -> str:
    first = figures[0] if figures else None
    return labels.MARKS[first.caution] if isinstance(first, Figure) and first.caution is not None else ""


def spanners(crosstabs: Sequence[Crosstab]) -> tuple[Spanner, ...]:
    """A heading over the groups of each banner."""
    return (Spanner("", 1), *(Spanner(one.by, len(one.groups)) for one in crosstabs))


def rows(crosstabs: Sequence[Crosstab], level: float) -> tuple[SheetRow, ...]:
    """Base, effective base, then the item's figures."""
    total = crosstabs[0].total
    groups = [group for one in crosstabs for group in one.groups]
    bases = (labels.count_of(one.base) for one in (total, *groups))
    effective = (labels.effective_of(one) for one in (total, *groups))
    return (
        SheetRow("Base", tuple(bases), role=Role.BASE),
        SheetRow("Effective base", tuple(effective), role=Role.BASE),
        *_figure_rows(crosstabs, level),
    )


def _figure_rows(crosstabs: Sequence[Crosstab], level: float) -> Iterator[SheetRow]:
    marks = list(_letters(crosstabs, level))
    total: tuple[ReleasedFigure, ...] = crosstabs[0].total.figures
    for place, figure in enumerate(total):
        cells = [labels.with_interval(figure)]
        for crosstab, higher in zip(crosstabs, marks, strict=True):
            for group in crosstab.groups:
                own = higher.get((figure.statistic, figure.option, group.label), "")
                cells.append(labels.with_interval(group.figures[place], own))
        yield SheetRow(labels.label_of(figure), tuple(cells), role=labels.role_of(figure))


def _compared(crosstab: Crosstab) -> bool:
    return any(isinstance(one, GroupDifference) for one in crosstab.differences)


def _letters(crosstabs: Sequence[Crosstab], level: float) -> Iterator[dict[letters.Place, str]]:
    """The letters of each banner. They go on from one to the next, so that each letter is one column."""
    taken = 0
    for crosstab in crosstabs:
        named = {group.label: letters.letter(taken + place) for place, group in enumerate(crosstab.groups)}
        taken += len(crosstab.groups)
        yield letters.higher_than(crosstab, named, level)


def notes(crosstabs: Sequence[Crosstab], level: float, *, pairs: bool) -> tuple[str, ...]:
    """How to read the table: ranges, letters, small groups, tests with family and method, no cause."""
    total = crosstabs[0].total
    reading = [f"The ranges are {labels.percent_of(level)} intervals."] if total.figures else []
    several = [labels.SEVERAL] if total.item.kind is Kind.MULTIPLE else []
    compared = [letters.explained(level)] if any(map(_compared, crosstabs)) else []
    cautions = [line for one in crosstabs for line in _cautions(one)]
    tests = [line for one in crosstabs for line in _tests(one)]
    listed_pairs = [line for one in crosstabs for line in _pairs(one)] if pairs else []
    return (
        *reading,
        *several,
        *compared,
        *cautions,
        *_hidden_tests(crosstabs),
        *tests,
        *listed_pairs,
        labels.NOT_A_CAUSE,
    )


def _hidden_tests(crosstabs: Sequence[Crosstab]) -> tuple[str, ...]:
    """Why a test or a difference that was made is not told."""
    tests = (test.suppressed for one in crosstabs for test in one.tests)
    pairs = (
        pair.suppressed for one in crosstabs for pair in one.differences if isinstance(pair, HiddenDifference)
    )
    return told_apart((*tests, *pairs))


def _cautions(crosstab: Crosstab) -> Iterator[str]:
    for group in crosstab.groups:
        for figure in group.figures[:1]:
            if isinstance(figure, Figure) and figure.caution is not None:
                yield f"By {crosstab.by}, {group.label}: {WORDS[figure.caution]}"


def _tests(crosstab: Crosstab) -> Iterator[str]:
    labelled = _labels_of(crosstab)
    for test in crosstab.tests:
        if test.p is None:
            continue
        if _expected(crosstab, test.option) < FEWEST_EXPECTED:
            about = f", {labelled[test.option]}" if test.option is not None else ""
            yield f"By {crosstab.by}{about}: no test, because in some cells fewer than 5 people are expected"
        else:
            yield _test_line(crosstab.by, test, labelled)


def _expected(crosstab: Crosstab, option: str | None) -> float:
    """The fewest people to be expected in a cell of the test, if answers and groups did not go together."""
    counts = []
    for group in crosstab.groups:
        given = [figure.n for figure in group.figures if _tested(figure, option)]
        if option is not None and isinstance(group.base, int):
            given.append(group.base - sum(given))  # with the option, and without it
        counts.append(given)
    return statistics.lowest_expected(np.array(counts, dtype=np.int64))


def _tested(figure: ReleasedFigure, option: str | None) -> TypeGuard[Figure]:
    return isinstance(figure, Figure) and figure.statistic == "share" and option in (None, figure.option)


def _labels_of(crosstab: Crosstab) -> dict[str | None, str]:
    return {figure.option: figure.label for figure in crosstab.total.figures}


def _test_line(by: str, test: Test, labelled: dict[str | None, str]) -> str:
    about = f", {labelled[test.option]}" if test.option is not None else ""
    adjusted = f", after Holm over the answers {p_value(test.p_adjusted)}" if test.option is not None else ""
    return (
        f"By {by}{about}: Rao-Scott F({rounded(test.df1 or 0, 2)}, {rounded(test.df2 or 0, 1)}) = "
        f"{rounded(test.statistic or 0, 2)}, {p_value(test.p)}{adjusted}"
    )


def _pairs(crosstab: Crosstab) -> Iterable[str]:
    """Every difference; its p only where the noise guard sees a valid test."""
    told = [
        (one, None if noise_guard.obstacle(comparison) else one.p_adjusted)
        for one, comparison in zip(crosstab.differences, noise_guard.between_groups(crosstab), strict=True)
        if isinstance(one, GroupDifference)
    ]
    if not told:
        return []
    heading = (
        f"By {crosstab.by}, pairs of groups (t, with covariance; each range for itself, p after Holm over "
        "all shares, or all means, that are listed):"
    )
    labelled = _labels_of(crosstab)
    return [heading, *(f"  {_difference_line(one, p, labelled)}" for one, p in told)]


def _difference_line(one: GroupDifference, p: float | None, labelled: dict[str | None, str]) -> str:
    share = one.statistic in labels.SHARES
    unit, scale = (" points", 100) if share else ("", 1)
    about = (
        f"{labelled[one.option]}: " if one.option is not None else "" if one.statistic == "mean" else "NPS: "
    )
    reach = (
        f" ({signed(one.low * scale)} to {signed(one.high * scale)})"
        if one.low is not None and one.high is not None
        else ""
    )
    return f"{about}{one.a} minus {one.b}: {signed(one.estimate * scale)}{unit}{reach}, {p_value(p)}"
