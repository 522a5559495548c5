"""Any tabular file as columns of text, by the ending of its name."""

from collections.abc import Callable
from pathlib import Path

from canvass.formats import csv_file, parquet_file, sav_file, xlsx_file
from canvass.formats.columns import Columns, UnreadableTable

_FORMATS = (csv_file, xlsx_file, parquet_file, sav_file)
_READERS: dict[str, Callable[[Path], Columns]] = {
    suffix: form.read for form in _FORMATS for suffix in form.SUFFIXES
}


def read(path: str | Path) -> Columns:
    """The table of a CSV, XLSX, Parquet or SAV file.

    Cells are text, "" where empty; numbers of typed formats are written as in CSV (3.0 is "3"), coded values
    of SPSS as their labels. Raises UnreadableTable with one sentence.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableTable(
            f'{path.name}: "{path.suffix}" is not a known ending. Use {", ".join(_READERS)}.'
        )
    try:
        return reader(path)
    except OSError as error:
        raise UnreadableTable(
            f"{path}: cannot be read ({error.strerror or error}). Check the name."
        ) from error
