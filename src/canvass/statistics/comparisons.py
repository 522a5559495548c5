"""Groups compared: differences of domains with their covariance, and Holm's correction."""

from collections.abc import Sequence
from itertools import batched, combinations
from typing import NamedTuple

import numpy as np

from canvass.statistics.arrays import Booleans, Floats
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import t_quantile, t_two_sided
from canvass.statistics.estimates import linearised


class Difference(NamedTuple):
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
    return pairwise_each(cube, np.asarray(values, dtype=float)[None], domains=domains, level=level)[0]


def pairwise_each(
    cube: Cube, values: Floats | Booleans, *, domains: Sequence[Booleans] | None = None, level: float = 0.95
) -> tuple[tuple[Difference, ...], ...]:
    """`pairwise` for each row of values (m, K), in one pass where they have one base."""
    rows = np.asarray(values, dtype=float)
    if len(rows) > 1 and not np.isfinite(rows).all():
        return tuple(pairwise(cube, row, domains=domains, level=level) for row in rows)
    masks = [cube.group(index) for index in range(cube.groups)] if domains is None else list(domains)
    numeric = cube.spread(np.isfinite(rows).all(axis=0))[0].astype(bool)
    y = cube.spread(np.where(np.isfinite(rows), rows, 0.0))
    filled = [index for index, mask in enumerate(masks) if cube.people(mask & numeric)]
    if len(filled) < 2:
        return tuple(() for _ in rows)
    parts = [linearised(cube, y, masks[index] & numeric) for index in filled]
    spread = cube.covariance(np.concatenate([scores for _, scores in parts]))
    ratios = np.concatenate([ratio for ratio, _ in parts])
    pairs = list(combinations(range(len(filled)), 2))
    names = [(filled[i], filled[j]) for i, j in pairs]
    places = [(i * len(rows) + row, j * len(rows) + row) for row in range(len(rows)) for i, j in pairs]
    df = cube.degrees(numeric)
    return tuple(batched(_contrasts(ratios, spread, places, names * len(rows), df, level), len(pairs)))


def contrast(
    estimates: Floats, covariance: Floats, i: int, j: int, *, df: int, level: float, names: tuple[int, int]
) -> Difference:
    """Estimate i minus estimate j, with the covariance of the two; `names` are the domains' own numbers."""
    return _contrasts(estimates, covariance, [(i, j)], [names], df, level)[0]


def _contrasts(
    estimates: Floats,
    covariance: Floats,
    pairs: Sequence[tuple[int, int]],
    names: Sequence[tuple[int, int]],
    df: int,
    level: float,
) -> tuple[Difference, ...]:
    first, second = np.array(pairs).T
    found = estimates[first] - estimates[second]
    own = np.diag(covariance)
    variance = own[first] + own[second] - 2 * covariance[first, second]
    if df < 1 or not np.isfinite(variance).all():
        return tuple(
            Difference(a, b, float(one), None, df, None, None, None)
            for (a, b), one in zip(names, found, strict=True)
        )
    errors = np.sqrt(np.maximum(variance, 0.0))
    ps = t_two_sided(found / np.where(errors > 0, errors, 1.0), df)
    reach = t_quantile((1 + level) / 2, df) * errors
    columns = (found, errors, found - reach, found + reach, ps)
    facts = zip(names, *(column.tolist() for column in columns), strict=True)
    return tuple(
        # No error: a person a group, or groups that do not vary. No test and no limits.
        Difference(a, b, one, error, df, *((low, high, p) if error else (None, None, None)))
        for (a, b), one, error, low, high, p in facts
    )


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down correction of one family of tests; None is no test and not counted (R: p.adjust)."""
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    highest = 0.0
    for step, (p, place) in enumerate(tested):
        highest = min(1.0, max(highest, p * (len(tested) - step)))
        adjusted[place] = highest
    return tuple(adjusted)
