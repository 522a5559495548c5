"""Trends: a plot for each line of one or several items over their waves, all on the same two axes."""

from functools import partial

from canvass.figures import axes, measure, trend_words
from canvass.figures.asked import direction, lower_is_better
from canvass.figures.axes import Axis, Days
from canvass.figures.events import Flags
from canvass.figures.exhibits import TrendExhibit
from canvass.figures.frame import Body, Page, Plate, in_rows
from canvass.figures.scene import paragraph
from canvass.figures.timeline import Plot, Point, Strand, chart, columns_of
from canvass.figures.trend_words import shown
from canvass.instrument.model import Kind, Scale
from canvass.tables import wording
from canvass.tables.trend import Line, Trend
from canvass.tables.values import said


def plate(exhibit: TrendExhibit) -> Plate:
    """The trend with its words."""
    return Plate(
        title=trend_words.title(exhibit),
        question=trend_words.question(exhibit),
        marks=trend_words.marks(exhibit),
        in_sight=trend_words.in_sight(exhibit, axis_of(exhibit), flags_of(exhibit)),
        how_to_read=trend_words.how_to_read(exhibit),
        picture="Line chart" if len(exhibit.plots) == 1 else f"{len(exhibit.plots)} line charts",
        body=partial(body, exhibit),
        table=trend_words.table(exhibit),
        brand=exhibit.brand,
    )


def body(exhibit: TrendExhibit, page: Page) -> Body:
    """The plots, in one to three columns on a wide page and under each other on a phone."""
    found = exhibit.plots
    columns, gap, width, height = columns_of(len(found), page)
    days = Days(exhibit.waves[0].day, exhibit.waves[-1].day)
    plot = Plot(axis_of(exhibit), days, flags_of(exhibit), width, height)
    plots = [(_head(exhibit, trend, line, width), chart(strand(trend, line), plot)) for trend, line in found]
    return in_rows(plots, columns, width, gap, page)


def _head(exhibit: TrendExhibit, trend: Trend, line: Line, width: float) -> Body:
    """What a plot shows and which way is better; a single one is named by the title."""
    name = trend_words.plot_name(exhibit, trend, line)
    lines = measure.wrap(name, width, 16, 600)
    below = measure.wrap(direction(trend.item), width, 14)
    marks = (
        *paragraph(lines, 0, 0, size=16, line_height=21, weight=600),
        *paragraph(below, 0, 21 * len(lines), size=14, line_height=20, colour="muted"),
    )
    return Body(21 * len(lines) + 20 * len(below) + (8 if marks else 0), marks)


def flags_of(exhibit: TrendExhibit) -> Flags:
    waves = exhibit.waves
    return Flags(exhibit.events, waves[0].day, waves[-1].day, alone=len(exhibit.plots) == 1)


def axis_of(exhibit: TrendExhibit) -> Axis:
    """One axis for all plots, around every value and limit that is drawn."""
    values = [
        value
        for trend, line in exhibit.plots
        for point in strand(trend, line).drawn
        for value in (point.value, point.low, point.high)
        if value is not None
    ]
    item = exhibit.plots[0][0].item
    if exhibit.plots[0][1].is_share:
        return axes.of_shares(values or [1.0])
    if exhibit.statistic == "nps":
        return axes.of_promoter_scores(values or [0.0])
    if item.kind is Kind.NUMBER:
        return axes.of_quantities(values or [0.0])
    scale = item.scale or Scale()
    return axes.of_ratings(values or [scale.start, scale.end], scale)


def strand(trend: Trend, line: Line) -> Strand:
    """A line as points in runs; a wave that may not be shown, or had no such answer, is a gap."""
    points = [_point(trend, line, place) for place in range(len(trend.waves))]
    return Strand(
        tuple(tuple(points[place] for place in run) for run in trend.runs),
        "accent" if lower_is_better(trend.item) else "primary",
    )


def _point(trend: Trend, line: Line, place: int) -> Point:
    wave, figure = trend.waves[place], line.figures[place]
    if not shown(figure):
        return Point(wave.day, None)
    say, span = trend_words.written(line)
    interval = span(figure.low, figure.high)
    tip = f"{wave.title}: {say(figure.estimate)}, {said(wave.base, wording.people)}"
    if interval:
        tip += f", interval {interval}"
    return Point(wave.day, figure.estimate, figure.low, figure.high, tip)
