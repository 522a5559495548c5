"""Any tabular file as columns of text, and with one more column, by the ending of its name."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from canvass.formats import csv_file, parquet_file, sav_file, xlsx_file
from canvass.formats.columns import Columns, UnreadableTable, UnwritableTable, as_text


class _Format(Protocol):
    def read(self, path: Path) -> Columns: ...
    def write(self, path: Path, table: Columns) -> None: ...
    def extend(self, source: Path, path: Path, heading: str, values: Sequence[float]) -> None: ...


_FORMATS: dict[str, _Format] = {
    suffix: form for form in (csv_file, xlsx_file, parquet_file, sav_file) for suffix in form.SUFFIXES
}


def read(path: str | Path) -> Columns:
    """The table of a CSV, XLSX, Parquet or SAV file.

    Cells are text, "" where empty; numbers of typed formats are written as in CSV (3.0 is "3"), coded values
    of SPSS as their labels. Raises UnreadableTable with one sentence.
    """
    path = Path(path)
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise UnreadableTable(_unknown(path))
    try:
        return form.read(path)
    except OSError as error:
        raise UnreadableTable(
            f"{path}: cannot be read ({error.strerror or error}). Check the name."
        ) from error


def refuse_unwritable(path: Path) -> None:
    """Raises UnwritableTable where the ending of a name is no known format."""
    if path.suffix.lower() not in _FORMATS:
        raise UnwritableTable(_unknown(path))


def extend(source: Path, path: Path, heading: str, values: Sequence[float]) -> None:
    """Write the table of `source` with one more column of numbers, a number for each row that `read` gives.

    In its own format what `read` does not show stays, too: types, and the labels of SPSS. In another, columns
    that are all numbers become numbers. Raises UnwritableTable, UnreadableTable, OSError.
    """
    refuse_unwritable(path)
    form = _FORMATS[path.suffix.lower()]
    if form is _FORMATS.get(source.suffix.lower()):
        form.extend(source, path, heading, values)
    else:
        form.write(path, read(source).with_column(heading, tuple(map(as_text, values))))


def _unknown(path: Path) -> str:
    if path.is_dir():
        return f"{path} is a folder. Name a file in it."
    return f'{path.name}: "{path.suffix}" is not a known ending. Use {", ".join(_FORMATS)}.'
