"""Parquet: columns of numbers, text, booleans or days; nothing nested."""

from collections.abc import Sequence
from pathlib import Path

from canvass.formats.columns import (
    Columns,
    UnreadableTable,
    UnwritableTable,
    as_text,
    refuse_too_wide,
    typed,
)

SUFFIXES = (".parquet",)


def read(path: Path) -> Columns:
    """The table of a Parquet file. Raises UnreadableTable, OSError."""
    import pyarrow as pa  # slow to import, and only this format needs it
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        refuse_too_wide(path.name, len(file.schema_arrow.names))
        table = file.read()
        cells = tuple(tuple(as_text(value) for value in column.to_pylist()) for column in table.columns)
    except pa.ArrowInvalid as error:
        raise UnreadableTable(f"{path.name}: this is not readable as Parquet. Write it again.") from error
    except TypeError as error:
        raise UnreadableTable(
            f"{path.name}: a column holds {error} values. Keep numbers, text, booleans and days."
        ) from error
    return Columns(tuple(table.column_names), cells, tuple(range(1, table.num_rows + 1)))


def write(path: Path, table: Columns) -> None:
    """Write a table, columns of numbers as numbers. Raises UnwritableTable, OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    twice = next((one for one in table.headings if table.headings.count(one) > 1), None)
    if twice is not None:
        raise UnwritableTable(f"The heading {twice} occurs twice, which Parquet cannot hold; rename one.")
    columns = {
        heading: pa.array(typed(cells)) for heading, cells in zip(table.headings, table.cells, strict=True)
    }
    pq.write_table(pa.table(columns), path)


def extend(source: Path, path: Path, heading: str, values: Sequence[float]) -> None:
    """Write `source` with one more column; all else stays as it is. Raises OSError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pq.read_table(source).append_column(heading, pa.array(values, pa.float64())), path)
