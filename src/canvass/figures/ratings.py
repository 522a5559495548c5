"""Ratings: means as dots with their interval on the whole scale, and all answers as small columns."""

from collections.abc import Callable

from canvass.figures import caption, measure
from canvass.figures.exhibit import (
    Exhibit,
    is_not_applicable,
    row_label,
    shares,
    shows_counts,
    shows_shares,
    single_figure,
)
from canvass.figures.frame import Body, Page
from canvass.figures.scene import Box, Dot, Mark, Rule, Text, paragraph, shifted
from canvass.instrument.model import Scale
from canvass.tables import wording
from canvass.tables.values import Figure, ReleasedTopline

type Across = Callable[[float], float]

_LABEL = 236  # px of the label column
_MEAN_EDGE = 316
_AXIS = 348, 576
_COLUMNS = 618, 732
_HIGH = 36  # px of the tallest small column
_TALL = 130  # px of the tallest column of one rating


def scale_of(topline: ReleasedTopline) -> Scale:
    return topline.item.scale or Scale()


def _across(scale: Scale, left: float, right: float) -> Across:
    span = max(1, scale.end - scale.start)
    return lambda value: left + (value - scale.start) / span * (right - left)


def _points(topline: ReleasedTopline) -> tuple[Figure, ...]:
    """The share of each point of the scale; "not applicable" is no point of it."""
    return tuple(figure for figure in shares(topline) if not is_not_applicable(figure))


def _small_columns(
    topline: ReleasedTopline, left: float, right: float, bottom: float, highest: float
) -> list[Mark]:
    """The share of each point of the scale; all lines of a figure share one height."""
    points = _points(topline)
    step = (right - left) / max(1, len(points))
    gap = min(2.0, step / 6)
    marks: list[Mark] = [Rule(left, bottom, right, bottom, "line")]
    for i, figure in enumerate(points):
        high = _HIGH * (figure.estimate or 0.0) / highest if highest else 0.0
        tip = f"{figure.label}: {wording.percent(figure.estimate)}, {wording.people(figure.n)}"
        marks.append(Box(left + i * step + gap / 2, bottom - high, step - gap, high, "soft", tip))
    return marks


def _highest(exhibit: Exhibit) -> float:
    shown = (topline for topline in exhibit.toplines if shows_shares(topline))
    return max((f.estimate or 0.0 for topline in shown for f in _points(topline)), default=0.0)


def _dot(figure: Figure, x: Across, y: float, name: str = "Mean") -> list[Mark]:
    """A number and its interval."""
    if figure.estimate is None:
        return []
    span = wording.mean_range(figure.low, figure.high)
    tip = f"{name} {wording.mean(figure.estimate)}" + (f", interval {span}" if span else "")
    marks: list[Mark] = []
    if figure.low is not None and figure.high is not None:
        low, high = x(figure.low), x(figure.high)
        marks = [
            Rule(low, y, high, y, "primary", thickness=2),
            *(Rule(at, y - 7, at, y + 7, "primary", thickness=2) for at in (low, high)),
        ]
    return [*marks, Dot(x(figure.estimate), y, 5, "primary", tip)]


def _ordered(exhibit: Exhibit) -> list[ReleasedTopline]:
    """Lines by their mean, those without one last, in poll order among equals."""

    def key(topline: ReleasedTopline) -> float:
        figure = single_figure(topline, "mean")
        shown = shows_shares(topline) and figure is not None and figure.estimate is not None
        return -(figure.estimate or 0.0) if shown and figure else float("inf")

    return sorted(exhibit.toplines, key=key)


def _missing_words(topline: ReleasedTopline) -> str:
    if not shows_counts(topline):
        return "Not shown: fewer than 10"
    if topline.not_applicable and topline.applies_base is not None:  # the base beside it may be 30 or more
        return f"No mean: it applies to {wording.people(topline.applies_base)}"
    return "No mean from fewer than 30"


def body(exhibit: Exhibit, page: Page) -> Body:
    """A dot a line, the largest mean first."""
    return _wide(exhibit) if page.is_wide else _phone(exhibit, page)


def _scale_ticks(scale: Scale) -> list[int]:
    span = scale.end - scale.start
    step = next((s for s in (1, 2, 5, 10, 20, 25, 50, 100) if span / s <= 6), max(1, span))
    return [*range(scale.start, scale.end, step), scale.end] if span % step == 0 else [scale.start, scale.end]


