"""Tables as a workbook: contents first, then a sheet a table with its bases, intervals, letters and notes.

Numbers are unrounded and have a format. An interval stands in two rows under its number, the letters in a
third.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from canvass.statistics.small_bases import WIDE_MARK
from canvass.tables.sheet import Cell, Column, Entry, Role, Sheet, SheetRow, Style, Words

NAME_LENGTH = 31  # what a tab can hold
LONGEST = 32_767  # signs in a cell
FORMATS = {
    Style.COUNT: "#,##0",
    Style.SHARE: "0%",
    Style.MEAN: "#,##0.0",
    Style.QUANTITY: "General",
    Style.EFFECTIVE: "#,##0.0",
    Style.ERROR_OF_SHARE: "0.0%",
    Style.ERROR: "0.00",
    Style.POINTS: "+0.0%;-0.0%;0.0%",
    Style.P: "0.000",
    Style.DIFFERENCE: "+0.0;-0.0;0.0",
}
CONTENTS, NOTES = "Contents", "Notes"
MUTED, LINE, TINT, PRIMARY = "4D5863", "7A858F", "EEF1F3", "00626B"  # the look's tokens
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_xlsx(sheets: Iterable[Sheet], notes: tuple[str, ...]) -> bytes:
    """The workbook's bytes. The notes of the run stand under every table, too."""
    from openpyxl import Workbook

    book = Workbook()
    contents = book.active
    contents.title = CONTENTS
    listed, looks = [], _Looks()
    for one in sheets:
        tab = book.create_sheet(_tab_name(one.name, book.sheetnames))
        _Writer(tab, looks).table(one, notes)
        listed.append((tab.title, one))
    _Writer(contents, looks).contents(listed)
    _Writer(book.create_sheet(_tab_name(NOTES, book.sheetnames)), looks).notes(notes)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Look:
    """How a row of cells looks; None is left as it is."""

    font: Any = None
    border: Any = None
    fill: Any = None

    def on(self, place: Any) -> None:
        for name in ("font", "border", "fill"):
            value = getattr(self, name)
            if value is not None:
                setattr(place, name, value)


