"""A number that people gave: median with its interval, the middle half, and the middle four fifths."""

from collections.abc import Callable

from canvass.figures import axes, measure
from canvass.figures.axes import Axis
from canvass.figures.exhibit import Exhibit, quantile, single_figure
from canvass.figures.frame import Body, Page
from canvass.figures.scene import Box, Mark, Rule, Text, paragraph
from canvass.tables import wording
from canvass.tables.values import Figure, ReleasedTopline

type Across = Callable[[float], float]


def body(exhibit: Exhibit, page: Page) -> Body:
    """A strip on the scale of the answers, and its numbers in words under it."""
    topline = exhibit.toplines[0]
    strip = _strip(topline, page)
    marks: list[Mark] = list(strip.marks)
    y = strip.height + 8
    for words, value in _facts(exhibit, topline):
        values = measure.wrap(value, page.inner * 0.55, 16, 700)
        beside = max(measure.width(line, 16, 700) for line in values) + 16
        lines = measure.wrap(words, page.inner - beside, 16)
        marks += paragraph(lines, page.left, y + 6, size=16, line_height=21)
        marks += paragraph(values, page.right, y + 6, size=16, line_height=21, weight=700, anchor="end")
        y += 21 * max(len(lines), len(values)) + 13
        marks.append(Rule(page.left, y, page.right, y, "grid"))
    return Body(y, tuple(marks))


def _facts(exhibit: Exhibit, topline: ReleasedTopline) -> list[tuple[str, str]]:
    unit = f" {exhibit.item.unit}" if exhibit.item.unit else ""
    low, high = quantile(topline, 0.1), quantile(topline, 0.9)
    first, third = quantile(topline, 0.25), quantile(topline, 0.75)
    level = wording.percent(exhibit.level)
    median = f"Median: half gave this or less{_interval(topline, 'median', level)}"
    facts = [(median, _said(topline, "median", unit))]
    if first is not None and third is not None:
        facts.append(("The middle half of the answers (box)", f"{_span(first, third)}{unit}"))
    if low is not None and high is not None:
        facts.append(("Eight in ten answers lie within (thin line)", f"{_span(low, high)}{unit}"))
    facts.append((f"Mean{_interval(topline, 'mean', level)}", _said(topline, "mean", unit)))
    return [(words, value) for words, value in facts if value]


def _span(low: float, high: float) -> str:
    return f"{wording.quantity(low)} to {wording.quantity(high)}"


def _said(topline: ReleasedTopline, statistic: str, unit: str) -> str:
    figure = single_figure(topline, statistic)
    if figure is None or figure.estimate is None:
        return ""
    say = wording.mean if statistic == "mean" else wording.quantity
    return f"{say(figure.estimate)}{unit}"


def _interval(topline: ReleasedTopline, statistic: str, level: str) -> str:
    figure = single_figure(topline, statistic)
    if figure is None or figure.low is None or figure.high is None:
        return ""
    say = wording.mean if statistic == "mean" else wording.quantity
    return f" ({level} interval {say(figure.low)} to {say(figure.high)})"


def _strip(topline: ReleasedTopline, page: Page) -> Body:
    """Thin line for the middle four fifths, box for the middle half, dark line for the median."""
    median = single_figure(topline, "median")
    tenth, first, third, last = (quantile(topline, q) for q in (0.1, 0.25, 0.75, 0.9))
    middle = (median.estimate, median.low, median.high) if median else ()
    known = [value for value in (tenth, first, third, last, *middle) if value is not None]
    if not known:
        return Body(0, ())
    axis = axes.of_quantities(known)
    left, right = page.left + 24, page.right - 24

    def x(value: float) -> float:
        return left + axis.part(value) * (right - left)

    marks = _ruled(axis, x)
    if tenth is not None and last is not None:
        marks.append(Rule(x(tenth), 32, x(last), 32, "line", thickness=3))
    if first is not None and third is not None:
        marks.append(Box(x(first), 14, max(2.0, x(third) - x(first)), 36, "soft", "The middle half"))
    return Body(104, (*marks, *(_median(median, x) if median else ())))


def _ruled(axis: Axis, x: Across) -> list[Mark]:
    """Grid lines with their numbers."""
    marks: list[Mark] = []
    for tick in axis.ticks:
        marks.append(Rule(x(tick), 4, x(tick), 76, "grid"))
        marks.append(Text(x(tick), 94, axis.say(tick), size=14, colour="muted", anchor="middle"))
    return marks


def _median(median: Figure, x: Across) -> list[Mark]:
    """The median as a dark line through the box, its interval under it."""
    if median.estimate is None:
        return []
    at = x(median.estimate)
    marks: list[Mark] = [Rule(at, 10, at, 54, "ink", thickness=4)]
    if median.low is None or median.high is None:
        return marks
    low, high = x(median.low), x(median.high)
    marks.append(Rule(low, 64, high, 64, "primary", thickness=2))
    return [*marks, *(Rule(end, 58, end, 70, "primary", thickness=2) for end in (low, high))]
