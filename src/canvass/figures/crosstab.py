"""Shaded crosstabs: answers by groups, each cell shaded by its difference from all other groups together.

Wide pages take a grid of answers by groups, or of groups by answers where that fits better; where neither
fits, and on a phone, each answer has a block with a line for each group.
"""

from functools import partial

from canvass.figures import crosstab_blocks, crosstab_grid, crosstab_words
from canvass.figures.crosstab_cells import Line, heads, lines
from canvass.figures.exhibits import CrosstabExhibit
from canvass.figures.frame import Body, Page, Plate, beneath
from canvass.figures.keys import Entry, arrow_on, key, patch, patches
from canvass.figures.panels import note
from canvass.tables.noise_guard import Verdict


def plate(exhibit: CrosstabExhibit) -> Plate:
    """The table with its words."""
    return Plate(
        title=crosstab_words.title(exhibit),
        question=crosstab_words.question(exhibit),
        marks=crosstab_words.marks(exhibit),
        in_sight=crosstab_words.in_sight(exhibit),
        how_to_read=crosstab_words.how_to_read(exhibit),
        picture="Shaded table",
        body=partial(body, exhibit),
        table=crosstab_words.table(exhibit),
        brand=exhibit.brand,
    )


def body(exhibit: CrosstabExhibit, page: Page) -> Body:
    """The cells, what their shades mean, and what could be shown in place of hidden ones."""
    groups, rows = heads(exhibit), lines(exhibit)
    drawn = crosstab_grid.body(exhibit, groups, rows, page) if page.is_wide else None
    picture = drawn or crosstab_blocks.body(exhibit, groups, rows, page)
    entries = _entries(rows)
    if entries:
        picture = beneath(picture, key(entries, page))
    return beneath(picture, note(exhibit.offer, page)) if exhibit.offer else picture


def _entries(rows: tuple[Line, ...]) -> list[Entry]:
    """The arrows, shades and patterns that occur."""
    clear = [cell for line in rows for cell in line.cells if cell.is_clear]
    entries = []
    valued = any(line.note for line in rows if any(cell.is_clear for cell in line.cells))
    for verdict, words in ((Verdict.UP, "above"), (Verdict.DOWN, "below")):
        colours = {cell.colour for cell in clear if cell.verdict is verdict}
        if colours:
            fill, colour = ("paper", "ink") if valued else (f"{min(colours)}-tint", min(colours))
            sample = arrow_on(fill, colour, up=verdict is Verdict.UP)
            entries.append(Entry(sample, f"Clearly {words} all other groups together"))
    if valued:
        meaning = (("primary", "Better"), ("accent", "Worse"))
        used = {cell.colour for cell in clear}
        entries += [Entry(patch(f"{colour}-tint"), words) for colour, words in meaning if colour in used]
    much = sorted({cell.fill for cell in clear if cell.much}, reverse=True)
    entries += [Entry(patches(tuple(much)), "Stronger: by a tenth of the scale or more")] if much else []
    if any(cell.mark and not cell.people for line in rows for cell in line.cells):
        entries.append(Entry(patch("hatch"), "Not shown"))
    return entries
