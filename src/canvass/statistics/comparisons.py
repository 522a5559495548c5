"""Groups and options compared: differences of shares or means with their covariance."""

from collections.abc import Sequence
from itertools import batched, combinations, repeat
from typing import NamedTuple

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, listed, numeric, tuples
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import t_quantile, t_two_sided
from canvass.statistics.estimates import ROUNDING, linearised, linearised_each

REST = -1  # the b of a difference from everyone in the other groups


class Difference(NamedTuple):
    """Domain, or option, a minus b."""

    a: int
    b: int
    estimate: float
    standard_error: float | None
    df: int
    low: float | None
    high: float | None
    p: float | None  # two-sided, t; None, like the limits, where the standard error is 0 or unknown


class Contrast(NamedTuple):
    """A sum of estimates, each times a coefficient; None throughout where one of them does not exist."""

    estimate: float | None
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
    return pairwise_each(cube, np.asarray(values, dtype=float)[None], domains=domains, level=level)[0]


def pairwise_each(
    cube: Cube, values: Floats | Booleans, *, domains: Sequence[Booleans] | None = None, level: float = 0.95
) -> tuple[tuple[Difference, ...], ...]:
    """`pairwise` for each row of values (m, K), in one pass where they have one base."""
    rows = np.asarray(values, dtype=float)
    if len(rows) > 1 and not np.isfinite(rows).all():
        return tuple(pairwise(cube, row, domains=domains, level=level) for row in rows)
    known = _numeric(cube, rows)
    masks = _domains(cube, domains) & known
    filled = np.flatnonzero(masks @ cube.people_flat)
    pairs = list(combinations(range(len(filled)), 2))
    names = list(combinations(filled.tolist(), 2))
    return _compared(cube, rows, known, masks[filled], pairs, names, level)


def against_rest(
    cube: Cube, values: Floats | Booleans, *, domains: Sequence[Booleans] | None = None, level: float = 0.95
) -> tuple[Difference, ...]:
    """Every group compared with the people of all other groups together, not with the total that holds it.

    Arguments as in `pairwise`. People in no group are in no rest: nobody knows that they belong elsewhere.
    An empty group, and one that is everybody, is compared with nothing. `b` is REST.

    Source: survey::svyby(~y, ~I(group == g), covmat = TRUE) and survey::svycontrast in R.
    """
    return against_rest_each(cube, np.asarray(values, dtype=float)[None], domains=domains, level=level)[0]


def against_rest_each(
    cube: Cube, values: Floats | Booleans, *, domains: Sequence[Booleans] | None = None, level: float = 0.95
) -> tuple[tuple[Difference, ...], ...]:
    """`against_rest` for each row of values (m, K), in one pass where they have one base."""
    rows = np.asarray(values, dtype=float)
    if len(rows) > 1 and not np.isfinite(rows).all():
        return tuple(against_rest(cube, row, domains=domains, level=level) for row in rows)
    known = _numeric(cube, rows)
    masks = _domains(cube, domains) & known
    rests = masks.any(axis=0) & ~masks
    compared = np.flatnonzero((masks @ cube.people_flat) * (rests @ cube.people_flat))
    sides = np.concatenate([masks[compared], rests[compared]])
    pairs = [(place, place + len(compared)) for place in range(len(compared))]
    names = [(group, REST) for group in compared.tolist()]
    return _compared(cube, rows, known, sides, pairs, names, level)


def between_options(
    cube: Cube, chosen: Floats | Booleans, *, domain: Booleans | None = None, level: float = 0.95
) -> tuple[Difference, ...]:
    """Every pair of options of one item compared: the same people answered both, so with their covariance.

    chosen: (options, K) True where the answer of a cell includes the option; or numbers, for means of one
            base.

    There is nothing to compare in an empty domain. Source: survey::svycontrast on one svymean in R.
    """
    within = cube.within(domain)
    if not cube.people(within):
        return ()
    ratios, scores = linearised(cube, cube.spread(chosen), within)
    pairs = list(combinations(range(len(ratios)), 2))
    return tuple(_differences(ratios, cube.covariance(scores), pairs, pairs, cube.df, level))


