"""What every figure has around its picture: finding, question and marks above; base and source below."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from canvass.figures import measure
from canvass.figures.numbers import DataTable
from canvass.figures.scene import Box, Mark, Rule, Scene, Text, paragraph, shifted


@dataclass(frozen=True, slots=True)
class Page:
    """One of the two layouts: its width and margins in px and the size of its title."""

    width: int
    margin: int
    title_size: int
    title_line: int

    @property
    def left(self) -> int:
        return self.margin

    @property
    def right(self) -> int:
        return self.width - self.margin

    @property
    def inner(self) -> int:
        return self.width - 2 * self.margin

    @property
    def is_wide(self) -> bool:
        return self is WIDE


WIDE = Page(width=760, margin=28, title_size=24, title_line=30)
PHONE = Page(width=360, margin=20, title_size=20, title_line=26)


@dataclass(frozen=True, slots=True)
class Body:
    """The picture itself, drawn from y = 0."""

    height: float
    marks: tuple[Mark, ...]


def beneath(upper: Body, lower: Body) -> Body:
    """Two pictures under each other."""
    top = upper.height + 16
    return Body(top + lower.height, (*upper.marks, *shifted(lower.marks, top)))


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure ready to be laid out, whatever it shows: its words, its picture, its numbers."""

    title: str
    question: str  # the question as put, or what was counted
    marks: tuple[str, ...]  # what changes how the picture is read
    in_sight: tuple[str, ...]  # the first layer of the caption, a paragraph each
    how_to_read: tuple[str, ...]  # the second layer
    picture: str  # "Bar chart"
    body: Callable[[Page], "Body"]
    table: DataTable
    brand: str

    @property
    def alternative(self) -> str:
        """The short text alternative: what kind of picture, and its finding."""
        return f"{self.picture}: {self.title}."

    @property
    def description(self) -> str:
        """The long text alternative: every number in words, a sentence a line of the table."""
        return " ".join((self.question, *self.table.sentences(), *self.marks, *self.in_sight))


def compose(plate: Plate, page: Page) -> Scene:
    """Head, picture and foot under each other."""
    body = plate.body(page)
    head = _head(plate, page)
    foot = _foot(plate, page)
    top = head.height + 20
    below = top + body.height + 16
    marks = (*head.marks, *shifted(body.marks, top), *shifted(foot.marks, below))
    height = below + foot.height
    paper = Box(0, 0, page.width, height, "paper")
    return Scene(page.width, height, (paper, *marks))


def _head(plate: Plate, page: Page) -> Body:
    marks: list[Mark] = [Box(page.left, 0, 44, 6, "mark")]
    top = 18.0
    for words, size, line, weight, colour in (
        (plate.title, page.title_size, page.title_line, 700, "ink"),
        (plate.question, 16, 23, 400, "muted"),
    ):
        lines = measure.balance(measure.tied(words, years=True), page.inner, size, weight)
        marks += paragraph(lines, page.left, top, size=size, line_height=line, weight=weight, colour=colour)
        top += len(lines) * line + 4
    tags = _tags(plate.marks, page, top + 8)
    return Body(tags.height if plate.marks else top, (*marks, *tags.marks))


def _tags(words: tuple[str, ...], page: Page, top: float) -> Body:
    """Marks as outlined labels in a row; each takes a row of its own where it must."""
    marks: list[Mark] = []
    x, bottom = float(page.left), top
    for mark in words:
        lines = measure.wrap(mark, page.inner - 20, 14, 600)
        wide = max(measure.width(line, 14, 600) for line in lines) + 20
        if x > page.left and x + wide > page.right:
            x, top = page.left, bottom + 6
        high = 20 * len(lines) + 8
        marks += [
            Box(x, top, wide, high, "line", radius=6),
            Box(x + 1, top + 1, wide - 2, high - 2, "tint", radius=5),
            *_in_tag(lines, x, top + 4, wide),
        ]
        x, bottom = x + wide + 8, max(bottom, top + high)
    return Body(bottom, tuple(marks))


def _in_tag(lines: tuple[str, ...], x: float, top: float, wide: float) -> tuple[Text, ...]:
    """The words of a mark; of one line in its middle, because a line is measured a little too wide."""
    if len(lines) == 1:
        return paragraph(lines, x + wide / 2, top, size=14, line_height=20, weight=600, anchor="middle")
    return paragraph(lines, x + 10, top, size=14, line_height=20, weight=600)


def _foot(plate: Plate, page: Page) -> Body:
    """The first layer of the caption, under a rule; at its end the brand, where no line has named it."""
    marks: list[Mark] = [Rule(page.left, 0, page.right, 0, "line")]
    top = 10.0
    last = ""
    for words in plate.in_sight:
        lines = measure.wrap(measure.tied(words), page.inner, 14)
        marks += paragraph(lines, page.left, top, size=14, line_height=20, colour="muted")
        top += 20 * len(lines) + 4
        last = lines[-1]
    named = any(plate.brand in words for words in plate.in_sight)
    brand = () if named else tuple(_brand(plate.brand, page, top, last))
    bottom = max((mark.y for mark in brand), default=0.0)
    return Body(max(top + 8, bottom + 16), (*marks, *brand))


def _brand(brand: str, page: Page, top: float, last: str) -> Iterator[Text]:
    """The brand at the right of the last line where there is room, else on lines of its own."""
    lines = measure.wrap(brand, page.inner, 14, 700)
    room = page.inner - measure.width(last, 14) - 16
    if len(lines) == 1 and measure.width(lines[0], 14, 700) <= room:
        top -= 24
    for line in lines:
        yield Text(page.right, top + 14.2, line, size=14, weight=700, colour="primary", anchor="end")
        top += 20


def in_rows(plots: list[tuple[Body, Body]], columns: int, width: float, gap: float, page: Page) -> Body:
    """Plots (head, picture) of one width beside and under each other; pictures of a row at one height."""
    marks: list[Mark] = []
    top = 0.0
    for start in range(0, len(plots), columns):
        row = plots[start : start + columns]
        down = max(head.height for head, _ in row)
        for place, (head, body) in enumerate(row):
            right = page.left + place * (width + gap)
            marks += [*shifted(head.marks, top, right), *shifted(body.marks, top + down, right)]
        top += down + max(body.height for _, body in row) + 24
    return Body(top - 24, tuple(marks))
