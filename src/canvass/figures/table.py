"""The numbers of an item's figure as a table."""

from canvass.figures import caption
from canvass.figures.exhibit import (
    Exhibit,
    row_label,
    share_lines,
    shows_shares,
    single_figure,
)
from canvass.figures.numbers import TOO_FEW, DataTable
from canvass.instrument.model import Kind
from canvass.tables import wording
from canvass.tables.values import Figure, HiddenFigure, HiddenTopline, ReleasedFigure, ReleasedTopline


def data_table(exhibit: Exhibit) -> DataTable:
    """Every number of the figure."""
    if exhibit.kind.is_grid:
        head, rows = _grid(exhibit)
    else:
        head, rows = _LAYOUTS[exhibit.kind](exhibit)
    return DataTable(f"{exhibit.question} {caption.base(exhibit)}", head, rows)


def _interval_head(exhibit: Exhibit) -> str:
    return f"{wording.percent(exhibit.level)} interval"


def _share_cells(topline: ReleasedTopline, figure: ReleasedFigure) -> tuple[str, str, str]:
    """(people, per cent, interval) of one option."""
    if isinstance(figure, HiddenFigure):
        return (str(figure.suppressed),) * 3
    if not shows_shares(topline):
        return wording.whole(figure.n), TOO_FEW, TOO_FEW
    interval = wording.percent_range(figure.low, figure.high) or wording.ABSENT
    return wording.whole(figure.n), wording.percent(figure.estimate), interval


def _choices(exhibit: Exhibit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    topline = exhibit.toplines[0]
    head = ("Answer", "People", "Per cent", _interval_head(exhibit))
    rows = tuple((line.label, *_share_cells(topline, line)) for line in share_lines(topline))
    return head, rows


def _rated(exhibit: Exhibit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    topline = exhibit.toplines[0]
    head = ("Answer", "People", "Value", _interval_head(exhibit))
    return head, (*_whole_item(topline), *_choices(exhibit)[1])


def _whole_item(topline: ReleasedTopline) -> tuple[tuple[str, ...], ...]:
    """Rows of the numbers that speak of the whole item: mean, median, quantiles."""
    return tuple(
        (_statistic_name(figure), *_value_cells(topline, figure))
        for figure in topline.figures
        if figure.option is None and figure.statistic in ("mean", "median", "quantile", "nps")
    )


def _statistic_name(figure: ReleasedFigure) -> str:
    if figure.statistic != "quantile":
        return {"mean": "Mean", "median": "Median", "nps": "Net promoter score"}[figure.statistic]
    return f"{wording.percent(figure.q)} of the answers are at most"


def _value_cells(topline: ReleasedTopline, figure: ReleasedFigure) -> tuple[str, str, str]:
    if isinstance(figure, HiddenFigure):
        return (str(figure.suppressed),) * 3
    if not shows_shares(topline):
        return wording.whole(figure.n), TOO_FEW, TOO_FEW
    say = wording.mean if figure.statistic in ("mean", "nps") else wording.quantity
    both = figure.low is not None and figure.high is not None
    interval = f"{say(figure.low)} to {say(figure.high)}" if both else wording.ABSENT
    return wording.whole(figure.n), say(figure.estimate), interval


def _numbered(exhibit: Exhibit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return ("Number", "People", "Value", _interval_head(exhibit)), _whole_item(exhibit.toplines[0])


def _ranked(exhibit: Exhibit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    topline = exhibit.toplines[0]
    choose = topline.item.choose or len(topline.item.options)
    head = (
        "Answer",
        "Put first by",
        "Per cent",
        _interval_head(exhibit),
        f"Among the first {choose}",
        "Mean rank",
    )
    return head, tuple(_rank_row(topline, line) for line in share_lines(topline))


def _rank_row(topline: ReleasedTopline, figure: ReleasedFigure) -> tuple[str, ...]:
    top = _of_option(topline, "top", figure.option)
    rank = _of_option(topline, "mean", figure.option)
    if isinstance(figure, HiddenFigure):
        further = (str(figure.suppressed),) * 2
    elif not shows_shares(topline):
        further = (wording.people(top.n) if top else wording.ABSENT, TOO_FEW)
    else:
        further = (
            wording.percent(top.estimate if top else None),
            wording.mean(rank.estimate if rank else None),
        )
    return (figure.label, *_share_cells(topline, figure), *further)


def _of_option(topline: ReleasedTopline, statistic: str, option: str | None) -> Figure | None:
    found = (f for f in topline.figures if f.statistic == statistic and f.option == option)
    return next((figure for figure in found if isinstance(figure, Figure)), None)


def _texts(exhibit: Exhibit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return ("", "People"), (("Wrote an answer", caption.answered(exhibit.toplines[0])),)


def _grid(exhibit: Exhibit) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """One row a line; of rated lines the mean, its interval and each point; of choices each option."""
    rated = exhibit.kind is Kind.GRID_RATING
    labels = _grid_labels(exhibit)
    lead = ("Mean", _interval_head(exhibit), "Median") if rated else ()
    rows = tuple(_grid_row(topline, labels, rated=rated) for topline in exhibit.toplines)
    return ("Line", "Base", *lead, *labels), rows


def _grid_labels(exhibit: Exhibit) -> tuple[str, ...]:
    """Heads of the share columns in poll order, each once."""
    return tuple(dict.fromkeys(line.label for topline in exhibit.toplines for line in share_lines(topline)))


def _grid_row(topline: ReleasedTopline, labels: tuple[str, ...], *, rated: bool) -> tuple[str, ...]:
    found = {line.label: line for line in share_lines(topline)}
    cells = tuple(_grid_share(topline, found.get(label)) for label in labels)
    return (row_label(topline), caption.row_base(topline), *(_grid_mean(topline) if rated else ()), *cells)


def _grid_share(topline: ReleasedTopline, figure: ReleasedFigure | None) -> str:
    if isinstance(figure, HiddenFigure):
        return str(figure.suppressed)
    if not shows_shares(topline):
        return wording.people(figure.n if figure else 0)
    return wording.percent(figure.estimate if figure else 0.0)


def _grid_mean(topline: ReleasedTopline) -> tuple[str, str, str]:
    mean, median = single_figure(topline, "mean"), single_figure(topline, "median")
    if not shows_shares(topline):
        mark = str(topline.suppressed) if isinstance(topline, HiddenTopline) else TOO_FEW
        return mark, mark, mark
    interval = wording.mean_range(mean.low, mean.high) if mean else ""
    middle = wording.quantity(median.estimate) if median else wording.ABSENT
    return wording.mean(mean.estimate if mean else None), interval or wording.ABSENT, middle


_LAYOUTS = {
    Kind.SINGLE: _choices,
    Kind.MULTIPLE: _choices,
    Kind.RATING: _rated,
    Kind.NUMBER: _numbered,
    Kind.RANKING: _ranked,
    Kind.TEXT: _texts,
}
