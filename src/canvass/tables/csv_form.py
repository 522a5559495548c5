"""Tables as one long CSV: a line a number, unrounded, with everything that belongs to it."""

import csv
import io
import unicodedata
from typing import Any

from canvass.tables.json_form import Table, table_as_json

ABOUT = ("item", "row", "kind", "by", "asked", "base", "weighted_base")
COLUMNS = (
    *ABOUT,
    "group",
    "group_base",
    "group_effective_base",
    "statistic",
    "q",
    "option",
    "n",
    "estimate",
    "standard_error",
    "df",
    "low",
    "high",
    "interval",
    "design_effect",
    "caution",
)
_OPENERS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(tables: tuple[Table, ...]) -> str:
    """A line for every row of every table; an item with a base only has one line. None is an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for table in tables:
        values = table_as_json(table)
        about = {name: values[name] for name in ABOUT}
        for row in values["rows"] or [{}]:
            writer.writerow({name: safe(value) for name, value in (about | row).items() if name in COLUMNS})
    return out.getvalue()


def safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay."""
    if isinstance(value, str) and unicodedata.normalize("NFKC", value).startswith(_OPENERS):
        return f"'{value}"
    return value
