"""Shares, means and totals from a cube, each with its linearised standard error."""

from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np

from canvass.statistics import intervals
from canvass.statistics.arrays import Booleans, Floats, numeric
from canvass.statistics.cube import Cube

ROUNDING = 1e-13  # an error this small beside the number itself is rounding: all answered alike
AT_ONCE = 4_000_000  # scores held in memory together: 32 MB


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
    ratios, scores = linearised_each(cube, numerator, domain[None])
    return ratios[0], scores[0]


def linearised_each(cube: Cube, numerator: Floats, domains: Booleans) -> tuple[Floats, Floats]:
    """`linearised` for each domain (D, J): (D, m) and (D, m, J); zeros for one that is empty."""
    weight = domains @ cube.weight_flat
    divisor = np.where(weight > 0, weight, 1.0)[:, None]
    # Divided last, so that whole numbers stay whole.
    ratios = (domains * cube.weight_flat) @ numerator.T / divisor
    return ratios, (numerator - ratios[:, :, None]) * (domains / divisor)[:, None, :]


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
    within = cube.within(domain)
    (found,) = shares_each(cube, chosen, within[None], level=level)
    return found


def shares_each(
    cube: Cube, chosen: Booleans, domains: Booleans, *, level: float = 0.95
) -> tuple[tuple[Estimate, ...], ...]:
    """`shares` for each domain (D, J), computed together."""
    flat = cube.spread(chosen)
    size = max(1, AT_ONCE // max(flat.size, 1))
    parts = (domains[start : start + size] for start in range(0, len(domains), size))
    return tuple(found for part in parts for found in _shares(cube, flat, part, level))


def _shares(cube: Cube, flat: Floats, domains: Booleans, level: float) -> list[tuple[Estimate, ...]]:
    """All shares of all domains in one row of numbers, domain by domain; then each with its interval."""
    options = len(flat)
    ratios, scores = linearised_each(cube, flat, domains)
    variances = cube.variances(scores.reshape(ratios.size, flat.shape[1]))
    people = ((domains * cube.people_flat) @ flat.T).ravel()
    bases, effective = cube.bases(domains)
    base, worth = bases.repeat(options), effective.repeat(options)
    # Whether nobody or everybody chose it is asked of the people: weighted shares can sum to 0.9999999.
    certain = (people == 0) | (people == base)
    share = np.where(certain, people > 0, ratios.ravel())
    error = np.sqrt(np.where(certain & np.isfinite(variances), 0.0, np.maximum(variances, 0.0)))
    simple = share * (1 - share) / np.maximum(base - 1, 1)  # the variance without design or weights
    effect = error**2 / np.where(simple > 0, simple, np.nan)
    own_df = cube.degrees_each(domains).repeat(options)
    limits = intervals.for_shares(
        share, error, base=base, effective_base=worth, df=cube.df, own_df=own_df, level=level
    )
    columns = (column.tolist() for column in (share, error, effect, people, base, worth))
    found = [_share(cube.df, *row) for row in zip(limits, *columns, strict=True)]
    return [tuple(found[place * options : (place + 1) * options]) for place in range(len(domains))]


def _share(
    df: int,
    limits: intervals.Interval | None,
    share: float,
    error: float,
    effect: float,
    n: float,
    base: int,
    worth: float,
) -> Estimate:
    if not base:
        return _empty(df)
    low, high, name = limits or intervals.UNKNOWN
    return Estimate(share, _known(error), df, low, high, name, _known(effect), int(n), base, worth)


def mean(cube: Cube, values: Floats, *, domain: Booleans | None = None, level: float = 0.95) -> Estimate:
    """The mean of a number over a domain, with its t interval.

    values: (K,) the number that each cell stands for; NaN where it stands for none (not in the base).
    Source: R's survey::svymean.
    """
    known = cube.spread(numeric(values))[0].astype(bool)
    within = cube.within(domain) & known
    base = cube.people(within)
    if base == 0:
        return _empty(cube.df)
    y = cube.spread(np.where(np.isfinite(values), values, 0.0))
    ratios, scores = linearised(cube, y, within)
    error = _root(cube.variances(scores)[0], float(ratios[0]))
    df = cube.degrees(known)
    varies = cube.degrees(within) > 0 and isfinite(error)
    interval = intervals.student(float(ratios[0]), error, df, level) if varies else None
    effect = _mean_effect(cube, y, within, float(ratios[0]), error)
    return _estimate(float(ratios[0]), error, df, interval, effect, base, base, cube.effective(within))


def _mean_effect(cube: Cube, y: Floats, within: Booleans, centre: float, error: float) -> float | None:
    base = cube.people(within)
    spread = float(cube.totals((y - centre) ** 2 * within)[0]) / cube.weight(within)
    if base < 2 or spread <= (ROUNDING * centre) ** 2 or not isfinite(error):
        return None
    return error**2 * (base - 1) / spread


def totals(
    cube: Cube, values: Floats | Booleans, *, domain: Booleans | None = None, level: float = 0.95
) -> tuple[Estimate, ...]:
    """Weighted numbers of people, or weighted sums of a number, over a domain, with t intervals.

    values: (m, K) or (K,) True where a cell's answer includes the option, or the number it stands for; NaN
            where it stands for none. Weights should add up to the population.

    Source: R's survey::svytotal.
    """
    known, within = numeric(values), cube.within(domain)
    flat = cube.spread(np.where(known, values, 0.0)) * within
    counted = known if np.asarray(values).dtype != bool else values
    df = cube.degrees(cube.spread(known).any(axis=0))
    people = (cube.spread(counted) * within) @ cube.people_flat
    base, effective = cube.people(within), cube.effective(within)
    found = []
    for total, variance, n in zip(cube.totals(flat), cube.variances(flat), people, strict=True):
        error = _root(variance)
        interval = intervals.student(float(total), error, df, level) if df > 0 and isfinite(error) else None
        found.append(_estimate(float(total), error, df, interval, None, int(n), base, effective))
    return tuple(found)


def covariance(cube: Cube, numerator: Floats | Booleans, *, domain: Booleans | None = None) -> Floats:
    """Covariance (m, m) of the shares, or means, of (m, K) numerators over one domain: the same people."""
    within = cube.within(domain)
    return cube.covariance(linearised(cube, cube.spread(numerator), within)[1])


def share_of_responses(cube: Cube, chosen: Booleans) -> Floats:
    """Of all ticks of a choose-all item, weighted, the part that went to each option: (options,)."""
    ticks = cube.totals(cube.spread(chosen))
    return np.asarray(ticks / ticks.sum())


def _root(variance: float, estimate: float = 0.0) -> float:
    """The standard error; one that is only rounding beside the estimate is none."""
    error = sqrt(max(float(variance), 0.0)) if isfinite(variance) else float("nan")
    return 0.0 if error < ROUNDING * abs(estimate) else error


def _known(number: float) -> float | None:
    return number if isfinite(number) else None


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
    low, high, name = interval or intervals.UNKNOWN
    return Estimate(value, _known(error), df, low, high, name, effect, n, base, effective)


def _empty(df: int) -> Estimate:
    return Estimate(None, None, max(df, 0), None, None, None, None, 0, 0, 0.0)
