"""Shares, means and totals from a cube, each with its linearised standard error."""

from itertools import batched, repeat
from typing import NamedTuple

import numpy as np

from canvass.statistics import intervals
from canvass.statistics.arrays import Booleans, Floats, Integers, listed, numeric, tuples
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
    (`intervals.for_shares`).
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
    people = ((domains * cube.people_flat) @ flat.T).ravel().astype(np.int64)
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
    found = _estimates(share, error, cube.df, limits, effect, people, base, worth)
    if not bases.all():
        found = [one if one.base else _empty(cube.df) for one in found]
    return list(batched(found, options)) if options else [()] * len(domains)


def _estimates(
    found: Floats,
    errors: Floats,
    df: int,
    limits: intervals.Intervals,
    effects: Floats,
    n: Integers,
    bases: Integers,
    worth: Floats,
) -> list[Estimate]:
    """Many at once; an error or a design effect that is not finite is not known."""
    counts = n.tolist(), bases.tolist(), worth.tolist()
    columns = (found.tolist(), listed(errors), repeat(df), *limits, listed(effects), *counts)
    return tuples(Estimate, *columns)


def mean(cube: Cube, values: Floats, *, domain: Booleans | None = None, level: float = 0.95) -> Estimate:
    """The mean of a number over a domain, with its t interval.

    values: (K,) the number that each cell stands for; NaN where it stands for none (not in the base).
    Source: R's survey::svymean.
    """
    within = cube.within(domain)
    return means_each(cube, values, within[None], level=level)[0]


def means_each(cube: Cube, values: Floats, domains: Booleans, *, level: float = 0.95) -> tuple[Estimate, ...]:
    """`mean` for each domain (D, J), computed together."""
    answered = cube.spread(numeric(values))[0] > 0
    within = domains & answered
    y = cube.spread(np.where(np.isfinite(values), values, 0.0))
    ratios, scores = linearised_each(cube, y, within)
    centre = ratios[:, 0]
    errors = _roots(cube.variances(scores[:, 0]), centre)
    bases, worth = cube.bases(within)
    df = cube.degrees(answered)
    has_limits = (cube.degrees_each(within) > 0) & np.isfinite(errors)
    limits = intervals.students(centre, errors, df, has_limits, level)
    weight = within @ cube.weight_flat
    spread = ((y - ratios) ** 2 * within) @ cube.weight_flat / np.where(weight > 0, weight, 1.0)
    varies = (bases > 1) & (spread > (ROUNDING * centre) ** 2)  # else all answered alike
    effects = errors**2 * (bases - 1) / np.where(varies, spread, np.nan)
    found = _estimates(centre, errors, df, limits, effects, bases, bases, worth)
    return tuple(one if one.base else _empty(cube.df) for one in found)


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
    people = ((cube.spread(counted) * within) @ cube.people_flat).astype(np.int64)
    found, errors = cube.totals(flat), _roots(cube.variances(flat))
    limits = intervals.students(found, errors, df, (df > 0) & np.isfinite(errors), level)
    base, worth = cube.bases(within[None].repeat(len(flat), axis=0))
    unknown = np.full(len(flat), np.nan)
    return tuple(_estimates(found, errors, df, limits, unknown, people, base, worth))


def covariance(cube: Cube, numerator: Floats | Booleans, *, domain: Booleans | None = None) -> Floats:
    """Covariance (m, m) of the shares, or means, of (m, K) numerators over one domain: the same people."""
    within = cube.within(domain)
    return cube.covariance(linearised(cube, cube.spread(numerator), within)[1])


def share_of_responses(cube: Cube, chosen: Booleans) -> Floats:
    """Of all ticks of a choose-all item, weighted, the part that went to each option: (options,)."""
    ticks = cube.totals(cube.spread(chosen))
    return np.asarray(ticks / ticks.sum())


def _roots(variances: Floats, estimates: Floats | float = 0.0) -> Floats:
    """The standard errors; one that is only rounding beside the estimate is none."""
    errors = np.sqrt(np.maximum(variances, 0.0))
    return np.where(errors < ROUNDING * np.abs(estimates), 0.0, errors)


def _empty(df: int) -> Estimate:
    return Estimate(None, None, max(df, 0), None, None, None, None, 0, 0, 0.0)
