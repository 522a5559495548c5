"""Tables in, pictures out: `draw(exhibit)` gives SVG, `data_table(exhibit)` its numbers."""

from canvass.figures.draw import AnyExhibit, data_table, description, draw, plate
from canvass.figures.exhibit import Exhibit
from canvass.figures.exhibits import (
    CompositionExhibit,
    CrosstabExhibit,
    FunnelExhibit,
    GrowthExhibit,
    TrendExhibit,
    WorkforceExhibit,
)
from canvass.figures.frame import Plate
from canvass.figures.likert import nets
from canvass.figures.markup import figure
from canvass.figures.numbers import DataTable
from canvass.figures.png import png
from canvass.figures.titles import finding

__all__ = [
    "AnyExhibit",
    "CompositionExhibit",
    "CrosstabExhibit",
    "DataTable",
    "Exhibit",
    "FunnelExhibit",
    "GrowthExhibit",
    "Plate",
    "TrendExhibit",
    "WorkforceExhibit",
    "data_table",
    "description",
    "draw",
    "figure",
    "finding",
    "nets",
    "plate",
    "png",
]
