"""Shares, means and totals from a cube, each with its linearised standard error."""

from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np

from canvass.statistics import intervals
from canvass.statistics.arrays import Booleans, Floats
from canvass.statistics.cube import Cube

ROUNDING = 1e-13  # an answer this near to the mean, relative to it, is the mean: all answered alike


class Estimate(NamedTuple):
    """One number with its uncertainty; None where the data cannot give it (empty base, single person)."""

    estimate: float | None
    standard_error: float | None
    df: int  # units with an answer to the item minus strata, for groups too
    low: float | None
    high: float | None
    interval: str | None
    design_effect: float | None  # against a simple random sample of the same base, with replacement
    n: int  # people behind it: those who chose the option, else the base
    base: int
    effective_base: float


def linearised(cube: Cube, numerator: Floats, domain: Booleans) -> tuple[Floats, Floats]:
    """Ratios Σw·numerator/Σw over a domain, and their scores a flat cell: (m,) and (m, J).

    The covariance of the ratios is `cube.covariance(scores)`. The domain must not be empty.
    """
    weight = cube.weight(domain)
    ratios = cube.totals(numerator * domain) / weight  # divided last, so that whole numbers stay whole
    gaps = numerator - ratios[:, None]
    gaps[np.abs(gaps) < ROUNDING * np.abs(ratios)[:, None]] = 0.0
    return ratios, gaps * (domain / weight)


def shares(
    cube: Cube, chosen: Booleans, *, domain: Booleans | None = None, level: float = 0.95
) -> tuple[Estimate, ...]:
    """The share of a domain that chose each option.

    chosen: (options, K) True where the answer of a cell includes the option; options may overlap
            (choose-all).
    domain: mask over flat cells (`cube.group(i)`, `cube.everyone`); all by default.

    Logit interval with t on the item's degrees of freedom, Korn and Graubard's at the edges
    (`intervals.for_share`).
    Source: R's survey::svyciprop.
    """
    within = cube.everyone if domain is None else domain
    flat = cube.spread(chosen)
    people = flat @ (within * cube.people_flat)
    base = cube.people(within)
    if base == 0:
        return tuple(_empty(cube) for _ in flat)
    ratios, scores = linearised(cube, flat, within)
    variances = cube.variances(scores)
    own_df = cube.df if domain is None else cube.degrees(within)
    facts = (base, cube.effective(within), cube.df, own_df, level)
    return tuple(
        _share(ratio, variance, int(n), *facts)
        for ratio, variance, n in zip(ratios.tolist(), variances.tolist(), people.tolist(), strict=True)
    )


def _share(
    ratio: float, variance: float, n: int, base: int, effective: float, df: int, own_df: int, level: float
) -> Estimate:
    # Whether nobody or everybody chose it is asked of the people: weighted shares can sum to 0.9999999.
    share = float(n == base) if n in (0, base) else float(ratio)
    error = _root(variance) if n not in (0, base) or not isfinite(variance) else 0.0
    interval = intervals.for_share(
        share, error, base=base, effective_base=effective, df=df, own_df=own_df, level=level
    )
    effect = error**2 * (base - 1) / (share * (1 - share)) if 0 < share < 1 and isfinite(error) else None
    return _estimate(share, error, df, interval, effect, n, base, effective)


def mean(cube: Cube, values: Floats, *, domain: Booleans | None = None, level: float = 0.95) -> Estimate:
    """The mean of a number over a domain, with its t interval.

    values: (K,) the number that each cell stands for; NaN where it stands for none (not in the base).
    Source: R's survey::svymean.
    """
    numeric = np.isfinite(values)
    within = (cube.everyone if domain is None else domain) & cube.spread(numeric)[0].astype(bool)
    base = cube.people(within)
    if base == 0:
        return _empty(cube)
    y = cube.spread(np.where(numeric, values, 0.0))
    ratios, scores = linearised(cube, y, within)
    error = _root(cube.variances(scores)[0])
    df = cube.degrees(cube.spread(numeric)[0].astype(bool))
    known = cube.degrees(within) > 0 and isfinite(error)
    interval = intervals.student(float(ratios[0]), error, df, level) if known else None
    effect = _mean_effect(cube, y, within, float(ratios[0]), error)
    return _estimate(float(ratios[0]), error, df, interval, effect, base, base, cube.effective(within))


def _mean_effect(cube: Cube, y: Floats, within: Booleans, centre: float, error: float) -> float | None:
    base = cube.people(within)
    spread = float(cube.totals((y - centre) ** 2 * within)[0]) / cube.weight(within)
    if base < 2 or spread <= 0 or not isfinite(error):
        return None
    return error**2 * (base - 1) / spread


def totals(cube: Cube, chosen: Booleans, *, level: float = 0.95) -> tuple[Estimate, ...]:
    """Weighted numbers of people, with t intervals (R: survey::svytotal)."""
    flat = cube.spread(chosen)
    df = cube.df
    people = flat @ cube.people_flat
    base, effective = cube.people(cube.everyone), cube.effective(cube.everyone)
    found = []
    for total, variance, n in zip(cube.totals(flat), cube.variances(flat), people, strict=True):
        error = _root(variance)
        interval = intervals.student(float(total), error, df, level) if df > 0 and isfinite(error) else None
        found.append(_estimate(float(total), error, df, interval, None, int(n), base, effective))
    return tuple(found)


def covariance(cube: Cube, numerator: Floats | Booleans, *, domain: Booleans | None = None) -> Floats:
    """Covariance (m, m) of the shares, or means, of (m, K) numerators over one domain: the same people."""
    within = cube.everyone if domain is None else domain
    return cube.covariance(linearised(cube, cube.spread(numerator), within)[1])


def share_of_responses(cube: Cube, chosen: Booleans) -> Floats:
    """Of all ticks of a choose-all item, weighted, the part that went to each option: (options,)."""
    ticks = cube.totals(cube.spread(chosen))
    return np.asarray(ticks / ticks.sum())


def _root(variance: float) -> float:
    """A variance that rounding has put a hair below zero is zero."""
    return sqrt(max(float(variance), 0.0)) if isfinite(variance) else float("nan")


def _estimate(
    value: float,
    error: float,
    df: int,
    interval: intervals.Interval | None,
    effect: float | None,
    n: int,
    base: int,
    effective: float,
) -> Estimate:
    known = error if isfinite(error) else None
    low, high, name = interval if interval is not None else (None, None, None)
    return Estimate(value, known, df, low, high, name, effect, n, base, effective)


def _empty(cube: Cube) -> Estimate:
    return Estimate(None, None, max(cube.df, 0), None, None, None, None, 0, 0, 0.0)
