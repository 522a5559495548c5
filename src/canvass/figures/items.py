"""One item's results as a plate: what may be drawn of so many people, and how its kind is drawn."""

from functools import partial

from canvass.figures import bars, caption, nps, panels, ratings, spread, stacks, table, titles
from canvass.figures.exhibit import Exhibit, shows_counts, shows_shares
from canvass.figures.frame import Body, Page, Plate, beneath
from canvass.instrument.model import Kind

_PICTURES = {
    Kind.SINGLE: "Bar chart",
    Kind.MULTIPLE: "Bar chart",
    Kind.RATING: "Column chart",
    Kind.GRID_RATING: "Chart of means with intervals",
    Kind.GRID_SINGLE: "Stacked bar chart",
    Kind.NUMBER: "Chart of the spread of answers",
    Kind.RANKING: "Bar chart",
    Kind.TEXT: "Panel",
}


def plate(exhibit: Exhibit) -> Plate:
    """The item's figure with its words."""
    return Plate(
        title=titles.title(exhibit),
        question=exhibit.question,
        marks=() if exhibit.kind is Kind.TEXT else caption.marks(exhibit),
        in_sight=caption.in_sight(exhibit),
        how_to_read=caption.how_to_read(exhibit),
        picture=_PICTURES[exhibit.kind],
        body=partial(_body, exhibit),
        table=table.data_table(exhibit),
        brand=exhibit.brand,
    )


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
        case Kind.RATING if nps.is_score(exhibit.toplines[0]):
            return nps.body(exhibit, page)
        case Kind.RATING:
            return ratings.distribution(exhibit, page)
        case Kind.GRID_RATING:
            return ratings.body(exhibit, page)
        case _:
            return spread.body(exhibit, page)
