"""A figure's numbers as CSV for other programs, unrounded; one that is not shown is its mark, [c] or [u]."""

import csv
import io
from collections.abc import Iterator

from canvass.figures import Exhibit
from canvass.figures.exhibit import caution
from canvass.tables.csv_form import safe
from canvass.tables.values import HiddenFigure, ReleasedFigure, ReleasedTopline, Topline

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


def _lines(topline: ReleasedTopline) -> Iterator[list[object]]:
    mark = caution(topline)
    about = [
        topline.item.id,
        topline.row.label if topline.row else "",
        topline.item.text,
        topline.asked,
        topline.base,
        topline.applies_base if isinstance(topline, Topline) else None,
    ]
    for line in topline.figures or (None,):
        numbers = _numbers(line) if line else [None] * 10
        yield [*about, *numbers, mark.value if mark else ""]


def _numbers(line: ReleasedFigure) -> list[object]:
    name: list[object] = [line.statistic, line.q, line.option, line.label]
    if isinstance(line, HiddenFigure):
        return [*name, line.suppressed, line.suppressed, *[None] * 4]
    return [
        *name,
        line.n,
        line.suppressed or line.estimate,
        line.standard_error,
        line.low,
        line.high,
        line.interval,
    ]
