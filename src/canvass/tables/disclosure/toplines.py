"""What the public sees of one item's topline."""

from dataclasses import replace

from canvass.statistics.small_bases import Caution
from canvass.tables.disclosure.limits import SMALLEST_BASE, Limits
from canvass.tables.disclosure.printing import is_weighted, topline_as_printed
from canvass.tables.values import (
    Figure,
    HiddenFigure,
    HiddenTopline,
    Reason,
    ReleasedFigure,
    ReleasedTopline,
    Suppressed,
    Topline,
    strictest_caution,
)


def public_topline(topline: Topline, limits: Limits) -> ReleasedTopline:
    """The topline as it may be published: whole, with counts only, or hidden; a weighted one as printed.

    One answer's count in an item's topline is shown however small it is, from a base of ten on: it speaks of
    no group.
    """
    caution = strictest_caution(topline)
    few = few_answered(topline.base, caution, limits)
    if few is not None:
        return hidden_topline(topline, few)
    if caution is Caution.COUNTS_ONLY:
        figures = tuple(counts_only(figure) for figure in topline.figures)
        topline = replace(topline, figures=figures, of_responses=())
    return topline_as_printed(topline) if is_weighted(topline) else topline


def few_answered(base: int, caution: Caution | None, limits: Limits) -> Suppressed | None:
    """Why nothing is shown of a number of all who answered, by its base and how far it can be read."""
    few = limits.few_answered(base) or (Reason.FEW_ANSWERED if caution is Caution.NO_FIGURE else None)
    return None if few is None else Suppressed(few)


def public_asked(asked: int | None) -> int | Suppressed | None:
    """The number asked. So few asked are how many gave one answer to the item before."""
    return Suppressed(Reason.FEW_ASKED) if asked is not None and asked < SMALLEST_BASE else asked


def counts_only(figure: Figure) -> Figure:
    """The row with its count and without its estimate."""
    return figure._replace(
        estimate=None,
        standard_error=None,
        df=None,
        low=None,
        high=None,
        interval=None,
        design_effect=None,
        suppressed=Suppressed(Reason.COUNTS_ONLY),
    )


def hidden(line: ReleasedFigure, reason: Suppressed) -> HiddenFigure:
    return HiddenFigure(line.statistic, line.option, line.label, reason, line.q)


def hidden_topline(topline: Topline, reason: Suppressed) -> HiddenTopline:
    """The topline with everything hidden for this reason."""
    return HiddenTopline(
        topline.item,
        topline.row,
        public_asked(topline.asked),
        reason,
        tuple(hidden(figure, reason) for figure in topline.figures),
    )
