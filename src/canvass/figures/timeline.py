"""One number over time: a line with its band on two axes, with gaps, breaks, events and a target.

Places are in px from the top left of the plot; `chart` gives marks that the caller puts in their place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from canvass.figures import measure
from canvass.figures.axes import Axis, Days
from canvass.figures.events import Flags
from canvass.figures.frame import Body, Page
from canvass.figures.scene import Box, Dot, Mark, Path, Rule, Text
from canvass.tables import wording

_SMALL = 14
_VALUE = 18  # px of the numbers at the ends of a line
_INSET = 12  # px from the edge of the plot to the first and the last day
_HEIGHTS = {1: 230, 2: 180, 3: 130}  # px of a plot, by plots in a row
_FEW = 4  # plots; more of them are lower on a phone
_CROWDED = 9  # px between days from which on only the ends of a line have dots


@dataclass(frozen=True, slots=True)
class Point:
    """The number on one day. Without a value it is a gap in the line."""

    day: date
    value: float | None
    low: float | None = None
    high: float | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Strand:
    """One line: `runs` are joined within and never between. `target` is a level to compare with."""

    runs: tuple[tuple[Point, ...], ...]
    colour: str = "primary"
    target: float | None = None

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for run in self.runs for point in run)

    @property
    def drawn(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is not None)

    @property
    def breaks(self) -> tuple[tuple[date, date], ...]:
        """The last day before and the first day after each break."""
        return tuple((one[-1].day, other[0].day) for one, other in pairwise(self.runs))


@dataclass(frozen=True)
class Plot:
    """The place of one small chart: its width, its height without labels, and both scales."""

    axis: Axis
    days: Days
    flags: Flags
    width: float
    height: float
    beside: float | None = None  # px kept for what stands at the ends of lines; None: for their numbers

    @cached_property
    def left(self) -> float:
        return max(measure.width(self.axis.say(tick), _SMALL) for tick in self.axis.ticks) + 10

    @cached_property
    def right(self) -> float:
        beside = self.beside
        if beside is None:
            beside = max(measure.width(self.axis.tell(tick), _VALUE, 700) for tick in self.axis.ticks) + 8
        return self.width - beside

    @cached_property
    def top(self) -> float:
        """Below the lanes of the events and with room for a number above the line."""
        return self.flags.height(self) + 26

    @cached_property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, day: date) -> float:
        return self.left + _INSET + self.days.part(day) * (self.right - self.left - 2 * _INSET)

    def y(self, value: float) -> float:
        """Inside the axis: a limit beyond the ends of its scale is drawn to them."""
        return self.bottom - min(max(self.axis.part(value), 0.0), 1.0) * self.height


def columns_of(plots: int, page: Page) -> tuple[int, float, float, float]:
    """(columns, gap, width, height of a plot) for so many plots on a page."""
    if not page.is_wide:
        return 1, 0, page.inner, 170 if plots <= _FEW else 100
    columns = 1 if plots == 1 else 2 if plots <= 4 else 3
    gap = 44 if columns == 2 else 32
    return columns, gap, (page.inner - gap * (columns - 1)) / columns, _HEIGHTS[columns]


def chart(strand: Strand, plot: Plot) -> Body:
    """One line on its axes."""
    marks = (
        *plot.flags.grounds(plot),
        *_bands(strand, plot),
        *grid(plot),
        *plot.flags.marks(plot),
        *_breaks(strand, plot),
        *_target(strand, plot),
        *lines(strand, plot),
        *_dots(strand, plot),
        *_ends(strand, plot),
        *named_days(strand, plot),
    )
    return Body(plot.bottom + 31, marks)


def grid(plot: Plot) -> Iterator[Mark]:
    for tick in plot.axis.ticks:
        y = plot.y(tick)
        floor = tick == plot.axis.low
        yield Rule(plot.left, y, plot.right, y, "line" if floor else "grid")
        yield Text(plot.left - 10, y + 4.9, plot.axis.say(tick), size=_SMALL, colour="muted", anchor="end")


def _stretches(strand: Strand) -> Iterator[tuple[Point, ...]]:
    """Points without a gap or a break between them."""
    for run in strand.runs:
        stretch: list[Point] = []
        for point in (*run, None):
            if point is not None and point.value is not None:
                stretch.append(point)
            elif stretch:
                yield tuple(stretch)
                stretch = []


def _has_limits(point: Point) -> bool:
    return point.low is not None and point.high is not None


def _bands(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """The interval as a band; of a point that stands alone as a line."""
    for stretch in _stretches(strand):
        if not all(map(_has_limits, stretch)):
            continue
        upper = [(plot.x(p.day), plot.y(p.high or 0.0)) for p in stretch]
        lower = [(plot.x(p.day), plot.y(p.low or 0.0)) for p in stretch]
        if len(stretch) > 1:
            yield Path((*upper, *lower[::-1]), fill=f"{strand.colour}-tint")
        else:
            (x, top), (_, foot) = upper[0], lower[0]
            yield Rule(x, top, x, foot, strand.colour, thickness=2)
            yield from (Rule(x - 6, y, x + 6, y, strand.colour, thickness=2) for y in (top, foot))


def lines(strand: Strand, plot: Plot) -> Iterator[Mark]:
    for stretch in _stretches(strand):
        if len(stretch) > 1:
            points = tuple((plot.x(p.day), plot.y(p.value or 0.0)) for p in stretch)
            yield Path(points, strand.colour, thickness=2.5)


def _dots(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """A ring for each day, filled at both ends; where days lie close, at the ends alone."""
    drawn, crowded = strand.drawn, _crowded(strand, plot)
    for point in drawn:
        x, y = plot.x(point.day), plot.y(point.value or 0.0)
        if point in (drawn[0], drawn[-1]):
            yield Dot(x, y, 7, "paper")
            yield Dot(x, y, 5, strand.colour, point.tip)
        elif not crowded:
            yield Dot(x, y, 5, "paper", point.tip, ring=strand.colour)
        else:
            yield Dot(x, y, 2, strand.colour, point.tip)


def _crowded(strand: Strand, plot: Plot) -> bool:
    xs = [plot.x(point.day) for point in strand.points]
    return any(b - a < _CROWDED for a, b in pairwise(xs))


def _ends(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """The first number above or below its dot, clear of the band; the last at the right of its dot."""
    drawn = strand.drawn
    if not drawn:
        return
    last = drawn[-1]
    words = plot.axis.tell(last.value or 0.0)
    x, y = plot.x(last.day) + 11, plot.y(last.value or 0.0) + 6.3
    yield from _plated(words, x, y, strand.colour)
    if len(drawn) > 1:
        yield from _first(drawn, strand.colour, plot)


def _first(drawn: tuple[Point, ...], colour: str, plot: Plot) -> Iterator[Mark]:
    words = plot.axis.tell(drawn[0].value or 0.0)
    wide = measure.width(words, _VALUE, 700)
    x = max(plot.x(drawn[0].day) - wide / 2, plot.left + 2)
    near = [p for p in drawn if plot.x(p.day) <= x + wide + 6 or p is drawn[0]]
    near.append(drawn[min(len(near), len(drawn) - 1)])  # the line runs on to the next
    above = min(plot.y(_or(p.high, p)) for p in near) - 9
    below = max(plot.y(_or(p.low, p)) for p in near) + 21
    y = plot.y(drawn[0].value or 0.0)
    higher = above - 0.8 * _VALUE >= plot.top - 24 and (y - above <= below - y or below + 4 > plot.bottom)
    baseline = above if higher else below
    if baseline <= plot.bottom - 4 and plot.x(drawn[-1].day) > x + wide + 6:
        yield from _plated(words, x, baseline, colour)


def _or(limit: float | None, point: Point) -> float:
    return (point.value or 0.0) if limit is None else limit


def _plated(words: str, x: float, baseline: float, colour: str) -> Iterator[Mark]:
    """A number on paper, so that no line of the grid runs through it."""
    wide = measure.width(words, _VALUE, 700)
    yield Box(x - 2, baseline - 0.78 * _VALUE, wide + 4, _VALUE, "paper")
    yield Text(x, baseline, words, size=_VALUE, weight=700, colour=colour)


def _breaks(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """A dashed line in the middle of each break."""
    for before, after in strand.breaks:
        x = (plot.x(before) + plot.x(after)) / 2
        yield Path(((x, plot.top - 4), (x, plot.bottom)), "ink", thickness=1.5, dashed=True)


def _target(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """The level to compare with, across the plot."""
    if strand.target is not None:
        y = plot.y(strand.target)
        yield Path(((plot.left, y), (plot.right, y)), "ink", thickness=2, dashed=True)


def named_days(strand: Strand, plot: Plot) -> Iterator[Mark]:
    """A small line for each day that has a number or should have; where they lie close, for the ends and the
    years. Names of the ends, and of years between."""
    first, last = plot.days.first, plot.days.last
    days = [point.day for point in strand.points]
    if _crowded(strand, plot):
        days = [first, *(date(year, 1, 1) for year in range(first.year + 1, last.year + 1)), last]
    for day in dict.fromkeys(days):
        yield Rule(plot.x(day), plot.bottom, plot.x(day), plot.bottom + 5, "line")
    for left, words in _named(plot):
        yield Text(left, plot.bottom + 24, words, size=_SMALL, colour="muted")


def _named(plot: Plot) -> list[tuple[float, str]]:
    """(left, words) of the days at both ends, as long as there is room for, and of the years between them."""
    first, last = plot.days.first, plot.days.last
    ends = (first,) if first == last else (first, last)
    for say in (wording.month, wording.short_month, _year):
        placed = [_placed(plot, plot.x(day), say(day)) for day in ends]
        if placed[0] is placed[-1] or _right(placed[0]) + 12 <= placed[-1][0]:
            break
    years = [(plot.x(date(year, 1, 1)), str(year)) for year in range(first.year + 1, last.year + 1)]
    for x, words in years:
        between = _placed(plot, x, words)
        if _right(placed[-2]) + 24 <= between[0] and _right(between) + 24 <= placed[-1][0]:
            placed.insert(-1, between)
    return placed


def _year(day: date) -> str:
    return str(day.year)


def _placed(plot: Plot, x: float, words: str) -> tuple[float, str]:
    """Words in the middle under a place, as far as the plot allows."""
    wide = measure.width(words, _SMALL)
    return min(max(x - wide / 2, 0), plot.width - wide), words


def _right(placed: tuple[float, str]) -> float:
    return placed[0] + measure.width(placed[1], _SMALL)