def _wide(exhibit: Exhibit) -> Body:
    scale = scale_of(exhibit.toplines[0])
    x = _across(scale, *_AXIS)
    highest = _highest(exhibit)
    y, lines = 48.0, list[Mark]()
    for topline in _ordered(exhibit):
        line = _wide_line(exhibit, topline, x, y, highest)
        lines += line.marks
        y += line.height
    grid = [Rule(x(tick), 48, x(tick), y, "grid") for tick in _scale_ticks(scale)]
    return Body(y, (*_wide_heads(exhibit, scale, x), *grid, *lines))


def _wide_heads(exhibit: Exhibit, scale: Scale, x: Across) -> list[Mark]:
    marks: list[Mark] = [
        Text(_AXIS[0] - 8, 14, f"Line: {wording.percent(exhibit.level)} interval", size=14, colour="muted"),
        Text(_MEAN_EDGE, 38, "Mean", size=14, colour="muted", anchor="end"),
        Text(_COLUMNS[0], 14, "All answers,", size=14, colour="muted"),
        Text(_COLUMNS[0], 38, f"{scale.start} to {scale.end}", size=14, colour="muted"),
    ]
    marks += [
        Text(x(tick), 38, wording.whole(tick), size=14, colour="muted", anchor="middle")
        for tick in _scale_ticks(scale)
    ]
    return marks


def _wide_line(exhibit: Exhibit, topline: ReleasedTopline, x: Across, top: float, highest: float) -> Body:
    weight = 600 if topline is _ordered(exhibit)[0] else 400
    lines = measure.wrap(row_label(topline), _LABEL, 16, weight)
    below = measure.wrap(caption.line_note(exhibit, topline), _LABEL, 14)
    text_height = 21 * len(lines) + 19 * len(below)
    high = max(50, text_height + 14)
    middle = top + high / 2
    marks: list[Mark] = [
        *paragraph(lines, 28, middle - text_height / 2, size=16, line_height=21, weight=weight),
        *paragraph(
            below, 28, middle - text_height / 2 + 21 * len(lines), size=14, line_height=19, colour="muted"
        ),
    ]
    figure = single_figure(topline, "mean")
    if figure is None or not shows_shares(topline):
        words = Text(_AXIS[0], middle + 5, _missing_words(topline), size=14, weight=600, colour="accent")
        plate = Box(_AXIS[0] - 4, middle - 12, 236, 24, "paper")
        return Body(high, (*marks, plate, words))
    marks.append(Text(_MEAN_EDGE, middle + 5.6, wording.mean(figure.estimate), weight=700, anchor="end"))
    columns = _small_columns(topline, *_COLUMNS, middle + 17, highest)
    return Body(high, (*marks, *_dot(figure, x, middle), *columns))


def _phone(exhibit: Exhibit, page: Page) -> Body:
    scale = scale_of(exhibit.toplines[0])
    step = page.inner / (scale.end - scale.start + 1)
    x = _across(scale, page.left + step / 2, page.right - step / 2)
    highest = _highest(exhibit)
    head = f"Mean, with {wording.percent(exhibit.level)} interval, and all answers"
    marks: list[Mark] = [Text(page.left, 14, head, size=14, colour="muted")]
    y = 28.0
    for topline in _ordered(exhibit):
        line = _phone_line(exhibit, topline, x, y, highest, page)
        marks += line.marks
        y += line.height
    for tick in (scale.start, scale.end):
        marks.append(Text(x(tick), y + 4, wording.whole(tick), size=14, colour="muted", anchor="middle"))
    return Body(y + 10, tuple(marks))


def _phone_line(
    exhibit: Exhibit, topline: ReleasedTopline, x: Across, top: float, highest: float, page: Page
) -> Body:
    weight = 600 if topline is _ordered(exhibit)[0] else 400
    lines = measure.wrap(row_label(topline), page.inner - 60, 16, weight)
    below = measure.wrap(caption.line_note(exhibit, topline), page.inner, 14)
    text_height = 21 * len(lines) + 19 * len(below)
    marks: list[Mark] = [
        *paragraph(lines, page.left, top, size=16, line_height=21, weight=weight),
        *paragraph(below, page.left, top + 21 * len(lines), size=14, line_height=19, colour="muted"),
    ]
    figure = single_figure(topline, "mean")
    if figure is None or not shows_shares(topline):
        words = Text(
            page.left, top + text_height + 16, _missing_words(topline), size=14, weight=600, colour="accent"
        )
        return Body(text_height + 36, (*marks, words))
    value = Text(page.right, top + 16.5, wording.mean(figure.estimate), size=18, weight=700, anchor="end")
    floor = top + text_height + _HIGH + 4
    columns = _small_columns(topline, page.left, page.right, floor, highest)
    scale = scale_of(topline)
    axis = Rule(x(scale.start), floor + 14, x(scale.end), floor + 14, "grid", thickness=2)
    marks += [value, *columns, axis, *_dot(figure, x, floor + 14)]
    return Body(text_height + _HIGH + 4 + 34, tuple(marks))


