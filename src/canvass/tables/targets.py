"""Targets of a weighting: a table of variable, category and share, matched with a data file's columns."""

from collections.abc import Hashable, Iterator

from canvass import statistics
from canvass.formats import Columns
from canvass.tables.design_columns import TabulationRefused, column_of, numbers_of
from canvass.tables.tabulation import PROFILE

OPTION = "--targets"


def margins_of(data: Columns, targets: Columns) -> tuple[statistics.Margin, ...]:
    """The margins that the targets name, in their order; a variable is a column, or one under `profile/`.

    Raises TabulationRefused or WeightingError: sentences for a person.
    """
    shares: dict[str, dict[Hashable, float]] = {}
    for row, variable, category, share in _lines(targets):
        known = shares.setdefault(variable, {})
        if category in known:
            raise TabulationRefused(f"{OPTION}, row {row}: {variable}, {category} occurs twice; keep one.")
        known[category] = share
    if not shares:
        raise TabulationRefused(f"{OPTION}: there are headings and no rows; give a share for each category.")
    return tuple(
        statistics.margin(variable, _answers(data, variable), known) for variable, known in shares.items()
    )


def _lines(targets: Columns) -> Iterator[tuple[int, str, str, float]]:
    variables, categories = (column_of(targets, heading, OPTION) for heading in ("variable", "category"))
    shares = numbers_of(targets, "share", OPTION).tolist()
    for row, variable, category, share in zip(targets.numbers, variables, categories, shares, strict=True):
        if not (variable and category):
            raise TabulationRefused(
                f"{OPTION}, row {row}: variable or category is empty; fill it in. People without a value "
                "keep their share and need no target."
            )
        yield row, variable, category, share


def _answers(data: Columns, variable: str) -> tuple[str, ...]:
    under_profile = variable not in data.headings and PROFILE + variable in data.headings
    return column_of(data, PROFILE + variable if under_profile else variable, OPTION)
