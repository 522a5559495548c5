"""Numbers as they are printed: what a table keeps of an estimate where more decimals would tell too much.

That is so for the mean of a group whose distribution is hidden, and for everything weighted: an exact
weighted sum beside a count of people is a second equation, and two equations find two hidden numbers.
"""

from dataclasses import replace

from canvass.tables import wording
from canvass.tables.crosstab import GroupDifference
from canvass.tables.trend import Change
from canvass.tables.values import Figure, Topline

SHARES = ("share", "top", "net", "band")
_SHARE_PLACES, _MEAN_PLACES = 2, 1
HALF_A_PER_CENT = 0.5 * 10**-_SHARE_PLACES  # a printed share lies so close to the true one
HALF_A_TENTH = 0.5 * 10**-_MEAN_PLACES  # and a printed mean

HAIR = 1e-9  # so much a sum in floating point may lie beside the true one


def printed(value: float | None, places: int = _MEAN_PLACES) -> float | None:
    """A mean or a limit as it is printed."""
    return None if value is None else float(wording.rounded(value, places))


def as_printed(figure: Figure) -> Figure:
    """An estimate with its interval as printed, without what is made of the answers besides."""
    if figure.statistic in ("median", "quantile"):  # somebody's answer, never a sum
        return figure._replace(standard_error=None, design_effect=None)
    places = _SHARE_PLACES if figure.statistic in SHARES else _MEAN_PLACES
    return figure._replace(
        estimate=printed(figure.estimate, places),
        standard_error=None,
        low=printed(figure.low, places),
        high=printed(figure.high, places),
        design_effect=None,
    )


def difference_as_printed(one: GroupDifference) -> GroupDifference:
    """A difference with its interval as printed."""
    places = _SHARE_PLACES if one.statistic in SHARES else _MEAN_PLACES
    estimate = printed(one.estimate, places)
    assert estimate is not None
    return one._replace(
        estimate=estimate,
        standard_error=None,
        low=printed(one.low, places),
        high=printed(one.high, places),
        p=printed(one.p, 3),
        p_adjusted=printed(one.p_adjusted, 3),
    )


def change_as_printed(change: Change, *, share: bool) -> Change:
    """A change between waves with its interval as printed."""
    places = _SHARE_PLACES if share else _MEAN_PLACES
    estimate = printed(change.estimate, places)
    assert estimate is not None
    return replace(
        change,
        estimate=estimate,
        standard_error=None,
        low=printed(change.low, places),
        high=printed(change.high, places),
        p=printed(change.p, 3),
        p_adjusted=printed(change.p_adjusted, 3),
    )


def is_weighted(topline: Topline) -> bool:
    """Whether people count differently."""
    counted = topline.weighted_base, topline.effective_base
    return any(abs(one - topline.base) > 1e-9 * max(topline.base, 1) for one in counted)


def topline_as_printed(topline: Topline) -> Topline:
    """A weighted topline as printed."""
    return replace(
        topline,
        weighted_base=float(wording.rounded(topline.weighted_base)),
        effective_base=float(wording.rounded(topline.effective_base)),
        kish_design_effect=float(wording.rounded(topline.kish_design_effect, 2)),
        figures=tuple(as_printed(figure) for figure in topline.figures),
        of_responses=tuple(float(wording.rounded(one, _SHARE_PLACES)) for one in topline.of_responses),
    )
