"""A table laid out for people: bases above, a grid of cells, notes below. Text, HTML and XLSX print it."""

from dataclasses import dataclass
from enum import StrEnum

from canvass.statistics.small_bases import WORDS, Caution
from canvass.tables.crosstab import Crosstab, GroupDifference, HiddenDifference, Test
from canvass.tables.values import (
    Figure,
    HiddenFigure,
    HiddenTopline,
    ReleasedFigure,
    ReleasedTopline,
    Suppressed,
)
from canvass.tables.wording import ABSENT, mean, percent, quantity, rounded, whole

SHARES = ("share", "top")
NOT_A_CAUSE = "A table of one question by another does not show cause."
SEVERAL = "More than one answer could be chosen, so the shares add up to more than 100%."


class Style(StrEnum):
    """How a number is written."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    QUANTITY = "quantity"  # a value that somebody gave: whole where it is whole
    ERROR_OF_SHARE = "error of share"  # in percentage points, one decimal
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a sheet, unrounded, with the way to write it; in a crosstab its interval, too."""

    number: float | Suppressed | None
    style: Style
    low: float | None = None
    high: float | None = None

    @property
    def has_interval(self) -> bool:
        """Whether there is a limit to show."""
        return self.low is not None or self.high is not None

    def __str__(self) -> str:
        if not self.has_interval:
            return self._written(self.number)
        low, high = self._written(self.low), self._written(self.high)
        return f"{self._written(self.number)} ({low.removesuffix('%')} to {high.removesuffix('%')})"

    def _written(self, number: float | Suppressed | None) -> str:
        if isinstance(number, Suppressed):
            return number.mark
        return ABSENT if number is None else _WRITTEN[self.style](number)


