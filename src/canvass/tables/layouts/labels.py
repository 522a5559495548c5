"""What stands on every sheet of answers: title, bases, names of rows, and how numbers look."""

from canvass.statistics.small_bases import TOO_FEW, WORDS, Caution
from canvass.tables.crosstab import GroupFigures
from canvass.tables.sheet import Cell, Role, Style
from canvass.tables.values import Figure, HiddenTopline, ReleasedFigure, ReleasedTopline, Suppressed
from canvass.tables.wording import mean, quantity, rounded, whole

SHARES = ("share", "top", "net", "band")
NOT_A_CAUSE = "A table of one question by another does not show cause."
SEVERAL = "More than one answer could be chosen, so the shares add up to more than 100%."
MARKS = {
    Caution.SMALL: "small",
    Caution.VERY_SMALL: "[u]",
    Caution.COUNTS_ONLY: "[u]",
    Caution.NO_FIGURE: "[u]",
}


def percent_of(level: float) -> str:
    """The level of the intervals: "95%", "99.9%"."""
    return f"{quantity(level * 100)}%"


def name_of(topline: ReleasedTopline) -> str:
    return topline.item.id if topline.row is None else f"{topline.item.id}/{topline.row.id}"


def title_of(topline: ReleasedTopline, *, with_row: bool = True) -> str:
    """The item's id, its row, and its question."""
    row = f" [{topline.row.label}]" if topline.row is not None and with_row else ""
    text = f": {topline.item.text}" if topline.item.text not in ("", topline.item.id) else ""
    return f"{topline.item.id}{row}{text}"


def bases_of(topline: ReleasedTopline) -> tuple[str, ...]:
    """Everything that the numbers are of, a sentence each without its full stop."""
    if isinstance(topline, HiddenTopline):
        told = (f"Asked: {whole(topline.asked)}",) if isinstance(topline.asked, int) else ()
        return (f"{topline.suppressed} Not shown: {topline.suppressed.words}", *told)
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


def label_of(figure: ReleasedFigure) -> str:
    """What the row of a figure is called."""
    if figure.statistic == "net":
        return f"Net: {figure.label}"
    if figure.option is None or figure.statistic == "share":
        return figure.label
    return f"{figure.label}: {'among the first' if figure.statistic == 'top' else 'mean place'}"


def role_of(figure: ReleasedFigure) -> Role:
    return Role.NET if figure.statistic == "net" else Role.FIGURE


def styles_of(figure: ReleasedFigure) -> tuple[Style, Style]:
    """How the estimate and its standard error are written."""
    if figure.statistic in SHARES:
        return Style.SHARE, Style.ERROR_OF_SHARE
    return Style.QUANTITY if figure.statistic in ("median", "quantile") else Style.MEAN, Style.ERROR


def with_interval(figure: ReleasedFigure, letters: str = "") -> Cell:
    """The estimate and its interval in one cell. Of a share that is kept back the count may stand."""
    style = styles_of(figure)[0]
    if isinstance(figure, Figure) and figure.suppressed is None:
        return Cell(figure.estimate, style, figure.low, figure.high, letters, wide=is_flagged_wide(figure))
    if isinstance(figure, Figure) and style is Style.SHARE:
        return Cell(figure.n, Style.COUNT, withheld=figure.suppressed)
    return Cell(None, style, withheld=figure.suppressed)


def is_flagged_wide(figure: Figure) -> bool:
    """Whether a number says that its interval is wide: one that can be read at all."""
    return figure.is_wide and figure.caution not in TOO_FEW


def count_of(count: int | Suppressed) -> Cell:
    """A number of people, or why it is not told."""
    return cell_of(count, Style.COUNT)


def effective_of(topline: ReleasedTopline | GroupFigures) -> Cell:
    """The effective base of a table or a group."""
    if isinstance(topline, HiddenTopline):
        return cell_of(topline.suppressed, Style.EFFECTIVE)
    return cell_of(topline.effective_base, Style.EFFECTIVE)


def cell_of(
    number: float | Suppressed | None, style: Style, low: float | None = None, high: float | None = None
) -> Cell:
    """A number, with its interval where it has one, or why it is not told."""
    if isinstance(number, Suppressed):
        return Cell(None, style, withheld=number)
    return Cell(number, style, low, high)
