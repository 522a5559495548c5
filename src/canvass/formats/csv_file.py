"""CSV: UTF-8 with or without BOM, else cp1252 with a note; comma, semicolon or tab. Written as UTF-8."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from canvass.formats.columns import Columns, UnreadableTable, as_text, from_rows, refuse_too_wide

SUFFIXES = (".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def read(path: Path) -> Columns:
    """The table of a CSV file. Raises UnreadableTable, OSError."""
    text, notes = _decoded(path)
    delimiter = _delimiter(text)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        headings = next(records, [])
        refuse_too_wide(path.name, len(headings))
        rows, numbers = _rows(path.name, records, len(headings))
    except csv.Error as error:
        raise UnreadableTable(f"{path.name}, line {records.line_num}: {_in_words(error)}") from error
    return from_rows(path.name, headings, rows, numbers, notes)


def _in_words(error: csv.Error) -> str:
    """What csv found, and what to do."""
    if "unexpected end" in str(error):
        return "a quotation mark is opened above and never closed. Close it, or write it twice inside a cell."
    if "field limit" in str(error):
        return f"a cell has more than {csv.field_size_limit():,} characters. Shorten it."
    return f"this is not readable as CSV ({error}). Check the quotation marks there and on the line above."


def _decoded(path: Path) -> tuple[str, list[str]]:
    raw = path.read_bytes()
    if raw.startswith(_WIDE):
        raise UnreadableTable(f"{path.name}: the file is UTF-16 or UTF-32 text. Save it as UTF-8.")
    if b"\0" in raw:
        raise UnreadableTable(f"{path.name}: this is not a text file. Save the table as CSV in UTF-8.")
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableTable(
            f"{path.name}: the file is neither UTF-8 nor cp1252 text. Save it as UTF-8."
        ) from error
    return text, [f"{path.name} is not UTF-8 and was read as cp1252: check accents and quotation marks."]


def _delimiter(text: str) -> str:
    """The commonest of the known delimiters in the first record, outside quotation marks."""
    counts = dict.fromkeys(_DELIMITERS, 0)
    quoted = False
    for sign in text:
        if sign == '"':
            quoted = not quoted
        elif sign == "\n" and not quoted:
            break
        elif sign in counts and not quoted:
            counts[sign] += 1
    return max(_DELIMITERS, key=lambda sign: counts[sign])


def _rows(name: str, records: Iterable[list[str]], width: int) -> tuple[list[tuple[str, ...]], list[int]]:
    """The rows that are not blank, and their numbers as a spreadsheet would show them."""
    rows, numbers = [], []
    for number, record in enumerate(records, start=2):
        if any(record):
            rows.append(_row(name, record, width, number))
            numbers.append(number)
    return rows, numbers


def _row(name: str, record: list[str], width: int, number: int) -> tuple[str, ...]:
    while len(record) > width and not record[-1].strip():
        record.pop()
    if len(record) != width:
        cells = "there is 1 cell" if len(record) == 1 else f"there are {len(record)} cells"
        raise UnreadableTable(
            f"{name}, row {number}: {cells} under {width} headings. "
            "Put text that holds the delimiter in double quotes."
        )
    return tuple(record)


def write(path: Path, table: Columns, delimiter: str = ",") -> None:
    """Write a table; .tsv with tabs. Raises OSError."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if path.suffix == ".tsv" else delimiter, lineterminator="\n")
        writer.writerow(table.headings)
        writer.writerows(table.rows)


def extend(source: Path, path: Path, heading: str, values: Sequence[float]) -> None:
    """Write `source` with one more column, its delimiter kept. Raises UnreadableTable, OSError."""
    table = read(source).with_column(heading, tuple(map(as_text, values)))
    write(path, table, _delimiter(_decoded(source)[0]))