class _Looks:
    """The looks of a workbook; openpyxl is loaded when the first is made."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        rule = Border(bottom=Side("thin", color=LINE))
        self.plain = _Look()
        self.title = _Look(Font(bold=True, size=14))
        self.head = _Look(Font(bold=True), rule)
        self.section = _Look(Font(bold=True), fill=PatternFill("solid", start_color=TINT))
        self.muted = _Look(Font(color=MUTED, size=9))
        self.net = _Look(Font(bold=True))
        self.link = _Look(Font(color=PRIMARY, underline="single"))
        self.withheld = _Look(fill=PatternFill("lightUp", start_color=LINE, end_color="FFFFFF"))
        self.right = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
        self.centre = Alignment(horizontal="center")


class _Writer:
    """One tab, filled from the top."""

    def __init__(self, tab: Any, looks: _Looks) -> None:
        self._tab = tab
        self._looks = looks
        self._row = 0

    def table(self, sheet: Sheet, notes: tuple[str, ...]) -> None:
        """Everything of one table."""
        self._put([sheet.title], self._looks.title)
        for line in sheet.bases:
            self._put([line])
        self._put([])
        if sheet.columns and sheet.rows:
            self._head(sheet)
            for section in sheet.sections:
                if section.title:
                    self._put([section.title], self._looks.section, width=len(sheet.columns) + 1)
                for row in section.rows:
                    self._line(row, letters=sheet.has_letters)
            self._put([])
        for note in (*sheet.notes, *sheet.reasons, *notes):
            self._put([note], self._looks.muted)
        self._widths(sheet.columns)

    def contents(self, listed: Sequence[tuple[str, Sheet]]) -> None:
        """A line a table, with a link to its tab."""
        from openpyxl.worksheet.hyperlink import Hyperlink

        self._put(["Tables"], self._looks.title)
        self._put([])
        self._put(["Sheet", "Table", "Base"], self._looks.head)
        for name, sheet in listed:
            self._put([name, sheet.title, ". ".join(sheet.bases)])
            place = self._tab.cell(self._row, 1)
            place.hyperlink = Hyperlink(place.coordinate, location=f"'{name}'!A1")
            self._looks.link.on(place)
        for letter, width in (("A", 32), ("B", 80), ("C", 60)):
            self._tab.column_dimensions[letter].width = width
        self._tab.freeze_panes = "A4"

    def notes(self, notes: tuple[str, ...]) -> None:
        for note in notes:
            self._put([note])
        self._tab.column_dimensions["A"].width = 100

    def _head(self, sheet: Sheet) -> None:
        if sheet.spanners:
            self._spanners(sheet)
        self._put(["", *map(str, sheet.columns)], self._looks.head)
        for column in range(2, len(sheet.columns) + 2):
            self._tab.cell(self._row, column).alignment = self._looks.right
        self._tab.freeze_panes = self._tab.cell(self._row + 1, 2)

    def _spanners(self, sheet: Sheet) -> None:
        self._put([])
        column = 2
        for one in sheet.spanners:
            if one.label:
                place = self._tab.cell(self._row, column)
                _store(place, Words(one.label))
                place.font, place.alignment = self._looks.net.font, self._looks.centre
                if one.columns > 1:
                    last = column + one.columns - 1
                    self._tab.merge_cells(
                        start_row=self._row, end_row=self._row, start_column=column, end_column=last
                    )
            column += one.columns

    def _line(self, row: SheetRow, *, letters: bool) -> None:
        look = {Role.BASE: self._looks.muted, Role.NET: self._looks.net}.get(row.role)
        self._put([row.label, *row.entries, *([row.remark] if row.remark else [])], look)
        cells = [entry if isinstance(entry, Cell) else Cell(None, Style.COUNT) for entry in row.entries]
        if any(cell.has_interval for cell in cells):
            muted = self._looks.muted
            self._put([f"{row.label}: from", *(Cell(cell.low, cell.style) for cell in cells)], muted)
            self._put([f"{row.label}: to", *(Cell(cell.high, cell.style) for cell in cells)], muted)
            if any(cell.wide for cell in cells):
                flags = (WIDE_MARK if cell.wide else "" for cell in cells)
                self._put([f"{row.label}: caution", *flags], muted)
            if letters:
                self._put([f"{row.label}: letters", *(cell.letters for cell in cells)], muted)

    def _put(self, values: Sequence[str | Entry], look: _Look | None = None, *, width: int = 0) -> None:
        """One row; its look reaches over `width` columns at least."""
        self._row += 1
        for column in range(1, max(len(values), width) + 1):
            place = self._tab.cell(self._row, column)
            value = values[column - 1] if column <= len(values) else ""
            _store(place, Words(value) if isinstance(value, str) else value)
            (look or self._looks.plain).on(place)
            if isinstance(value, Cell) and value.withheld is not None:
                self._looks.withheld.on(place)

    def _widths(self, columns: Sequence[Column]) -> None:
        from openpyxl.utils import get_column_letter

        self._tab.column_dimensions["A"].width = 40
        for number, column in enumerate(columns, start=2):
            self._tab.column_dimensions[get_column_letter(number)].width = max(
                10, min(len(str(column)) + 2, 24)
            )


def _store(place: Any, entry: Entry) -> None:
    """Text is stored as text, never as a formula; what is withheld says so."""
    if isinstance(entry, Cell) and entry.withheld is None:
        place.value, place.number_format = entry.number, FORMATS[entry.style]
        return
    text = _NOT_IN_XML.sub(" ", str(entry))
    text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    if text:
        place.value = text
        place.data_type = "s"


def _tab_name(name: str, taken: Iterable[str]) -> str:
    """A tab's name without forbidden signs, short enough, and its own."""
    plain = _NOT_IN_A_TAB.sub("_", _NOT_IN_XML.sub(" ", name))[:NAME_LENGTH] or "Table"
    lowered = {one.lower() for one in taken}
    return next(one for one in _names(plain) if one.lower() not in lowered)


def _names(plain: str) -> Iterator[str]:
    yield plain
    number = 2
    while True:
        ending = f" ({number})"
        yield plain[: NAME_LENGTH - len(ending)] + ending
        number += 1
