"""XLSX: the first sheet, values as shown by the last calculation."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from canvass.formats.columns import (
    Columns,
    UnreadableTable,
    UnwritableTable,
    as_text,
    from_rows,
    refuse_too_wide,
    typed,
)

SUFFIXES = (".xlsx",)
_UNREADABLE = "this is not readable as XLSX. Save it again as .xlsx."
# A cell with a formula and no result; a result that is an empty text has its type.
_NOT_CALCULATED = re.compile(rb'<c ((?! t=")[^>])*><f([^>]*/>|[^>]*>[^<]*</f>)(<v ?/>|<v></v>)?</c>')
_MERGED = re.compile(rb"<mergeCell ")
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_CHUNK, _LONGEST_FORMULA = 1_000_000, 20_000  # bytes
MAX_ROWS = 1_048_576  # of a sheet, headings included
MAX_UNPACKED = 1_000_000_000  # bytes; a file that swells beyond this is refused unread


def read(path: Path) -> Columns:
    """The table of the first sheet. Raises UnreadableTable, OSError."""
    import openpyxl  # slow to import, and only this format needs it
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_swelling(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        records = [tuple(map(_as_text, row)) for row in sheet.iter_rows(values_only=True)]
        about = [*_sheets(path.name, book.sheetnames), *_errors(path.name, records)]
    except (InvalidFileException, KeyError, ValueError, IndexError, TypeError) as error:
        raise UnreadableTable(
            f"{path.name}: this is not readable as XLSX. Save it again as .xlsx."
        ) from error
    book.close()
    records = [tuple("" if cell in _ERRORS else cell for cell in row) for row in records]
    return _table(path.name, records, [*about, *_notes(path)])


def _as_text(value: Any) -> str:
    """A sheet knows no days, only moments: midnight is a day."""
    midnight = isinstance(value, datetime) and value.time() == time.min
    return as_text(value.date() if midnight else value)


def _sheets(name: str, titles: Sequence[str]) -> Iterator[str]:
    if len(titles) > 1:
        yield f"{name} has {len(titles)} sheets; only the first, {titles[0]}, is read."


def _errors(name: str, records: Sequence[tuple[str, ...]]) -> Iterator[str]:
    rows = [number for number, row in enumerate(records, start=1) if not _ERRORS.isdisjoint(row)]
    if rows:
        error = next(cell for cell in records[rows[0] - 1] if cell in _ERRORS)
        yield (
            f"{name}: cells with an error, such as {error} in row {rows[0]}, are read as empty. "
            "Mend their formulas to have them counted."
        )


def _refuse_swelling(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableTable(
            f"{path.name}: this is not readable as XLSX. Save it again as .xlsx."
        ) from error
    if unpacked > MAX_UNPACKED:
        raise UnreadableTable(
            f"{path.name}: the sheet is larger than 1 GB unpacked. Save it as Parquet or CSV."
        )


def _notes(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        lacking, merged = (
            any(_holds(archive, sheet, sought) for sheet in sheets) for sought in (_NOT_CALCULATED, _MERGED)
        )
    if lacking:
        yield (
            f"{path.name} has formulas that were never calculated; their cells are read as empty. "
            "Open it in a spreadsheet program and save it to fill them in."
        )
    if merged:
        yield (
            f"{path.name} has merged cells: the first of each holds the value and the others are read as "
            "empty. Unmerge and fill them where they belong to answers."
        )


def _holds(archive: zipfile.ZipFile, sheet: str, sought: re.Pattern[bytes]) -> bool:
    kept = b""
    with archive.open(sheet) as file:
        while chunk := file.read(_CHUNK):
            kept += chunk
            if sought.search(kept):
                return True
            kept = kept[-_LONGEST_FORMULA:]
    return False


def _table(name: str, records: list[tuple[str, ...]], notes: list[str]) -> Columns:
    headings = records[0] if records else ()
    width = max((place + 1 for place, heading in enumerate(headings) if heading.strip()), default=0)
    refuse_too_wide(name, width)
    rows, numbers = [], []
    for number, record in enumerate(records[1:], start=2):
        if any(record):
            rows.append(_row(name, record, width, number))
            numbers.append(number)
    return from_rows(name, headings[:width], rows, numbers, notes)


def _row(name: str, record: tuple[str, ...], width: int, number: int) -> tuple[str, ...]:
    if any(record[width:]):
        raise UnreadableTable(
            f"{name}, row {number}: there are cells beyond the last heading. Give them a heading."
        )
    return record[:width] + ("",) * (width - len(record))


def write(path: Path, table: Columns) -> None:
    """Write a table, columns of numbers as numbers. Raises UnwritableTable, OSError."""
    columns = [typed(cells) for cells in table.cells]
    _write(path, [table.headings, *zip(*columns, strict=True)])


def extend(source: Path, path: Path, heading: str, values: Sequence[float]) -> None:
    """Write the first sheet of `source` with one more column: values, neither formulas nor looks.

    Raises UnreadableTable, UnwritableTable, OSError.
    """
    import openpyxl

    table = read(source)
    width, kept = len(table.headings), {1, *table.numbers}
    book = openpyxl.load_workbook(source, read_only=True, data_only=True)
    rows = enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=width), start=1)
    as_read = (row + (None,) * (width - len(row)) for number, row in rows if number in kept)
    _write(path, ((*row, one) for row, one in zip(as_read, [heading, *values], strict=True)))
    book.close()


def _write(path: Path, rows: Iterable[Sequence[Any]]) -> None:
    import openpyxl
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise UnwritableTable(f"A sheet holds at most {MAX_ROWS:,} rows. Write Parquet or CSV instead.")
        try:
            sheet.append([_cell(sheet, value) for value in row])
        except IllegalCharacterError as error:
            raise UnwritableTable(
                f"Row {number} has a control character, which a sheet cannot hold; mend it or write CSV."
            ) from error
    book.save(path)


def _cell(sheet: Any, value: Any) -> Any:
    """A value as it is: text that looks like a formula stays text."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value if value != "" else None
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell
