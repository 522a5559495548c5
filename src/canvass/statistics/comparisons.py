"""Groups compared: differences of domains with their covariance, and Holm's correction."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite, sqrt

import numpy as np

from canvass.statistics import intervals
from canvass.statistics.arrays import Booleans, Floats
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import t_two_sided
from canvass.statistics.estimates import linearised


@dataclass(frozen=True, slots=True)
class Difference:
    """Domain a minus domain b."""

    a: int
    b: int
    estimate: float
    standard_error: float | None
    df: int
    low: float | None
    high: float | None
    p: float | None  # two-sided, t; None, like the limits, where the standard error is 0 or unknown


def pairwise(
    cube: Cube, values: Floats | Booleans, *, domains: Sequence[Booleans] | None = None, level: float = 0.95
) -> tuple[Difference, ...]:
    """Every pair of groups compared on a share or a mean.

    values:  (K,) 1 where a cell's answer includes the option, or the number it stands for; NaN is out of
             the base.
    domains: masks over flat cells; the cube's groups by default. An empty one is compared with none.

    Source: survey::svyby(covmat = TRUE) and survey::svycontrast in R.
    """
    masks = [cube.group(index) for index in range(cube.groups)] if domains is None else list(domains)
    number = np.asarray(values, dtype=float)
    numeric = cube.spread(np.isfinite(number))[0].astype(bool)
    y = cube.spread(np.where(np.isfinite(number), number, 0.0))
    filled = [index for index, mask in enumerate(masks) if cube.people(mask & numeric)]
    parts = [linearised(cube, y, masks[index] & numeric) for index in filled]
    if len(parts) < 2:
        return ()
    spread = cube.covariance(np.concatenate([scores for _, scores in parts]))
    ratios = np.concatenate([ratio for ratio, _ in parts])
    df = cube.degrees(numeric)
    return tuple(
        contrast(ratios, spread, i, j, df=df, level=level, names=(filled[i], filled[j]))
        for i, j in combinations(range(len(filled)), 2)
    )


def contrast(
    estimates: Floats, covariance: Floats, i: int, j: int, *, df: int, level: float, names: tuple[int, int]
) -> Difference:
    """Estimate i minus estimate j, with the covariance of the two; `names` are the domains' own numbers."""
    found = float(estimates[i] - estimates[j])
    variance = float(covariance[i, i] + covariance[j, j] - 2 * covariance[i, j])
    if df < 1 or not isfinite(variance):
        return Difference(*names, found, None, df, None, None, None)
    error = sqrt(max(variance, 0.0))
    if error == 0:  # a person a group, or groups that do not vary: no test and no limits
        return Difference(*names, found, error, df, None, None, None)
    low, high, _ = intervals.student(found, error, df, level)
    return Difference(*names, found, error, df, low, high, t_two_sided(found / error, df))


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down correction of one family of tests; None is no test and not counted (R: p.adjust)."""
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    highest = 0.0
    for step, (p, place) in enumerate(tested):
        highest = min(1.0, max(highest, p * (len(tested) - step)))
        adjusted[place] = highest
    return tuple(adjusted)
