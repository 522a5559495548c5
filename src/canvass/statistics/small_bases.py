"""Small bases: how far a number can be read. The one rule for shares, means, medians and quotes of closed
questions.

Decided on the smaller of the base and the effective base. What a public page withholds follows from it; the
command line shows every number and labels it.
"""

from enum import StrEnum
from functools import lru_cache

NO_FIGURE_UNDER = 10
COUNTS_ONLY_UNDER = 30
VERY_SMALL_UNDER = 50
SMALL_UNDER = 100

# The width of a share's interval as a second caution, in the manner of the US National Center for Health
# Statistics (2017, Vital and Health Statistics series 2, no. 175).
NARROW = 0.05  # of a share: never wide
WIDE = 0.30
WIDE_BESIDE_THE_SHARE = 1.30  # times the share


class Caution(StrEnum):
    """How far a number can be read, decided on min(base, effective base)."""

    SMALL = "small"  # 50-99
    VERY_SMALL = "very_small"  # 30-49
    COUNTS_ONLY = "counts_only"  # 10-29
    NO_FIGURE = "no_figure"  # under 10


TOO_FEW = (Caution.COUNTS_ONLY, Caution.NO_FIGURE)  # for percentages, and for a test

WIDE_INTERVAL = "wide interval"
WIDE_MARK = "wide"  # the same in a cell
WIDE_EXPLAINED = (
    f"{WIDE_MARK}: an interval of {100 * WIDE:.0f} points or more, or of more than "
    f"{WIDE_BESIDE_THE_SHARE:g} times the share."
)
WORDS = {
    Caution.SMALL: "small base",
    Caution.VERY_SMALL: "[u] very small base",
    Caution.COUNTS_ONLY: "[u] base too small for percentages: read the counts only",
    Caution.NO_FIGURE: "[u] base under 10: no figure",
}


@lru_cache(maxsize=4096)  # all options of a question have the same bases
def caution(base: int, effective_base: float) -> Caution | None:
    """The caution for a number that rests on `base` people worth `effective_base`; None from 100 on.

    An effective base is compared unrounded: 29.99 is under 30.
    """
    smaller = min(base, effective_base)
    if smaller >= SMALL_UNDER:
        return None
    if smaller < NO_FIGURE_UNDER:
        return Caution.NO_FIGURE
    if smaller < COUNTS_ONLY_UNDER:
        return Caution.COUNTS_ONLY
    if smaller < VERY_SMALL_UNDER:
        return Caution.VERY_SMALL
    return Caution.SMALL


def is_wide(share: float | None, low: float | None, high: float | None) -> bool:
    """Whether the interval of a share is too wide to rest on: 30 points or more, or, where it is wider than 5
    points, more than 1.3 times the share. It flags; it hides nothing. False where there is no interval.
    """
    if share is None or low is None or high is None:
        return False
    width = high - low
    return width >= WIDE or (width > NARROW and width > WIDE_BESIDE_THE_SHARE * share)
