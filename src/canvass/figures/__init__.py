"""Tables in, pictures out: `draw(exhibit)` gives SVG, `data_table(exhibit)` its numbers."""

from canvass.figures.draw import draw
from canvass.figures.exhibit import Exhibit
from canvass.figures.markup import figure
from canvass.figures.png import png
from canvass.figures.table import DataTable, alternative, data_table, description
from canvass.figures.titles import finding

__all__ = [
    "DataTable",
    "Exhibit",
    "alternative",
    "data_table",
    "description",
    "draw",
    "figure",
    "finding",
    "png",
]
