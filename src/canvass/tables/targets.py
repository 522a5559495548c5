"""Targets of a weighting: a table of variable, category and share, matched with a data file's columns."""

from collections.abc import Hashable, Iterator, Sequence

import numpy as np

from canvass import statistics
from canvass.formats import Columns
from canvass.statistics.arrays import Floats
from canvass.tables.design_columns import TabulationRefused, column_of, numbers_of

OPTION, FITTED = "--targets", "--fitted-to"
PROFILE = "profile/"


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
        statistics.margin(variable, _answers(data, variable, OPTION), known)
        for variable, known in shares.items()
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


def fitted_to(design: statistics.Design, data: Columns, variables: Sequence[str]) -> statistics.Design:
    """A design whose weights were raked to the shares of these columns, whatever the shares were.

    Raises TabulationRefused for a column that is not there, and where there are no weights.
    """
    if design.weight is None:
        raise TabulationRefused(f"{FITTED} {variables[0]}: give the weights that were fitted with --weight.")
    return statistics.calibrated(design, [_own_margin(data, name, design.weight) for name in variables])


def _own_margin(data: Columns, variable: str, weight: Floats) -> statistics.Margin:
    """The column as weighted margin: its weighted shares are what it was fitted to."""
    answers = _answers(data, variable, FITTED)
    labels = sorted({answer for answer in answers if answer})
    if not labels:
        raise TabulationRefused(f"{FITTED} {variable}: nobody has a value there; choose another column.")
    places = {label: place for place, label in enumerate(labels)}
    codes = np.array([places.get(answer, -1) for answer in answers])
    known = codes >= 0
    sums = np.bincount(codes[known], weight[known])
    return statistics.margin_of_codes(variable, codes, labels, sums / sums.sum())


def _answers(data: Columns, variable: str, option: str) -> tuple[str, ...]:
    under_profile = variable not in data.headings and PROFILE + variable in data.headings
    return column_of(data, PROFILE + variable if under_profile else variable, option)
