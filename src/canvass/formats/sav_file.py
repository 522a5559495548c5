"""SPSS .sav: values as their labels where they have one."""

from pathlib import Path

from canvass.formats.columns import Columns, UnreadableTable, as_text, refuse_too_wide

SUFFIXES = (".sav", ".zsav")


def read(path: Path) -> Columns:
    """The table of an SPSS file, with value labels for values. Raises UnreadableTable, OSError."""
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
    cells = tuple(
        tuple(labels.get(name, {}).get(value, as_text(value)) for value in columns[name]) for name in columns
    )
    return Columns(tuple(columns), cells, tuple(range(1, len(cells[0]) + 1 if cells else 1)))
