"""Weights for any data file: what `canvass weight` does, as a function of two tables of text."""

from typing import Any

from canvass import statistics
from canvass.formats import Columns
from canvass.statistics.weighting.diagnostics import ADVICE
from canvass.tables.design_columns import TabulationRefused, weights_of
from canvass.tables.sheet import Cell, Column, Section, Sheet, SheetRow, Style
from canvass.tables.targets import margins_of
from canvass.tables.wording import mean, percent, quantity, rounded, whole


def weigh(
    data: Columns, targets: Columns, *, base: str | None = None, trim: float | None = None
) -> statistics.Weighting:
    """Rim weights, one a row, with mean 1.

    targets: columns variable, category and share. base: the column of the rows' own weights. trim: the most
    that a row may weigh, in times the mean.

    Raises TabulationRefused, WeightingError or DesignError: sentences for a person. Where the targets
    contradict each other and nothing is trimmed there are no weights.
    """
    if not (isinstance(data, Columns) and isinstance(targets, Columns)):
        raise TabulationRefused(
            "Give tables as formats.read(path) or formats.from_columns(frame) makes them."
        )
    if data.height == 0:
        raise TabulationRefused("The file has headings and no rows, so there is nothing to weight.")
    own = None if base is None else weights_of(data, base, "--base")
    found = statistics.rake(statistics.design(data.height, weight=own), margins_of(data, targets), trim=trim)
    if not found.converged and trim is None:
        raise TabulationRefused(found.notes[-1])
    return found


def weighting_as_json(found: statistics.Weighting) -> dict[str, Any]:
    """The keys of `canvass weight --format json`. Numbers are unrounded."""
    one = found.diagnostics
    return {
        "iterations": one.iterations,
        "max_margin_error": one.max_margin_error,
        "min": one.min,
        "max": one.max,
        "effective_base": one.effective_base,
        "design_effect": one.design_effect,
        "efficiency": one.efficiency,
    }


def weighting_sheets(found: statistics.Weighting) -> list[Sheet]:
    """A table for each variable: the respondents unweighted and weighted beside their target."""
    variables = dict.fromkeys(one.variable for one in found.standings)
    return [
        Sheet(
            name=variable,
            title=variable,
            bases=(f"Base: {whole(sum(one.people for one in found.standings if one.variable == variable))}",),
            columns=tuple(map(Column, ("People", "Unweighted", "Weighted", "Target"))),
            sections=(Section("", tuple(_row(one) for one in found.standings if one.variable == variable)),),
            notes=(),
        )
        for variable in variables
    ]


def _row(one: statistics.Standing) -> SheetRow:
    shares = (Cell(share, Style.SHARE) for share in (one.unweighted, one.weighted, one.target))
    return SheetRow(one.category, (Cell(one.people, Style.COUNT), *shares), "thin" if one.thin else "")


def weighting_notes(found: statistics.Weighting) -> tuple[str, ...]:
    """What the weights cost, what had to be decided, and whether to use them at all."""
    one, rows = found.diagnostics, len(found.weight)
    return (
        f"Weights run from {rounded(one.min, 2)} to {rounded(one.max, 2)} around a mean of 1; the heaviest "
        f"respondent counts {quantity(one.ratio)} times the lightest.",
        f"Efficiency {percent(one.efficiency)}, {one.light}: {whole(rows)} weighted respondents are worth "
        f"{mean(one.effective_base)} unweighted (Kish design effect {rounded(one.design_effect, 2)}).",
        *found.notes,
        ADVICE[one.light],
    )
