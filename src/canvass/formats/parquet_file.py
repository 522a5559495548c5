"""Parquet: columns of numbers, text, booleans or days; nothing nested."""

from pathlib import Path

from canvass.formats.columns import Columns, UnreadableTable, as_text, refuse_too_wide

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
