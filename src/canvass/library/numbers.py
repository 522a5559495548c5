"""A figure's numbers as CSV for other programs: unrounded, with what a small base withholds left empty."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from canvass.figures import Exhibit
from canvass.figures.exhibit import caution, shows_asked, shows_counts, shows_shares
from canvass.tables.csv_form import safe
from canvass.tables.values import Figure, Topline

COLUMNS = (
    "item", "row", "question", "asked", "base", "applies_base", "statistic", "q", "option", "label",
    "n", "estimate", "standard_error", "low", "high", "interval", "caution",
)  # fmt: skip


def as_csv(exhibit: Exhibit) -> str:
    """A line a number; an item with a base only (a text) has one line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for topline in exhibit.toplines:
        writer.writerows([[safe(value) for value in line] for line in _lines(topline)])
    return out.getvalue()


def _lines(topline: Topline) -> Iterator[list[object]]:
    counts, mark = shows_counts(topline), caution(topline)
    about = [
        topline.item.id,
        topline.row.label if topline.row else "",
        topline.item.text,
        topline.asked if shows_asked(topline) else None,
        topline.base if counts else None,
        topline.applies_base if counts else None,
    ]
    for figure in (topline.figures if counts else ()) or (None,):
        yield [*about, *_number(topline, figure), mark.value if mark else ""]


def _number(topline: Topline, figure: Figure | None) -> list[object]:
    if figure is None:
        return [None] * 10
    if not shows_shares(topline):
        if figure.option is None:  # a mean of so few is not shown; their answers one by one are counted
            return [figure.statistic, figure.q, None, figure.label, *[None] * 6]
        figure = replace(figure, estimate=None, standard_error=None, low=None, high=None, interval=None)
    numbers = (figure.n, figure.estimate, figure.standard_error, figure.low, figure.high, figure.interval)
    return [figure.statistic, figure.q, figure.option, figure.label, *numbers]
