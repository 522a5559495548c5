"""A run of tables laid out: what belongs together on one sheet, and what is said under all of them."""

from collections.abc import Sequence
from itertools import groupby

from canvass.tables.crosstab import Crosstab
from canvass.tables.json_form import Table
from canvass.tables.layouts.banner import banner_sheet
from canvass.tables.layouts.grid import grid_sheet
from canvass.tables.layouts.labels import percent_of
from canvass.tables.layouts.topline import topline_sheet
from canvass.tables.sheet import Sheet
from canvass.tables.values import ReleasedTopline


def sheets(tables: Sequence[Table], level: float, *, pairs: bool = False) -> tuple[Sheet, ...]:
    """A sheet an item: the rows of a grid under each other, its comparisons side by side.

    pairs: list every difference between two groups with its interval and p.
    """
    by_item = groupby(tables, key=lambda table: _total(table).item.id)
    return tuple(_sheet(tuple(found), level, pairs=pairs) for _, found in by_item)


def _total(table: Table) -> ReleasedTopline:
    return table.total if isinstance(table, Crosstab) else table


def _sheet(tables: Sequence[Table], level: float, *, pairs: bool) -> Sheet:
    first = tables[0]
    if _total(first).row is not None:
        return grid_sheet(tables, level, pairs=pairs)
    if isinstance(first, Crosstab):
        return banner_sheet([one for one in tables if isinstance(one, Crosstab)], level, pairs=pairs)
    return topline_sheet(first, level)


def reading_notes(level: float, population: bool) -> tuple[str, ...]:
    """What goes under a run of tables: how the intervals are to be read."""
    corrected = "with" if population else "without"
    return (
        f"{percent_of(level)} intervals hold if those who answered are a random part of those they stand "
        f"for; {corrected} finite population correction. Where people chose to take part, no sampling error "
        "can be known.",
        "Cautions go by the smaller of base and effective base: under 10 no figure, 10-29 counts only, "
        "30-49 very small base, 50-99 small base. They are labels: nothing is withheld here.",
    )