def contrast(
    estimates: Floats, covariance: Floats, coefficients: Floats, *, df: int, level: float = 0.95
) -> Contrast:
    """Σ coefficient · estimate with its standard error, t interval and test.

    estimates, coefficients: (m,); covariance: (m, m). An estimate whose coefficient is 0 may be NaN.

    Raises ValueError where every coefficient is 0.
    Source: R's survey::svycontrast.
    """
    used = np.flatnonzero(coefficients)
    if not len(used):
        raise ValueError("Nothing is compared: every coefficient is 0.")
    weights, spread = coefficients[used], covariance[np.ix_(used, used)]
    found = float(weights @ estimates[used])
    if not np.isfinite(found):
        return Contrast(None, None, df, None, None, None)
    variance = np.array([weights @ spread @ weights])
    nothing = _nothing(np.abs(estimates[used]).max(keepdims=True), (weights**2 @ np.diag(spread))[None])
    tested = _tested(np.array([found]), variance, nothing, df, level)
    (estimate,), (error,), (low,), (high,), (p,) = tested
    return Contrast(estimate, error, df, low, high, p)


def _domains(cube: Cube, domains: Sequence[Booleans] | None) -> Booleans:
    """(D, J) the domains to compare."""
    if domains is None:
        return cube.by_group
    masks = [cube.within(one) for one in domains]
    return np.array(masks, dtype=bool).reshape(len(masks), len(cube.everyone))


def _numeric(cube: Cube, rows: Floats) -> Booleans:
    """The flat cells that stand for a number in every row."""
    return np.asarray(cube.spread(numeric(rows).all(axis=0))[0], dtype=bool)


def _compared(
    cube: Cube,
    rows: Floats,
    known: Booleans,
    masks: Booleans,
    pairs: Sequence[tuple[int, int]],
    names: Sequence[tuple[int, int]],
    level: float,
) -> tuple[tuple[Difference, ...], ...]:
    """The pairs of domains (D, J) compared on each row; `names` are the domains' own numbers."""
    if not pairs:
        return tuple(() for _ in rows)
    y = cube.spread(np.where(np.isfinite(rows), rows, 0.0))
    found, scores = linearised_each(cube, y, masks)
    spread = cube.covariances(scores.swapaxes(0, 1))
    compared = _differences(found.T, spread, pairs, list(names) * len(rows), cube.degrees(known), level)
    return tuple(batched(compared, len(pairs)))


def _differences(
    estimates: Floats,
    covariance: Floats,
    pairs: Sequence[tuple[int, int]],
    names: Sequence[tuple[int, int]],
    df: int,
    level: float,
) -> list[Difference]:
    """The differences of pairs of estimates, under their names; in each row where there are several.

    estimates: (..., m); covariance: (..., m, m); names: one a pair, row by row.
    """
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    own, sizes = covariance.diagonal(axis1=-2, axis2=-1), np.abs(estimates)
    apart = own[..., first] + own[..., second]
    nothing = _nothing(np.maximum(sizes[..., first], sizes[..., second]), apart)
    variance = apart - 2 * covariance[..., first, second]
    found = estimates[..., first] - estimates[..., second]
    estimate, error, low, high, p = _tested(found.ravel(), variance.ravel(), nothing.ravel(), df, level)
    a, b = zip(*names, strict=True) if names else ((), ())
    return tuples(Difference, a, b, estimate, error, repeat(df), low, high, p)


def _nothing(largest: Floats, apart: Floats) -> Floats:
    """The variance that rounding alone can leave, beside the estimates and beside their own variances."""
    return np.maximum((ROUNDING * largest) ** 2, ROUNDING * apart)


type _Column = list[float | None]
type _Tested = tuple[list[float], _Column, _Column, _Column, _Column]


def _tested(found: Floats, variance: Floats, nothing: Floats, df: int, level: float) -> _Tested:
    """The estimates, their standard errors, lower and upper limits and p. A variance up to `nothing` is
    rounding.
    """
    if df < 1 or not np.isfinite(variance).all():
        unknown: _Column = [None] * len(found)
        return found.tolist(), unknown, unknown, unknown, unknown
    errors = np.sqrt(np.where(variance > nothing, variance, 0.0))
    # No error: a person a group, or groups that do not vary. No test and no limits.
    varies = errors > 0
    ps = t_two_sided(found / np.where(varies, errors, 1.0), df)
    reach = t_quantile((1 + level) / 2, df) * errors
    low, high = listed(found - reach, varies), listed(found + reach, varies)
    return found.tolist(), errors.tolist(), low, high, listed(ps, varies)
