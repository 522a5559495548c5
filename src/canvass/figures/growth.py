"""How many members stood where over time: lines on one scale from 0, each named with its count at its end."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import pairwise

from canvass.figures import axes, caption, measure
from canvass.figures.axes import Days
from canvass.figures.events import Flags
from canvass.figures.exhibits import GrowthExhibit
from canvass.figures.frame import Body, Page, Plate
from canvass.figures.numbers import DataTable
from canvass.figures.scene import Dot, Mark, Text, shifted
from canvass.figures.timeline import Plot, Point, Strand, grid, lines, named_days
from canvass.tables import wording

_COLOURS = ("primary", "soft", "muted")
_APART = 21  # px between the names of two lines that end close to each other
_NAME = 14  # px of text


def plate(exhibit: GrowthExhibit) -> Plate:
    """The growth with its words."""
    return Plate(
        title=exhibit.title.strip() or _title(exhibit),
        question=f"Members at the end of each month; the last point is {wording.day(exhibit.days[-1])}.",
        marks=exhibit.marks,
        in_sight=(*exhibit.notes, caption.source(exhibit)),
        how_to_read=(),
        picture="Line chart",
        body=partial(body, exhibit),
        table=_table(exhibit),
        brand=exhibit.brand,
    )


def _title(exhibit: GrowthExhibit) -> str:
    """ "1,114 registered in November 2026"."""
    name, counts = exhibit.lines[0]
    return f"{_counted(name, counts[-1])} in {wording.month(exhibit.days[-1])}"


def _counted(name: str, count: int) -> str:
    return f"{wording.whole(count)} {name.lower()}"


def body(exhibit: GrowthExhibit, page: Page) -> Body:
    """All lines on one plot, the names of their ends to its right."""
    most = max(count for _, counts in exhibit.lines for count in counts)
    named = max(measure.width(_counted(name, most), _NAME, 600) for name, _ in exhibit.lines)
    first, last = exhibit.days[0], exhibit.days[-1]
    plot = Plot(
        axis=axes.of_counts(most),
        days=Days(first, last),
        flags=Flags((), first, last, alone=True),
        width=page.inner,
        height=260 if page.is_wide else 200,
        beside=named + 10,
    )
    strands = [
        Strand((tuple(_points(exhibit.days, counts, name)),), colour)
        for (name, counts), colour in zip(exhibit.lines, _COLOURS, strict=False)
    ]
    marks = (
        *grid(plot),
        *(mark for strand in reversed(strands) for mark in _line(strand, plot)),
        *_names(exhibit, strands, plot),
        *named_days(strands[0], plot),
    )
    return Body(plot.bottom + 31, shifted(marks, 0, page.left))


def _ends(strands: list[Strand], plot: Plot) -> list[float]:
    """The height of each line's name: at its end, from the top down, never on another or below the plot."""
    places = [plot.y(strand.drawn[-1].value or 0.0) for strand in strands]
    order = sorted(range(len(places)), key=lambda place: (places[place], place))
    for above, below in pairwise(order):
        places[below] = max(places[below], places[above] + _APART)
    lowest = plot.bottom - 10  # clear of the base line
    for place in reversed(order):
        places[place] = min(places[place], lowest)
        lowest = places[place] - _APART
    return places


def _points(days: tuple[date, ...], counts: tuple[int, ...], name: str) -> Iterator[Point]:
    for day, count in zip(days, counts, strict=True):
        yield Point(day, count, tip=f"{wording.day(day)}: {_counted(name, count)}")


def _line(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """The line with a bead on each day, the last one large."""
    yield from lines(strand, plot)
    for point in strand.drawn:
        radius = 5 if point is strand.drawn[-1] else 2
        yield Dot(plot.x(point.day), plot.y(point.value or 0.0), radius, strand.colour, point.tip)


def _names(exhibit: GrowthExhibit, strands: list[Strand], plot: Plot) -> Iterator[Text]:
    """Each line's last count and name."""
    x = plot.x(exhibit.days[-1]) + 11
    for (name, counts), y in zip(exhibit.lines, _ends(strands, plot), strict=True):
        yield Text(x, y + 4.9, _counted(name, counts[-1]), size=_NAME, weight=600)


def _table(exhibit: GrowthExhibit) -> DataTable:
    head = ("Day", *(name for name, _ in exhibit.lines))
    by_day = zip(*(counts for _, counts in exhibit.lines), strict=True)
    rows = [
        (wording.day(day), *map(wording.whole, counts))
        for day, counts in zip(exhibit.days, by_day, strict=True)
    ]
    return DataTable("Members at the end of each month.", head, tuple(rows))
