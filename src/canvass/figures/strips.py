"""Rows of a name, a strip on one scale, and columns of numbers; on a phone the strip lies under its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from canvass.figures import measure
from canvass.figures.axes import Axis
from canvass.figures.frame import Body, Page
from canvass.figures.scene import SMALL, SMALL_LINE, Anchor, Box, Mark, Rule, Text, paragraph, shifted, small

_LABEL = 204  # px of the column of names
_HEAD = 96  # px of a column's head, the most
_GAP = 22  # px between columns of numbers
_LINE = 21
_STRIP = 30  # px of a strip's lane
_ROW = 42  # px, the least

type Across = Callable[[float], float]  # a value's place from the left
type Strip = Callable[[Across], tuple[Mark, ...]]  # marks about y = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the picture. The first number is the strong one."""

    label: str
    strip: Strip
    numbers: tuple[str, ...]
    said: str = ""  # the other numbers in words, for a phone
    weight: int = 400


def body(rows: Sequence[Row], heads: Sequence[str], axis: Axis, page: Page, *, ticks: bool = True) -> Body:
    """All rows under the heads of their columns, with the scale below; ticks: whether it has numbers."""
    return _wide(rows, heads, axis, page, ticks) if page.is_wide else _phone(rows, heads, axis, page, ticks)


def _wide(rows: Sequence[Row], heads: Sequence[str], axis: Axis, page: Page, ticks: bool) -> Body:
    widths = [_width(head, [row.numbers[place] for row in rows]) for place, head in enumerate(heads)]
    edges = [page.right - sum(widths[place + 1 :]) for place in range(len(heads))]
    left, right = page.left + _LABEL + 16, page.right - sum(widths) - 8

    def x(value: float) -> float:
        return left + axis.part(value) * (right - left)

    named = [_head(head) for head in heads]
    deepest = max(map(len, named), default=0)
    marks: list[Mark] = []
    for edge, lines in zip(edges, named, strict=True):
        down = SMALL_LINE * (deepest - len(lines))
        marks += small(lines, edge, down, colour="muted", anchor="end")
    top = y = SMALL_LINE * deepest + 8.0
    drawn: list[Mark] = []
    for row in rows:
        line = _wide_row(row, y, x, edges, page)
        drawn += line.marks
        y = line.height
    scale = _scale(axis, x, top, y, ticks)
    return Body(y + (26 if ticks else 4), (*marks, *scale.marks, *drawn))


def _head(head: str) -> tuple[str, ...]:
    return measure.balance(head, _HEAD, SMALL)


def _width(head: str, numbers: Sequence[str]) -> float:
    """Of a column: its widest number, or the widest line of its head."""
    words = (measure.width(line, SMALL) for line in _head(head))
    return max(*words, *(measure.width(number, 16, 700) for number in numbers)) + _GAP


def _wide_row(row: Row, top: float, x: Across, edges: list[float], page: Page) -> Body:
    label = measure.wrap(row.label, _LABEL, 16, row.weight)
    text = _LINE * len(label)
    high = max(_ROW, text + 14)
    middle, start = top + high / 2, top + (high - text) / 2
    marks = [
        *paragraph(label, page.left, start, size=16, line_height=_LINE, weight=row.weight),
        *shifted(row.strip(x), middle),
    ]
    for i, (edge, words) in enumerate(zip(edges, row.numbers, strict=True)):
        style = {"weight": 700} if i == 0 else {"colour": "muted"}
        marks.append(Text(edge, middle + 5.6, words, anchor="end", **style))
    return Body(top + high, tuple(marks))


def _phone(rows: Sequence[Row], heads: Sequence[str], axis: Axis, page: Page, ticks: bool) -> Body:
    def x(value: float) -> float:
        return page.left + axis.part(value) * page.inner

    lines = measure.wrap(heads[0], page.inner, SMALL)
    marks: list[Mark] = list(small(lines, page.right, 0, colour="muted", anchor="end"))
    y = SMALL_LINE * len(lines) + 4.0
    for row in rows:
        line = _phone_row(row, y, x, page)
        marks += line.marks
        y = line.height
    scale = _scale(axis, x, y, y, ticks)
    return Body(y + (24 if ticks else 0), (*marks, *scale.marks))


def _phone_row(row: Row, top: float, x: Across, page: Page) -> Body:
    strong = row.numbers[0]
    room = page.inner - measure.width(strong, 16, 700) - 12
    label = measure.wrap(row.label, room, 16, row.weight)
    note = measure.wrap(row.said, page.inner, SMALL)
    foot = top + _LINE * len(label)
    marks = (
        *paragraph(label, page.left, top, size=16, line_height=_LINE, weight=row.weight),
        Text(page.right, foot - 5, strong, weight=700, anchor="end"),
        Box(page.left, foot + 4, page.inner, _STRIP - 8, "tint"),
        *shifted(row.strip(x), foot + _STRIP / 2),
        *small(note, page.left, foot + _STRIP, colour="muted"),
    )
    return Body(foot + _STRIP + SMALL_LINE * len(note) + 14, marks)


def _scale(axis: Axis, x: Across, top: float, foot: float, ticks: bool) -> Body:
    """Lines of the grid from top to foot, and its numbers below."""
    marks: list[Mark] = []
    shown = axis.ticks if foot > top else (axis.ticks[0], axis.ticks[-1])
    for i, tick in enumerate(shown):
        if foot > top and (ticks or i == 0):
            marks.append(Rule(x(tick), top, x(tick), foot, "grid" if i else "ink", thickness=1 if i else 1.5))
        if ticks:
            anchor: Anchor = "middle" if foot > top else "end" if i else "start"
            marks.append(Text(x(tick), foot + 18, axis.say(tick), size=SMALL, colour="muted", anchor=anchor))
    return Body(foot, tuple(marks))