def distribution(exhibit: Exhibit, page: Page) -> Body:
    """One rating: a column for each point with its per cent, and the mean with its interval below."""
    topline = exhibit.toplines[0]
    head = f"Per cent of people who answered, and the mean with its {wording.limit(exhibit.level)} interval"
    found = columns(topline, head, page)
    inset = page.inner / max(1, len(_points(topline))) / 2
    mean = _mean_line(topline, _across(scale_of(topline), page.left + inset, page.right - inset), page)
    return Body(found.height + mean.height, (*found.marks, *shifted(mean.marks, found.height)))


def columns(topline: ReleasedTopline, head: str, page: Page, fills: tuple[str, ...] = ()) -> Body:
    """A column for each point of the scale with its per cent; fills: their colours, where they differ."""
    points = _points(topline)
    lines = measure.wrap(head, page.inner, 14)
    floor = 20 * len(lines) + 30 + _TALL
    marks = (
        *paragraph(lines, page.left, 0, size=14, line_height=20, colour="muted"),
        *_tall_columns(points, fills or ("soft",) * len(points), page, floor),
    )
    ends = _ends(topline, page, floor + 26)
    return Body(floor + 26 + ends.height, (*marks, *ends.marks))


def _tall_columns(points: tuple[Figure, ...], fills: tuple[str, ...], page: Page, floor: float) -> list[Mark]:
    """Columns with their numbers, as far as there is room for numbers."""
    step = page.inner / max(1, len(points))
    highest = max((figure.estimate or 0.0 for figure in points), default=0.0)
    roomy = step >= 25
    marks: list[Mark] = [Rule(page.left, floor, page.right, floor, "line")]
    for i, (figure, fill) in enumerate(zip(points, fills, strict=True)):
        high = _TALL * (figure.estimate or 0.0) / highest if highest else 0.0
        middle = page.left + (i + 0.5) * step
        tip = f"{figure.label}: {wording.percent(figure.estimate)}, {wording.people(figure.n)}"
        marks.append(Box(middle - step * 0.42, floor - high, step * 0.84, high, fill, tip))
        if roomy:
            share = wording.percent(figure.estimate or 0.0).removesuffix("%")
            marks.append(Text(middle, floor - high - 6, share, size=14, weight=600, anchor="middle"))
        if roomy or i in (0, len(points) - 1):
            marks.append(Text(middle, floor + 18, figure.label, size=14, colour="muted", anchor="middle"))
    return marks


def _ends(topline: ReleasedTopline, page: Page, top: float) -> Body:
    """What the ends of the scale mean, under its ends."""
    scale = scale_of(topline)
    half = page.inner / 2 - 8
    low, high = (measure.wrap(words, half, 14) for words in (scale.low, scale.high))
    right = paragraph(high, page.right, top, size=14, line_height=19, colour="muted", anchor="end")
    left = paragraph(low, page.left, top, size=14, line_height=19, colour="muted")
    return Body(19 * max(len(low), len(high)) + 6, (*left, *right))


def _mean_line(topline: ReleasedTopline, x: Across, page: Page) -> Body:
    figure = single_figure(topline, "mean")
    if figure is None or figure.estimate is None:
        return Body(0, ())
    return on_line(figure, "Mean", x, page)


def on_line(figure: Figure, name: str, x: Across, page: Page) -> Body:
    """A number with its interval on a line across the page, and in words below it."""
    span = wording.mean_range(figure.low, figure.high)
    words = f"{name} {wording.mean(figure.estimate)}" + (f" ({span})" if span else "")
    wide = measure.width(words, 16, 700)
    middle = min(max(x(figure.estimate or 0.0), page.left + wide / 2), page.right - wide / 2)
    marks: list[Mark] = [
        Rule(page.left, 16, page.right, 16, "grid"),
        *_dot(figure, x, 16, name),
        Text(middle, 46, words, weight=700, anchor="middle"),
    ]
    return Body(54, tuple(marks))
