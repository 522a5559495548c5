"""Tables as frozen values: what statistics found, ready to be printed, drawn or exported.

Names and meanings are those of `canvass tabulate --format json`.
"""

from dataclasses import dataclass

from canvass.instrument.model import Item, Row
from canvass.statistics.small_bases import Caution as Caution


@dataclass(frozen=True, slots=True)
class Figure:
    """One estimate with its uncertainty. Shares are 0..1; means are in the item's own units; unrounded."""

    statistic: str  # share mean median quantile top nps
    option: str | None  # option id; a scale point as text; None where the row speaks of the whole item
    label: str
    n: int  # unweighted people behind this row (those who chose the option; else the base)
    estimate: float | None
    standard_error: float | None = None
    df: int | None = None
    low: float | None = None
    high: float | None = None
    interval: str | None = None  # logit korn-graubard t woodruff
    design_effect: float | None = None
    caution: Caution | None = None
    q: float | None = None  # of a quantile


@dataclass(frozen=True, slots=True)
class Topline:
    """Everything counted of one item, or of one row of a grid, for all respondents."""

    item: Item
    row: Row | None
    asked: int | None  # None where it is not known
    base: int
    applies_base: int | None  # base "to whom it applies"; None where not-applicable is not offered
    weighted_base: float
    effective_base: float
    kish_design_effect: float
    caution: Caution | None
    figures: tuple[Figure, ...]
    not_applicable: int = 0
    prefer_not_to_say: int = 0
    not_answered: int | None = None

    def figure(self, statistic: str, option: str | None = None) -> Figure:
        """The row with this statistic and option. Raises KeyError."""
        for figure in self.figures:
            if figure.statistic == statistic and figure.option == option:
                return figure
        raise KeyError((statistic, option))
