"""An exhibit in, a picture out."""

from typing import Literal

from canvass.figures import composition, crosstab, funnel, growth, items, svg, trend, workforce
from canvass.figures.exhibit import Exhibit
from canvass.figures.exhibits import (
    CompositionExhibit,
    CrosstabExhibit,
    FunnelExhibit,
    GrowthExhibit,
    TrendExhibit,
    WorkforceExhibit,
)
from canvass.figures.frame import PHONE, WIDE, Page, Plate, compose
from canvass.figures.numbers import DataTable
from canvass.figures.scene import Scene
from canvass.figures.tokens import Theme

type Width = Literal["wide", "phone"]
type AnyExhibit = (
    Exhibit
    | TrendExhibit
    | CrosstabExhibit
    | FunnelExhibit
    | WorkforceExhibit
    | GrowthExhibit
    | CompositionExhibit
)

_PAGES: dict[Width, Page] = {"wide": WIDE, "phone": PHONE}


def plate(exhibit: AnyExhibit) -> Plate:
    """The exhibit with its words, its numbers and its picture, before it has a size."""
    match exhibit:
        case Exhibit():
            return items.plate(exhibit)
        case TrendExhibit():
            return trend.plate(exhibit)
        case CrosstabExhibit():
            return crosstab.plate(exhibit)
        case FunnelExhibit():
            return funnel.plate(exhibit)
        case WorkforceExhibit():
            return workforce.plate(exhibit)
        case GrowthExhibit():
            return growth.plate(exhibit)
        case CompositionExhibit():
            return composition.plate(exhibit)


def draw(exhibit: AnyExhibit, width: Width = "wide", theme: Theme = "light") -> str:
    """The exhibit as one <svg> element: 760 px wide, or 360 px for a phone.

    Themes "light" and "dark" have colours of their own; "print" is light, with lines where a printer without
    colour would give one grey to both poles; "css" takes its colours from the page's custom properties. The
    same exhibit gives the same bytes. Raises KeyError for an unknown width.
    """
    return draw_plate(plate(exhibit), width, theme)


def draw_plate(found: Plate, width: Width, theme: Theme) -> str:
    """As `draw`, for a plate that is at hand."""
    picture = compose(found, _PAGES[width])
    return svg.render(picture, title=found.alternative, description=found.description, theme=theme)


def scene(exhibit: AnyExhibit, width: Width = "wide") -> Scene:
    """The picture as marks at places, before it becomes SVG."""
    return compose(plate(exhibit), _PAGES[width])


def data_table(exhibit: AnyExhibit) -> DataTable:
    """Every number of the figure. Cells: [c] withheld, [u] too few people for this number."""
    return plate(exhibit).table


def description(exhibit: AnyExhibit) -> str:
    """The long text alternative: every number in words, a sentence a line of the table."""
    return plate(exhibit).description
