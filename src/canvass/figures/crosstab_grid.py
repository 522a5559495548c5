"""A crosstab as a grid of cells: answers by groups, or groups by answers where that fits better."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from canvass.figures import measure
from canvass.figures.crosstab_cells import Cell, Head, Line
from canvass.figures.exhibits import CrosstabExhibit
from canvass.figures.frame import Body, Page
from canvass.figures.keys import arrow
from canvass.figures.scene import SMALL, SMALL_LINE, Box, Mark, Rule, Text, paragraph, shifted, small
from canvass.tables.noise_guard import Verdict

_LABEL = 184  # px of the column of labels
_ROW = 58  # px, the least
_VALUE = 20


@dataclass(frozen=True, slots=True)
class _Side:
    """One heading of a column or a row: its name, its people, its caution or direction."""

    label: str
    people: str
    note: str
    hidden: bool = False  # everything under it or beside it


def body(
    exhibit: CrosstabExhibit, groups: tuple[Head, ...], rows: tuple[Line, ...], page: Page
) -> Body | None:
    """The grid, or None where its headings would not fit."""
    by_group = [_group_side(head, rows, place) for place, head in enumerate(groups)]
    by_line = [_Side(line.label, "", line.note) for line in rows]
    cells = [line.cells for line in rows]
    grid = _Grid(by_group, by_line, cells, page)
    if grid.fits:
        return grid.body(exhibit.heading)
    turned = _Grid(by_line, by_group, list(zip(*cells, strict=True)), page)
    return turned.body("") if turned.fits else None


def _group_side(head: Head, rows: tuple[Line, ...], place: int) -> _Side:
    hidden = all(line.cells[place].mark and not line.cells[place].people for line in rows)
    return _Side(head.label, head.people, head.mark, hidden)


class _Grid:
    """Columns of one width beside a column of labels."""

    def __init__(
        self, columns: list[_Side], rows: list[_Side], cells: list[tuple[Cell, ...]], page: Page
    ) -> None:
        self.columns, self.rows, self.cells, self.page = columns, rows, cells, page
        self.width = (page.inner - _LABEL) / len(columns)

    @property
    def fits(self) -> bool:
        """Whether each word of the columns' heads, and each number, has room."""
        words = [word for side in self.columns for word in f"{side.label} {side.note}".split()]
        room = self.width - 8
        heads = all(measure.width(word, SMALL, 600) <= room for word in words)
        numbers = (cell for row in self.cells for cell in row)
        return heads and all(measure.width(cell.span, SMALL) <= room for cell in numbers) and room >= 72

    def x(self, place: int) -> float:
        """The left edge of a column."""
        return self.page.left + _LABEL + place * self.width

    def middle(self, place: int) -> float:
        return self.x(place) + self.width / 2

    def body(self, banner: str) -> Body:
        head = self._head(banner)
        y = head.height
        under: list[Mark] = []
        over: list[Mark] = []
        tops = [y]
        for side, cells in zip(self.rows, self.cells, strict=True):
            row = self._row(side, cells)
            over += shifted(row.marks, y)
            y += row.height
            over.append(Rule(self.page.left, y, self.page.right, y, "grid"))
            tops.append(y)
        under += self._shades(tops)
        return Body(y + 4, (*head.marks, *under, *over, *self._hidden(tops)))

    def _head(self, banner: str) -> Body:
        """The banner over the groups, their names, people and cautions."""
        over = self._banner(banner) if banner else Body(0, ())
        room = self.width - 8
        labels = [measure.wrap(side.label, room, SMALL, 600) for side in self.columns]
        notes = [measure.wrap(side.note, room, SMALL, 600) for side in self.columns]
        foot = over.height + SMALL_LINE * max(map(len, labels))
        below = foot + (24 if any(side.people for side in self.columns) else 2)
        marks: list[Mark] = list(over.marks)
        for place, side in enumerate(self.columns):
            x, label = self.middle(place), labels[place]
            marks += small(label, x, foot - SMALL_LINE * len(label), weight=600, anchor="middle")
            marks += small(notes[place], x, below, weight=600, colour=_ink(side.note), anchor="middle")
            if side.people:
                marks.append(Text(x, foot + 18, side.people, weight=600, anchor="middle"))
        if below > foot + 2:
            marks.append(Text(self.page.left, foot + 18, "People", size=SMALL, colour="muted"))
        y = below + SMALL_LINE * max(map(len, notes)) + 6
        marks.append(Rule(self.page.left, y, self.page.right, y, "line"))
        return Body(y, tuple(marks))

    def _banner(self, words: str) -> Body:
        lines = measure.wrap(words, self.page.right - self.x(1), SMALL, 600)
        top = SMALL_LINE * len(lines) + 5
        marks = small(lines, self.x(1), 0, weight=600, colour="muted")
        return Body(top + 8, (*marks, Rule(self.x(1), top, self.page.right, top, "line")))

    def _row(self, side: _Side, cells: tuple[Cell, ...]) -> Body:
        room, left = _LABEL - 12, self.page.left
        label = measure.wrap(side.label, room, 16)
        people = measure.wrap(side.people and f"{side.people} people", room, SMALL)
        note = measure.wrap(side.note, room, SMALL)
        text = 21 * len(label) + SMALL_LINE * (len(people) + len(note))
        high = max(_ROW, text + 16)
        top = (high - text) / 2
        below = top + 21 * len(label)
        marks: list[Mark] = [
            *paragraph(label, left, top, size=16, line_height=21),
            *small(people, left, below, colour="muted"),
            *small(note, left, below + SMALL_LINE * len(people), colour=_ink(side.note, "muted")),
        ]
        for place, cell in enumerate(cells):
            marks += self._cell(cell, self.middle(place), high / 2)
        return Body(high, tuple(marks))

    def _cell(self, cell: Cell, x: float, y: float) -> Iterator[Mark]:
        """A number over its interval, with an arrow where it clearly differs."""
        if cell.mark:
            if cell.people:
                yield Text(x, y - 2, cell.people, size=SMALL, anchor="middle")
                yield Text(x, y + 17, cell.mark, size=SMALL, weight=600, colour="accent", anchor="middle")
            return
        ink = f"on-{cell.fill}" if cell.fill else "ink"
        up = 2 if cell.span else 7
        beside = 9 if cell.is_clear else 0
        yield Text(x - beside, y + up - 2, cell.value, size=_VALUE, weight=700, colour=ink, anchor="middle")
        if cell.is_clear:
            at = x - beside + measure.width(cell.value, _VALUE, 700) / 2 + 12
            yield arrow(at, y + up - 9, cell.colour if not cell.much else ink, up=cell.verdict is Verdict.UP)
        if cell.span:
            colour = ink if cell.fill else "muted"
            yield Text(x, y + 20, cell.span, size=SMALL, colour=colour, anchor="middle")

    def _shades(self, tops: list[float]) -> Iterator[Mark]:
        """The ground of all people, then the shades of cells."""
        for (top, foot), cells in zip(pairwise(tops), self.cells, strict=True):
            for place, cell in enumerate(cells):
                fill = cell.fill or ("tint" if self._is_all(place, cells) else "")
                if fill:
                    yield Box(self.x(place) + 2, top + 3, self.width - 4, foot - top - 6, fill, cell.words)

    def _is_all(self, place: int, cells: tuple[Cell, ...]) -> bool:
        """Whether a cell speaks of all people: the first column, or the first row."""
        if self.columns[0].label == "All" and self.columns[0].people:
            return place == 0
        return cells is self.cells[0]

    def _hidden(self, tops: list[float]) -> Iterator[Mark]:
        """Hatches: a whole column in one, other cells alone, each with its mark on a plate."""
        for place, side in enumerate(self.columns):
            if side.hidden:
                yield from self._hatch(place, tops[0], tops[-1], self.cells[0][place].mark, "not shown")
        for (top, foot), cells in zip(pairwise(tops), self.cells, strict=True):
            for place, cell in enumerate(cells):
                if cell.mark and not cell.people and not self.columns[place].hidden:
                    yield from self._hatch(place, top, foot, cell.mark)

    def _hatch(self, place: int, top: float, foot: float, mark: str, words: str = "") -> Iterator[Mark]:
        yield Box(self.x(place) + 2, top + 3, self.width - 4, foot - top - 6, "hatch", f"Not shown {mark}")
        lines = measure.wrap(f"{mark} {words}", self.width - 28, SMALL, 600)
        wide = max(measure.width(line, SMALL, 600) for line in lines) + 12
        high = SMALL_LINE * len(lines) + 6
        y = (top + foot - high) / 2
        yield Box(self.middle(place) - wide / 2, y, wide, high, "paper", radius=4)
        yield from small(lines, self.middle(place), y + 3, weight=600, anchor="middle")


def _ink(note: str, otherwise: str = "ink") -> str:
    """Marks of small and hidden bases in the colour of warnings."""
    return "accent" if note.startswith("[") else otherwise
