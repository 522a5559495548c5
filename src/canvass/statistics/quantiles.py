"""Medians and other quantiles."""

from math import nan

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, numeric
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import t_quantile
from canvass.statistics.estimates import Estimate

ROUNDING = 1e-12  # a cumulative share this little under q counts as q, and one over 1 as 1: 0.1 + 0.2 is 0.3


def quantile(
    cube: Cube, values: Floats, q: float, *, domain: Booleans | None = None, level: float = 0.95
) -> Estimate:
    """The smallest value that at least a share `q` of the domain does not exceed, with its Woodruff interval.

    values: (K,) the number that each cell stands for; NaN where it stands for none (not in the base).

    The t interval of the share at or below the quantile is carried back to values; a limit that falls
    outside 0..1 does not exist and is None. The standard error is the interval's width over two t.
    Raises ValueError for a `q` outside 0..1.
    Source: Woodruff (1952); R's survey::svyquantile(qrule = "math", interval.type = "mean").
    """
    within = cube.within(domain)
    return quantiles_each(cube, values, q, within[None], level=level)[0]


def quantiles_each(
    cube: Cube, values: Floats, q: float, domains: Booleans, *, level: float = 0.95
) -> tuple[Estimate, ...]:
    """`quantile` for each domain (D, J), computed together."""
    if not 0 <= q <= 1:
        raise ValueError(f"A quantile is a part from 0 to 1, not {q:g}; 0.5 is the median.")
    values = np.asarray(values, dtype=np.float64)
    known = cube.spread(numeric(values))[0] > 0
    within = domains & known
    df, (bases, worth) = cube.degrees(known), cube.bases(within)
    weighted = within * cube.weight_flat
    by_value = weighted.reshape(len(domains), *cube.n.shape[1:]).sum(axis=1)
    steps = [_Steps(values, weight) for weight in by_value]
    found = np.array([one.at(q) for one in steps])
    below = cube.spread(values <= found[:, None])
    share, variance = _shares(cube, below, within, weighted)
    has_limits = (df >= 1) & (cube.degrees_each(within) >= 1) & np.isfinite(variance)
    reach = t_quantile((1 + level) / 2, max(df, 1)) * np.sqrt(np.maximum(variance, 0.0))
    columns = (found, share, reach, has_limits, bases, worth)
    rows = zip(steps, *(column.tolist() for column in columns), strict=True)
    return tuple(_estimate(*row, df=df, level=level) for row in rows)


def _shares(cube: Cube, below: Floats, within: Booleans, weighted: Floats) -> tuple[Floats, Floats]:
    """The share of each domain that is in a part (D, J) of it, and the variance of that: (D,)."""
    weight = weighted.sum(axis=1)
    divisor = np.where(weight > 0, weight, 1.0)
    share = np.minimum((below * weighted).sum(axis=1) / divisor, 1.0)
    scores = (below - share[:, None]) * (within / divisor[:, None])
    return share, cube.variances(scores)


class _Steps:
    """The weighted distribution function over the values that occur."""

    def __init__(self, values: Floats, weight: Floats) -> None:
        occurring = np.flatnonzero(weight > 0)
        order = occurring[np.argsort(values[occurring], kind="stable")]
        self.values = values[order]
        self.cumulative = np.cumsum(weight[order]) / weight[order].sum()

    def at(self, q: float) -> float:
        """The value; NaN where there is none."""
        if not len(self.values):
            return nan
        place = int(np.searchsorted(self.cumulative, q - ROUNDING))
        return float(self.values[min(place, len(self.values) - 1)])


def _estimate(
    steps: _Steps,
    found: float,
    share: float,
    reach: float,
    has_limits: bool,
    base: int,
    worth: float,
    *,
    df: int,
    level: float,
) -> Estimate:
    """With the limits of the share at or below it carried back to values."""
    if not base:
        return Estimate(None, None, max(df, 0), None, None, None, None, 0, 0, 0.0)
    low = steps.at(share - reach) if has_limits and share - reach >= -ROUNDING else None
    high = steps.at(share + reach) if has_limits and share + reach <= 1 + ROUNDING else None
    error = None
    if low is not None and high is not None:
        error = (high - low) / (2 * t_quantile((1 + level) / 2, df))
    return Estimate(found, error, df, low, high, "woodruff", None, base, base, worth)
