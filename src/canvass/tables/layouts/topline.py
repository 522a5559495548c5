"""One item for all who answered it. A row an answer; of a ranking, a row an option and a column a number."""

from canvass.instrument import Kind
from canvass.statistics.small_bases import WIDE_INTERVAL, WORDS
from canvass.tables.layouts import labels
from canvass.tables.sheet import Cell, Column, Section, Sheet, SheetRow, Style
from canvass.tables.values import Figure, HiddenFigure, ReleasedFigure, ReleasedTopline, Topline


def topline_sheet(topline: ReleasedTopline, level: float) -> Sheet:
    """Lay out one topline."""
    ranking = topline.item.kind is Kind.RANKING
    return Sheet(
        name=labels.name_of(topline),
        title=labels.title_of(topline),
        bases=labels.bases_of(topline),
        columns=_ranking_columns(topline) if ranking else _columns(topline, level),
        sections=(Section("", _ranking_rows(topline) if ranking else _rows(topline)),),
        notes=_notes(topline, level),
    )


def _columns(topline: ReleasedTopline, level: float) -> tuple[Column, ...]:
    headings = ["People", "Estimate", f"{labels.percent_of(level)} from", "to", "Std. error"]
    return tuple(Column(one) for one in (*headings, *(["Of all responses"] if _responses(topline) else [])))


def _responses(topline: ReleasedTopline) -> dict[str, float]:
    """Of all responses, the part of each option."""
    if not isinstance(topline, Topline) or not topline.of_responses:
        return {}
    ids = (option.id for option in topline.item.options)
    return dict(zip(ids, topline.of_responses, strict=True))


def _rows(topline: ReleasedTopline) -> tuple[SheetRow, ...]:
    responses = _responses(topline)
    return tuple(_row(topline, figure, responses) for figure in topline.figures)


def _row(topline: ReleasedTopline, figure: ReleasedFigure, responses: dict[str, float]) -> SheetRow:
    style, error = labels.styles_of(figure)
    why = figure.suppressed
    if isinstance(figure, HiddenFigure):
        return SheetRow(labels.label_of(figure), (Cell(None, Style.COUNT, withheld=why),) * 5)
    numbers = (Cell(value, style, withheld=why) for value in (figure.estimate, figure.low, figure.high))
    cells = (Cell(figure.n, Style.COUNT), *numbers, Cell(figure.standard_error, error, withheld=why))
    if responses:
        share = responses.get(figure.option or "") if figure.statistic == "share" else None
        cells = (*cells, Cell(share, Style.SHARE))
    return SheetRow(labels.label_of(figure), cells, _remark(topline, figure), labels.role_of(figure))


def _remark(topline: ReleasedTopline, figure: Figure) -> str:
    """The caution of one row where it is not that of the table, and a wide interval where it can be read."""
    differs = figure.caution is not None and figure.caution != topline.caution
    words = [WORDS[figure.caution]] if differs and figure.caution else []
    return "; ".join([*words, WIDE_INTERVAL] if labels.is_flagged_wide(figure) else words)


def _ranking_columns(topline: ReleasedTopline) -> tuple[Column, ...]:
    choose = topline.item.choose or len(topline.item.options)
    headings = ("Placed first: people", "Placed first", f"Among the first {choose}", "Mean place")
    return tuple(Column(heading) for heading in headings)


def _ranking_rows(topline: ReleasedTopline) -> tuple[SheetRow, ...]:
    found = {(figure.statistic, figure.option): figure for figure in topline.figures}
    rows = []
    for option in topline.item.options:
        numbers = [found[statistic, option.id] for statistic in ("share", "top", "mean")]
        cells = (labels.count_of(numbers[0].n), *map(labels.with_interval, numbers))
        rows.append(SheetRow(option.label, cells))
    return tuple(rows)


def _notes(topline: ReleasedTopline, level: float) -> tuple[str, ...]:
    if topline.item.kind is Kind.RANKING:
        return (
            f"The ranges are {labels.percent_of(level)} intervals. "
            "The mean place is among those who placed the option: 1 is the first place.",
        )
    if topline.item.kind is not Kind.MULTIPLE:
        return ()
    responses = "Of all responses: of everything that was ticked, the part of each answer."
    return (labels.SEVERAL, *([responses] if _responses(topline) else []))
