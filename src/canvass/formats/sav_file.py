"""SPSS .sav: values as their labels where they have one."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from canvass.formats.columns import (
    Columns,
    UnreadableTable,
    UnwritableTable,
    as_text,
    refuse_too_wide,
    typed,
)

SUFFIXES = (".sav", ".zsav")


def read(path: Path) -> Columns:
    """The table of an SPSS file, with value labels for values, and the values beside them as codes.

    Raises UnreadableTable, OSError.
    """
    import pyreadstat  # slow to import, and only this format needs it

    try:
        _, about = pyreadstat.read_sav(path, metadataonly=True, output_format="dict")
        refuse_too_wide(path.name, about.number_columns or 0)
        columns, about = pyreadstat.read_sav(path, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise UnreadableTable(
            f"{path.name}: this is not readable as SPSS data. Save it again as .sav."
        ) from error
    labels = about.variable_value_labels
    plain = {name: tuple(map(as_text, values)) for name, values in columns.items()}
    cells = tuple(
        tuple(
            labels.get(name, {}).get(value, text)
            for value, text in zip(columns[name], plain[name], strict=True)
        )
        for name in columns
    )
    numbers = tuple(range(1, len(cells[0]) + 1 if cells else 1))
    codes = {name: plain[name] for name in columns if name in labels}
    return Columns(tuple(columns), cells, numbers, tuple(_labelled_alike(labels)), codes)


def _labelled_alike(labels: Mapping[str, Mapping[Any, str]]) -> Iterator[str]:
    """A note on each label that stands for two values."""
    for name, named in labels.items():
        shared = [label for label, times in Counter(named.values()).items() if times > 1]
        for label in shared:
            values = " and ".join(as_text(value) for value, one in named.items() if one == label)
            yield f"{name}: the values {values} have one label, {label}, and are read as one answer."


def write(path: Path, table: Columns) -> None:
    """Write a table, columns of numbers as numbers. Raises UnwritableTable, OSError."""
    columns = {heading: typed(cells) for heading, cells in zip(table.headings, table.cells, strict=True)}
    if len(columns) < len(table.headings):
        raise UnwritableTable("A heading occurs twice, which SPSS data cannot hold; rename one.")
    _write(path, columns)


def extend(source: Path, path: Path, heading: str, values: Sequence[float]) -> None:
    """Write `source` with one more column; labels, missing values and formats stay. Raises OSError."""
    import pyreadstat

    columns, about = pyreadstat.read_sav(
        source, output_format="dict", user_missing=True, disable_datetime_conversion=True
    )
    _write(
        path,
        {**columns, heading: values},
        column_labels=about.column_names_to_labels,
        variable_value_labels=about.variable_value_labels,
        missing_ranges=about.missing_ranges or None,
        variable_measure=about.variable_measure,
        variable_display_width=about.variable_display_width,
        variable_format={**about.original_variable_types, heading: "F12.6"},
        file_label=about.file_label or "",
    )


def _write(path: Path, columns: Mapping[str, Sequence[Any]], **about: Any) -> None:
    import pandas as pd  # slow to import, and pyreadstat writes from nothing lighter
    import pyreadstat

    frame = pd.DataFrame({name: _series(cells) for name, cells in columns.items()})
    try:
        pyreadstat.write_sav(frame, path, compress=path.suffix == ".zsav", **about)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise UnwritableTable(
            f"The table cannot be SPSS data ({error}). Names there begin with a letter and hold no spaces or "
            "signs; rename the column or write CSV."
        ) from error


def _series(cells: Sequence[Any]) -> Any:
    """Text as text and numbers as numbers, for an empty column would be neither."""
    import pandas as pd

    text = any(isinstance(cell, str) for cell in cells)
    return pd.Series(list(cells), dtype=object if text else "float64")
