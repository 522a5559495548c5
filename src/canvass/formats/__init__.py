"""File formats. `tabular.read` takes a table of any known format as text; nothing is guessed in silence.

>>> from canvass import formats
>>> table = formats.read("answers.csv")
>>> table.headings, table.height, table.notes
"""

from canvass.formats.columns import Columns, UnreadableTable, UnwritableTable, from_columns
from canvass.formats.tabular import extend, read, refuse_unwritable

__all__ = [
    "Columns",
    "UnreadableTable",
    "UnwritableTable",
    "extend",
    "from_columns",
    "read",
    "refuse_unwritable",
]
