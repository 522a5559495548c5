"""Figures that draw no shares: counts of a small base, nothing at all of a tiny one, and written answers."""

from canvass.figures import caption, measure
from canvass.figures.exhibit import Exhibit, row_label, shares, shows_counts
from canvass.figures.frame import Body, Page
from canvass.figures.scene import Box, Mark, Rule, Text, paragraph
from canvass.instrument.model import Kind
from canvass.tables import wording
from canvass.tables.values import HiddenTopline, ReleasedTopline

_WHY_NOTHING = (
    "Nothing is drawn from fewer than 10 people: "
    "so few could be recognised, and their answers say little about anybody else."
)
_WHY_NO_AVERAGE = "There is no average and no interval from fewer than 30 people."


def panel(words: tuple[str, ...], page: Page) -> Body:
    """Calm words in a tinted box, the first paragraph stronger."""
    marks: list[Mark] = []
    top = 16.0
    for i, text in enumerate(words):
        size, line, weight = (20, 28, 600) if i == 0 else (16, 24, 400)
        lines = measure.wrap(text, page.inner - 40, size, weight)
        marks += paragraph(
            lines, page.left + 20, top, size=size, line_height=line, weight=weight, colour="ink"
        )
        top += line * len(lines) + 4
    box = Box(page.left, 0, page.inner, top + 12, "tint", radius=6)
    return Body(top + 12, (box, *marks))


def note(words: str, page: Page) -> Body:
    """One quiet paragraph in a tinted box."""
    lines = measure.wrap(words, page.inner - 32, 14)
    high = 20 * len(lines) + 24
    box = Box(page.left, 0, page.inner, high, "tint", radius=6)
    return Body(high, (box, *paragraph(lines, page.left + 16, 12, size=14, line_height=20)))


def nothing(page: Page) -> Body:
    """The panel in place of a figure with fewer than 10 people."""
    return panel(("Fewer than 10 people answered", _WHY_NOTHING), page)


def texts(exhibit: Exhibit, page: Page) -> Body:
    """The panel of an item answered in words."""
    topline = exhibit.toplines[0]
    who = wording.people(topline.base) if shows_counts(topline) else "Fewer than 10 people"
    return panel(
        (f"{who} wrote an answer", "Answers in people’s own words are read, not counted in a picture."), page
    )


def counts(exhibit: Exhibit, page: Page) -> Body:
    """Counts of people without per cents, line by line; averages are named as missing."""
    marks: list[Mark] = []
    y = 0.0
    for topline in exhibit.toplines:
        block = _counts_of(topline, y, page, headed=exhibit.kind.is_grid)
        marks += block.marks
        y = block.height
    if exhibit.kind in (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER):
        lines = measure.wrap(_WHY_NO_AVERAGE, page.inner, 16)
        marks += paragraph(lines, page.left, y + 8, size=16, line_height=24)
        y += 8 + 24 * len(lines)
    return Body(y, tuple(marks))


def _counts_of(topline: ReleasedTopline, top: float, page: Page, *, headed: bool) -> Body:
    rows = [(figure.label, wording.people(figure.n)) for figure in shares(topline)]
    if isinstance(topline, HiddenTopline):
        rows = [(f"{wording.capital(topline.base.instead)} people answered", f"{topline.base} not shown")]
    elif not rows:
        rows = [("Answered", wording.people(topline.base))]
    marks: list[Mark] = []
    if headed:
        rows.insert(0, (row_label(topline), caption.row_base(topline)))
        top += 8
    for i, (label, count) in enumerate(rows):
        line = _count_line(label, count, top, page, weight=600 if headed and i == 0 else 400)
        marks += line.marks
        top += line.height
    return Body(top, tuple(marks))


def _count_line(label: str, count: str, top: float, page: Page, *, weight: int) -> Body:
    beside = measure.width(count, 16, 600) + 16
    lines = measure.wrap(label, page.inner - beside, 16, weight)
    high = 21 * len(lines) + 15
    return Body(
        high,
        (
            *paragraph(lines, page.left, top + 7, size=16, line_height=21, weight=weight),
            Text(page.right, top + 23.3, count, weight=600, anchor="end"),
            Rule(page.left, top + high, page.right, top + high, "grid"),
        ),
    )