_WRITTEN = {
    Style.COUNT: lambda number: whole(int(number)),
    Style.SHARE: percent,
    Style.MEAN: mean,
    Style.QUANTITY: quantity,
    Style.ERROR_OF_SHARE: lambda number: f"{rounded(number * 100, 1)}",
    Style.ERROR: lambda number: f"{rounded(number, 2)}",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as printed. Every row has a label and a cell for each heading but the first."""

    name: str  # of the item and grid row, for a tab
    title: str
    bases: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...], str], ...]  # label, cells, a word of caution or ""
    notes: tuple[str, ...]


def sheet(table: ReleasedTopline | Crosstab, level: float) -> Sheet:
    """Lay out one table."""
    return _crosstab_sheet(table, level) if isinstance(table, Crosstab) else _topline_sheet(table, level)


def reading_notes(level: float, population: bool) -> tuple[str, ...]:
    """What goes under a run of tables: how the intervals are to be read."""
    corrected = "with" if population else "without"
    return (
        f"{_percent_of(level)} intervals hold if those who answered are a random part of those they stand "
        f"for; {corrected} finite population correction. Where people chose to take part, no sampling error "
        "can be known.",
        "Cautions go by the smaller of base and effective base: under 10 no figure, 10-29 counts only, "
        "30-49 very small base, 50-99 small base. They are labels: nothing is withheld here.",
    )


def _percent_of(level: float) -> str:
    return f"{quantity(level * 100)}%"


def _topline_sheet(topline: ReleasedTopline, level: float) -> Sheet:
    named = _percent_of(level)
    return Sheet(
        name=_name(topline),
        title=_title(topline),
        bases=_bases(topline),
        headings=("", "People", "Estimate", f"{named} from", "to", "Std. error"),
        rows=tuple(_topline_row(figure, topline.caution) for figure in topline.figures),
        notes=(SEVERAL,) if topline.item.kind == "multiple" else (),
    )


def _topline_row(figure: ReleasedFigure, stated: Caution | None) -> tuple[str, tuple[Cell, ...], str]:
    style, error = _styles(figure)
    if isinstance(figure, HiddenFigure):
        return _label(figure), (Cell(figure.suppressed, Style.COUNT),) * 5, ""
    withheld = figure.suppressed
    numbers = (Cell(withheld or value, style) for value in (figure.estimate, figure.low, figure.high))
    cells = (Cell(figure.n, Style.COUNT), *numbers, Cell(withheld or figure.standard_error, error))
    differs = figure.caution is not None and figure.caution != stated
    return _label(figure), cells, WORDS[figure.caution] if differs and figure.caution else ""


def _label(figure: ReleasedFigure) -> str:
    if figure.option is None or figure.statistic == "share":
        return figure.label
    return f"{figure.label}: {'among the first' if figure.statistic == 'top' else 'mean place'}"


def _styles(figure: ReleasedFigure) -> tuple[Style, Style]:
    if figure.statistic in SHARES:
        return Style.SHARE, Style.ERROR_OF_SHARE
    return Style.QUANTITY if figure.statistic in ("median", "quantile") else Style.MEAN, Style.ERROR


def _crosstab_sheet(crosstab: Crosstab, level: float) -> Sheet:
    total = crosstab.total
    columns = (total.figures, *(group.figures for group in crosstab.groups))
    counts = (total.base, *(group.base for group in crosstab.groups))
    whole_effective = total.suppressed if isinstance(total, HiddenTopline) else total.effective_base
    effective = (whole_effective, *(group.effective_base for group in crosstab.groups))
    rows = [
        ("Base", tuple(Cell(count, Style.COUNT) for count in counts), ""),
        ("Effective base", tuple(Cell(base, Style.MEAN) for base in effective), ""),
        *(_crosstab_row(figures) for figures in zip(*columns, strict=True)),
    ]
    return Sheet(
        name=_name(total),
        title=f"{_title(total)}, by {crosstab.by}",
        bases=_bases(total),
        headings=("", "All", *(group.label for group in crosstab.groups)),
        rows=tuple(rows),
        notes=_crosstab_notes(crosstab, level),
    )


def _crosstab_row(lines: tuple[ReleasedFigure, ...]) -> tuple[str, tuple[Cell, ...], str]:
    return _label(lines[0]), tuple(_crosstab_cell(line) for line in lines), ""


def _crosstab_cell(line: ReleasedFigure) -> Cell:
    style = _styles(line)[0]
    if isinstance(line, HiddenFigure):
        return Cell(line.suppressed, style)
    if line.suppressed is not None:  # where per cents are kept back the count stands, for a mean nothing
        return Cell(line.n, Style.COUNT) if style is Style.SHARE else Cell(line.suppressed, style)
    return Cell(line.estimate, style, line.low, line.high)


def _crosstab_notes(crosstab: Crosstab, level: float) -> tuple[str, ...]:
    cautions = [
        f"{group.label}: {WORDS[figure.caution]}"
        for group in crosstab.groups
        for figure in group.figures[:1]
        if isinstance(figure, Figure) and figure.caution is not None
    ]
    tests = [_test_line(test) for test in crosstab.tests if test.p is not None]
    pairs = [_difference_line(one) for one in crosstab.differences if isinstance(one, GroupDifference)]
    heading = ["Pairs of groups (t, with covariance; p after Holm over this table):"] if pairs else []
    several = [SEVERAL] if crosstab.total.item.kind == "multiple" else []
    reading = [f"The ranges are {_percent_of(level)} intervals."] if crosstab.total.figures else []
    return (*reading, *several, *cautions, *_hidden_notes(crosstab), *tests, *heading, *pairs, NOT_A_CAUSE)


def _hidden_notes(crosstab: Crosstab) -> list[str]:
    """Each reason for which a number of the table is not shown, once."""
    columns = (crosstab.total.figures, *(group.figures for group in crosstab.groups))
    lines = [line for figures in columns for line in figures]
    of_lines = [line.suppressed for line in lines if line.suppressed is not None]
    of_bases = [group.base for group in crosstab.groups if isinstance(group.base, Suppressed)]
    of_tests = [test.suppressed for test in crosstab.tests if test.suppressed is not None]
    of_pairs = [one.suppressed for one in crosstab.differences if isinstance(one, HiddenDifference)]
    found = dict.fromkeys((*of_bases, *of_lines, *of_tests, *of_pairs))
    return [f"{one.mark} Not shown: {one.words}." for one in found]


def _test_line(test: Test) -> str:
    about = f"{test.option}: " if test.option is not None else ""
    adjusted = f", after Holm {_p(test.p_adjusted)}" if test.option is not None else ""
    return (
        f"{about}Rao-Scott F({rounded(test.df1 or 0, 2)}, {rounded(test.df2 or 0, 1)}) = "
        f"{rounded(test.statistic or 0, 2)}, {_p(test.p)}{adjusted}"
    )


def _difference_line(one: GroupDifference) -> str:
    share = one.statistic in SHARES
    unit, scale = (" points", 100) if share else ("", 1)
    about = f"{one.option}: " if one.option is not None else "" if one.statistic == "mean" else "NPS: "
    reach = (
        f" ({rounded(one.low * scale, 1)} to {rounded(one.high * scale, 1)})"
        if one.low is not None and one.high is not None
        else ""
    )
    found = f"{rounded(one.estimate * scale, 1)}{unit}{reach}, {_p(one.p_adjusted)}"
    return f"  {about}{one.a} minus {one.b}: {found}"


def _p(p: float | None) -> str:
    if p is None:
        return "no test"
    return "p < 0.001" if p < 0.001 else f"p = {rounded(p, 3)}"


def _name(topline: ReleasedTopline) -> str:
    return topline.item.id if topline.row is None else f"{topline.item.id}/{topline.row.id}"


def _title(topline: ReleasedTopline) -> str:
    row = f" [{topline.row.label}]" if topline.row is not None else ""
    text = f": {topline.item.text}" if topline.item.text not in ("", topline.item.id) else ""
    return f"{topline.item.id}{row}{text}"


def _bases(topline: ReleasedTopline) -> tuple[str, ...]:
    if isinstance(topline, HiddenTopline):
        asked = f" Asked: {whole(topline.asked)}." if isinstance(topline.asked, int) else ""
        return (f"{topline.suppressed} Not shown: {topline.suppressed.words}.{asked}",)
    asked = f" of {whole(topline.asked)} asked" if topline.asked is not None else ""
    lines = [f"Base: {whole(topline.base)}{asked}"]
    if topline.applies_base is not None:
        lines.append(f"To whom it applies: {whole(topline.applies_base)}")
    if topline.prefer_not_to_say:
        lines.append(f"Preferred not to say: {whole(topline.prefer_not_to_say)}")
    if topline.effective_base != topline.base:
        lines.append(
            f"Weighted base {mean(topline.weighted_base)}, effective base {mean(topline.effective_base)}, "
            f"Kish design effect {rounded(topline.kish_design_effect, 2)}"
        )
    if topline.caution is not None:
        lines.append(f"Caution: {WORDS[topline.caution]}")
    return tuple(lines)
