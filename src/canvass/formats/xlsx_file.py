"""XLSX: the first sheet, values as shown by the last calculation."""

import re
import zipfile
from pathlib import Path

from canvass.formats.columns import Columns, UnreadableTable, as_text, from_rows, refuse_too_wide

SUFFIXES = (".xlsx",)
_UNREADABLE = "this is not readable as XLSX. Save it again as .xlsx."
# A cell with a formula and no result; a result that is an empty text has its type.
_NOT_CALCULATED = re.compile(rb'<c ((?! t=")[^>])*><f([^>]*/>|[^>]*>[^<]*</f>)(<v ?/>|<v></v>)?</c>')
_CHUNK, _LONGEST_FORMULA = 1_000_000, 20_000  # bytes
MAX_UNPACKED = 1_000_000_000  # bytes; a file that swells beyond this is refused unread


def read(path: Path) -> Columns:
    """The table of the first sheet. Raises UnreadableTable, OSError."""
    import openpyxl  # slow to import, and only this format needs it
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_swelling(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        records = [tuple(as_text(value) for value in row) for row in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, KeyError, ValueError, IndexError, TypeError) as error:
        raise UnreadableTable(
            f"{path.name}: this is not readable as XLSX. Save it again as .xlsx."
        ) from error
    book.close()
    return _table(path.name, records, _notes(path))


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


def _notes(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        if not any(_lacks_results(archive, sheet) for sheet in sheets):
            return []
    return [
        f"{path.name} has formulas that were never calculated; their cells are read as empty. "
        "Open it in a spreadsheet program and save it to fill them in."
    ]


def _lacks_results(archive: zipfile.ZipFile, sheet: str) -> bool:
    kept = b""
    with archive.open(sheet) as file:
        while chunk := file.read(_CHUNK):
            kept += chunk
            if _NOT_CALCULATED.search(kept):
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
