"""An exhibit in, a picture out."""

from typing import Literal

from canvass.figures import bars, panels, ratings, spread, stacks, svg, table
from canvass.figures.exhibit import Exhibit, shows_counts, shows_shares
from canvass.figures.frame import PHONE, WIDE, Body, Page, beneath, compose
from canvass.figures.scene import Scene
from canvass.figures.tokens import Theme
from canvass.instrument.model import Kind

type Width = Literal["wide", "phone"]

_PAGES: dict[Width, Page] = {"wide": WIDE, "phone": PHONE}


def draw(exhibit: Exhibit, width: Width = "wide", theme: Theme = "light") -> str:
    """The exhibit as one <svg> element: 760 px wide, or 360 px for a phone.

    Themes "light" and "dark" have colours of their own; "print" is light, with lines where a printer without
    colour would give one grey to both poles; "css" takes its colours from the page's custom properties. The
    same exhibit gives the same bytes. Raises KeyError for an unknown width.
    """
    return svg.render(
        scene(exhibit, width),
        title=table.alternative(exhibit),
        description=table.description(exhibit),
        theme=theme,
    )


def scene(exhibit: Exhibit, width: Width = "wide") -> Scene:
    """The picture as marks at places, before it becomes SVG."""
    page = _PAGES[width]
    return compose(exhibit, _body(exhibit, page), page)


def _body(exhibit: Exhibit, page: Page) -> Body:
    """What may be drawn of so many people, and how this kind is drawn."""
    if exhibit.kind is Kind.TEXT:
        return panels.texts(exhibit, page)
    if not any(shows_counts(topline) for topline in exhibit.toplines):
        return panels.nothing(page)
    if not any(shows_shares(topline) for topline in exhibit.toplines):
        return panels.counts(exhibit, page)
    return _shares(exhibit, page)


def _shares(exhibit: Exhibit, page: Page) -> Body:
    match exhibit.kind:
        case Kind.SINGLE if exhibit.item.likert:
            return beneath(stacks.body(exhibit, page), bars.body(exhibit, page))
        case Kind.SINGLE | Kind.MULTIPLE | Kind.RANKING:
            return bars.body(exhibit, page)
        case Kind.GRID_SINGLE:
            return stacks.body(exhibit, page) if stacks.can_draw(exhibit) else bars.lines(exhibit, page)
        case Kind.RATING:
            return ratings.distribution(exhibit, page)
        case Kind.GRID_RATING:
            return ratings.body(exhibit, page)
        case _:
            return spread.body(exhibit, page)
