"""How many answers are enough: for a share, a mean, a difference between groups, a change between waves.

The deviation is the standard deviation of one answer: `deviation_of_share` for shares, about 2 to 2.5 for
most 0-10 ratings. A test is the t test of a difference at `level`; its power is the chance that it finds a
true difference of that size (source: the noncentral t of R's power.t.test, strict). The design effect
multiplies every variance: 1 without weights. A population shrinks variances as everywhere, 1 - n/N, and the
covariance of two waves to n₁₂/(n₁·n₂) - 1/N of what it is for one person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, inf, sqrt
from typing import NamedTuple

from canvass.statistics.distributions import t_power, t_quantile

POWER = 0.8
FEWEST_DF = 2  # no test on less is worth planning
MOST = 10_000_000  # answers; beyond it the aim is taken as out of reach


class OutOfReach(ValueError):
    """Not even everybody's answers are enough; the message is one sentence."""


class Planned(NamedTuple):
    """The answers of one side of a comparison that is planned."""

    answers: float
    deviation: float
    population: float = inf


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of the answers of each of two waves, the part from people who answer both, and how alike theirs are."""

    part: float  # 0..1
    correlation: float  # -1..1, between the two answers of one person

    def __post_init__(self) -> None:
        if not (0 <= self.part <= 1 and -1 <= self.correlation <= 1):
            raise ValueError("An overlap is a part from 0 to 1 with a correlation from -1 to 1.")


DIFFERENT_PEOPLE = Overlap(0.0, 0.0)


def deviation_of_share(share: float) -> float:
    """√(p(1-p)), the standard deviation of a yes or no. Raises ValueError outside 0..1."""
    if not 0 <= share <= 1:
        raise ValueError(f"{share:g} is no share; give a number from 0 to 1.")
    return sqrt(share * (1 - share))


def reach(
    answers: float,
    deviation: float,
    *,
    level: float = 0.95,
    population: float = inf,
    design_effect: float = 1.0,
) -> float:
    """Half the width of the t interval of a mean or share from so many answers."""
    _check(answers, population)
    variance = design_effect * deviation**2 / answers * (1 - answers / population)
    return t_quantile((1 + level) / 2, answers - 1) * sqrt(max(variance, 0.0))


def answers_for_reach(
    wanted: float,
    deviation: float,
    *,
    level: float = 0.95,
    population: float = inf,
    design_effect: float = 1.0,
) -> int:
    """The fewest answers whose interval reaches no further than `wanted` to either side.

    Raises OutOfReach, and ValueError for what is not above 0.
    """
    _check_size("An interval's reach", wanted)

    def enough(answers: int) -> bool:
        found = reach(answers, deviation, level=level, population=population, design_effect=design_effect)
        return found <= wanted

    return _fewest(enough, population)


def error_of_difference(a: Planned, b: Planned, *, design_effect: float = 1.0) -> float:
    """The standard error of a mean or share of one group minus that of another."""
    return sqrt(design_effect * (_variance(a) + _variance(b)))


def error_of_change(a: Planned, b: Planned, overlap: Overlap, *, design_effect: float = 1.0) -> float:
    """The standard error of a change between two waves of one panel.

    Both sides have one population. Source: Tam (1984), The American Statistician 38, 288-289.
    """
    shared = _both(a, b, overlap) / (a.answers * b.answers) - 1 / a.population
    covariance = overlap.correlation * a.deviation * b.deviation * shared
    return sqrt(max(design_effect * (_variance(a) + _variance(b) - 2 * covariance), 0.0))


def power(difference: float, standard_error: float, df: float, *, level: float = 0.95) -> float:
    """The chance that a test finds a true difference of this size; 1 without an error, 0 under 2 df."""
    if standard_error == 0:
        return float(difference != 0)
    return 0.0 if df < FEWEST_DF else t_power(abs(difference) / standard_error, df, level)


def detectable(standard_error: float, df: float, *, wanted: float = POWER, level: float = 0.95) -> float:
    """The smallest true difference that a test finds with the power `wanted`.

    Raises ValueError for fewer than 2 degrees of freedom.
    """
    if df < FEWEST_DF:
        raise ValueError("Give at least 2 degrees of freedom; with fewer there is nothing to plan.")
    low, high = 0.0, 1.0
    while t_power(high, df, level) < wanted:
        high *= 2
    while high - low > 1e-10 * high:
        middle = (low + high) / 2
        low, high = (middle, high) if t_power(middle, df, level) < wanted else (low, middle)
    return high * standard_error


def answers_for_difference(
    difference: float,
    deviation: float,
    other_deviation: float | None = None,
    *,
    wanted: float = POWER,
    level: float = 0.95,
    population: float = inf,
    design_effect: float = 1.0,
) -> int:
    """The fewest answers in each of two groups of one size.

    population: of each group. Raises OutOfReach, and ValueError where there is no difference.
    """
    _check_size("A difference", abs(difference))
    other = deviation if other_deviation is None else other_deviation

    def enough(answers: int) -> bool:
        sides = Planned(answers, deviation, population), Planned(answers, other, population)
        error = error_of_difference(*sides, design_effect=design_effect)
        return power(difference, error, 2 * answers - 2, level=level) >= wanted

    return _fewest(enough, population)


def answers_for_change(
    change: float,
    deviation: float,
    *,
    overlap: Overlap = DIFFERENT_PEOPLE,
    wanted: float = POWER,
    level: float = 0.95,
    population: float = inf,
    design_effect: float = 1.0,
) -> int:
    """The fewest answers in each of two waves of one size.

    Raises OutOfReach, and ValueError where there is no change.
    """
    _check_size("A change", abs(change))

    def enough(answers: int) -> bool:
        side = Planned(answers, deviation, population)
        error = error_of_change(side, side, overlap, design_effect=design_effect)
        df = 2 * answers - _both(side, side, overlap) - 1
        return power(change, error, df, level=level) >= wanted

    return _fewest(enough, population)


def _variance(side: Planned) -> float:
    _check(side.answers, side.population)
    return side.deviation**2 / side.answers * (1 - side.answers / side.population)


def _both(a: Planned, b: Planned, overlap: Overlap) -> float:
    """People in both waves: the planned part, and at least what a small population forces."""
    smaller = min(a.answers, b.answers)
    return min(smaller, max(overlap.part * smaller, a.answers + b.answers - a.population))


def _check_size(what: str, size: float) -> None:
    if not 0 < size < inf:
        raise ValueError(f"{what} to plan for is a number above 0, not {size:g}.")


def _check(answers: float, population: float) -> None:
    if not 2 <= answers <= population:
        raise ValueError(
            f"{answers:g} answers cannot be planned; there must be 2 or more, and no more than people."
        )


def _fewest(enough: Callable[[int], bool], population: float) -> int:
    """The fewest answers that are enough; whoever has enough has enough with more. Raises OutOfReach."""
    low, high = 1, floor(min(population, MOST))
    if high < 2 or not enough(high):
        raise OutOfReach(
            f"Not even {high:,} answers would be enough; look for a larger difference or a wider interval."
        )
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high
