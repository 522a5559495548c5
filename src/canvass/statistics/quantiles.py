"""Medians and other quantiles."""

from math import isfinite

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, numeric
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import t_quantile
from canvass.statistics.estimates import Estimate, linearised

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
    if not 0 <= q <= 1:
        raise ValueError(f"A quantile is a part from 0 to 1, not {q:g}; 0.5 is the median.")
    values = np.asarray(values, dtype=np.float64)
    known = cube.spread(numeric(values))[0].astype(bool)
    within = cube.within(domain) & known
    df, base = cube.degrees(known), cube.people(within)
    if base == 0:
        return Estimate(None, None, max(df, 0), None, None, None, None, 0, 0, 0.0)
    steps = _Steps(cube, values, within)
    found = steps.at(q)
    low, high, error = _woodruff(cube, values, within, steps, found, df, level)
    return Estimate(found, error, df, low, high, "woodruff", None, base, base, cube.effective(within))


class _Steps:
    """The weighted distribution function over the values that occur."""

    def __init__(self, cube: Cube, values: Floats, within: Booleans) -> None:
        weight = (cube.weight_flat * within).reshape(-1, cube.cells).sum(axis=0)
        occurring = np.flatnonzero(weight > 0)
        order = occurring[np.argsort(values[occurring], kind="stable")]
        self.values = values[order]
        self.cumulative = np.cumsum(weight[order]) / weight[order].sum()

    def at(self, q: float) -> float:
        place = int(np.searchsorted(self.cumulative, q - ROUNDING))
        return float(self.values[min(place, len(self.values) - 1)])


def _woodruff(
    cube: Cube, values: Floats, within: Booleans, steps: _Steps, found: float, df: int, level: float
) -> tuple[float | None, float | None, float | None]:
    """Lower limit, upper limit and standard error of a quantile."""
    below = cube.spread(np.where(np.isfinite(values), values <= found, False))
    ratios, scores = linearised(cube, below, within)
    variance = float(cube.variances(scores)[0])
    if df < 1 or cube.degrees(within) < 1 or not isfinite(variance):
        return None, None, None
    t = t_quantile((1 + level) / 2, df)
    reach = t * max(variance, 0.0) ** 0.5
    share = min(float(ratios[0]), 1.0)
    low = steps.at(share - reach) if share - reach >= -ROUNDING else None
    high = steps.at(share + reach) if share + reach <= 1 + ROUNDING else None
    return low, high, None if low is None or high is None else (high - low) / (2 * t)
