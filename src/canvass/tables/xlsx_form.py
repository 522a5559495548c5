"""Tables as a workbook: a sheet a table, bases first, numbers unrounded with a format."""

import io
import re
from collections.abc import Iterable
from typing import Any

from canvass.tables.sheet import Cell, Sheet, Style
from canvass.tables.values import Suppressed

NAME_LENGTH = 31  # what a tab can hold
FORMATS = {
    Style.COUNT: "#,##0",
    Style.SHARE: "0%",
    Style.MEAN: "0.0",
    Style.QUANTITY: "General",
    Style.ERROR_OF_SHARE: "0.0%",
    Style.ERROR: "0.00",
}
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def as_xlsx(sheets: Iterable[Sheet], notes: tuple[str, ...]) -> bytes:
    """The workbook's bytes; the notes of the run stand on a sheet of their own, last."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for one in sheets:
        tab = book.create_sheet(_tab_name(one.name, book.sheetnames))
        _fill(tab, one)
    last = book.create_sheet(_tab_name("Notes", book.sheetnames))
    for note in notes:
        _append(last, [note])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(tab: Any, sheet: Sheet) -> None:
    for line in (sheet.title, *sheet.bases):
        _append(tab, [line])
    _append(tab, [])
    _append(tab, list(sheet.headings))
    for label, cells, caution in sheet.rows:
        _append(tab, [label, *cells, *([caution] if caution else [])])
        if any(cell.has_interval for cell in cells):
            _append(tab, [f"{label}: from", *(Cell(cell.low, cell.style) for cell in cells)])
            _append(tab, [f"{label}: to", *(Cell(cell.high, cell.style) for cell in cells)])
    for note in sheet.notes:
        _append(tab, [note])
    tab.column_dimensions["A"].width = 40


def _append(tab: Any, values: list[str | Cell]) -> None:
    """One row. Text is stored as text, never as a formula."""
    number = tab.max_row + 1 if tab.max_row > 1 or tab["A1"].value is not None else 1
    for column, value in enumerate(values or [""], start=1):
        place = tab.cell(number, column)
        if isinstance(value, Cell):
            place.value = str(value) if isinstance(value.number, Suppressed) else value.number
            place.number_format = FORMATS[value.style]
        else:
            place.value = _NOT_IN_XML.sub(" ", value)
            place.data_type = "s"


def _tab_name(name: str, taken: list[str]) -> str:
    """A tab's name without forbidden signs, short enough, and its own."""
    plain = _NOT_IN_A_TAB.sub("_", _NOT_IN_XML.sub(" ", name))[:NAME_LENGTH]
    lowered = {one.lower() for one in taken}
    candidate, number = plain, 2
    while candidate.lower() in lowered:
        ending = f" ({number})"
        candidate, number = plain[: NAME_LENGTH - len(ending)] + ending, number + 1
    return candidate
