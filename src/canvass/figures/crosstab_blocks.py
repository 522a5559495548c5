"""A crosstab as blocks: the groups with their people, then each answer with a line for each group."""

from canvass.figures import measure
from canvass.figures.crosstab_cells import Cell, Head, Line
from canvass.figures.exhibits import CrosstabExhibit
from canvass.figures.frame import Body, Page, beneath, in_rows
from canvass.figures.keys import arrow
from canvass.figures.scene import SMALL, SMALL_LINE, Box, Mark, Rule, Text, paragraph, small
from canvass.tables.noise_guard import Verdict


def body(exhibit: CrosstabExhibit, groups: tuple[Head, ...], rows: tuple[Line, ...], page: Page) -> Body:
    """Blocks under each other, in two columns on a wide page."""
    columns = 2 if page.is_wide else 1
    gap = 40.0 if page.is_wide else 0.0
    width = (page.inner - gap * (columns - 1)) / columns
    answers = [(_block_head(line, width), _block(line, groups, width)) for line in rows]
    return beneath(_groups(exhibit, groups, page), in_rows(answers, columns, width, gap, page))


def _groups(exhibit: CrosstabExhibit, groups: tuple[Head, ...], page: Page) -> Body:
    """The banner, then each group with its people and its caution."""
    lines = measure.wrap(exhibit.heading, page.inner, SMALL, 600)
    marks: list[Mark] = [*small(lines, page.left, 0, weight=600, colour="muted")]
    y = SMALL_LINE * float(len(lines)) + 5
    for head in groups:
        marks.append(Rule(page.left, y, page.right, y, "grid"))
        people = f"{head.people} people" if head.people else ""
        label = measure.wrap(head.label, page.inner - measure.width(people, SMALL) - 16, 16, 600)
        mark = measure.wrap(head.mark, page.inner, SMALL, 600)
        colour = "accent" if head.mark.startswith("[") else "ink"
        marks += paragraph(label, page.left, y + 6, size=16, line_height=21, weight=600)
        marks.append(Text(page.right, y + 22, people, size=SMALL, anchor="end"))
        y += 6 + 21 * len(label)
        marks += small(mark, page.left, y, weight=600, colour=colour)
        y += SMALL_LINE * len(mark) + 7
    marks.append(Rule(page.left, y, page.right, y, "line"))
    return Body(y + 8, tuple(mark for mark in marks if not isinstance(mark, Text) or mark.words))


def _block_head(line: Line, width: float) -> Body:
    """The answer, and which way is better."""
    label = measure.wrap(line.label, width, 16, 700)
    note = measure.wrap(line.note, width, SMALL)
    marks = (
        *paragraph(label, 0, 0, size=16, line_height=21, weight=700),
        *small(note, 0, 21 * len(label), colour="muted"),
    )
    return Body(21 * len(label) + SMALL_LINE * len(note) + 5, marks)


def _block(line: Line, groups: tuple[Head, ...], width: float) -> Body:
    columns = _Columns(line, width)
    marks: list[Mark] = [Rule(0, 0, width, 0, "line")]
    y = 1.0
    for head, cell in zip(groups, line.cells, strict=True):
        row = columns.row(head.label, cell, y)
        marks += row.marks
        y = row.height
    return Body(y, tuple(marks))


def _unshown(cell: Cell) -> str:
    """What stands in the place of a number: the people of a base that allows counts only, or why nothing."""
    return f"{cell.people} {cell.mark}" if cell.people else f"{cell.mark} not shown"


class _Columns:
    """Where the numbers of one answer stand: an arrow, the number, its interval."""

    def __init__(self, line: Line, width: float) -> None:
        self.width = width
        spans = max(measure.width(cell.span, SMALL) for cell in line.cells)
        self.edge = width - spans - 16 if spans else width - 8  # the right end of numbers
        self.values = max(measure.width(cell.value, 18, 700) for cell in line.cells)
        marks = [measure.width(_unshown(cell), SMALL, 600) + 24 for cell in line.cells if cell.mark]
        self.left = min(self.edge - self.values - 30, *(width - wide for wide in marks), width)

    def row(self, name: str, cell: Cell, top: float) -> Body:
        """One group: its name, an arrow where it clearly differs, its number and interval."""
        label = measure.wrap(name, self.left - 10, SMALL)
        high = max(32.0, SMALL_LINE * len(label) + 13)
        middle = top + high / 2
        marks: list[Mark] = []
        if cell.fill:
            marks.append(Box(self.left, top + 1, self.width - self.left, high - 2, cell.fill, cell.words))
        marks += small(label, 0, middle - SMALL_LINE * len(label) / 2)
        marks += self._mark(cell, middle) if cell.mark else self._number(cell, middle)
        marks.append(Rule(0, top + high, self.width, top + high, "grid"))
        return Body(top + high, tuple(marks))

    def _number(self, cell: Cell, y: float) -> list[Mark]:
        ink = f"on-{cell.fill}" if cell.fill else "ink"
        marks: list[Mark] = [
            Text(self.edge, y + 6.3, cell.value, size=18, weight=700, colour=ink, anchor="end")
        ]
        if cell.span:
            colour = ink if cell.fill else "muted"
            marks.append(Text(self.width - 6, y + 5, cell.span, size=SMALL, colour=colour, anchor="end"))
        if cell.is_clear:
            colour = ink if cell.much else cell.colour
            marks.append(arrow(self.edge - self.values - 12, y, colour, up=cell.verdict is Verdict.UP))
        return marks

    def _mark(self, cell: Cell, y: float) -> list[Mark]:
        words = _unshown(cell)
        if cell.people:
            return [Text(self.width - 6, y + 5, words, size=SMALL, weight=600, colour="accent", anchor="end")]
        wide = measure.width(words, SMALL, 600) + 12
        return [
            Box(self.left, y - 12, self.width - self.left, 24, "hatch", "Not shown"),
            Box(self.width - 6 - wide, y - 10, wide, 20, "paper", radius=4),
            Text(self.width - 12, y + 5, words, size=SMALL, weight=600, anchor="end"),
        ]
