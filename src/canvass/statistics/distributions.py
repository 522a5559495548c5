"""Quantiles and tails of t, F and beta.

scipy is loaded at the first call, so that importing the room stays quick.
"""

from functools import lru_cache

import numpy as np

from canvass.statistics.arrays import Floats, Integers

NODES = 200  # of the integral over an estimated standard error, to 12 digits
SPREADS = 14  # how many of its own spreads it is followed to either side


@lru_cache(maxsize=1024)
def t_quantile(probability: float, df: float) -> float:
    """Quantile of Student's t (R: qt). Raises ValueError where there is none."""
    _check(probability)
    if not df > 0:
        raise ValueError("An interval needs at least 1 degree of freedom; with fewer the error is unknown.")
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def t_quantiles(probability: float, df: Floats | Integers) -> Floats:
    """`t_quantile` of each of many degrees of freedom."""
    _check(probability)
    if not (df > 0).all():
        raise ValueError("An interval needs at least 1 degree of freedom; with fewer the error is unknown.")
    from scipy.special import stdtrit

    return np.asarray(stdtrit(df, probability))


def t_two_sided(statistics: Floats, df: float) -> Floats:
    """P(|T| >= |statistic|) of each (R: 2 * pt(-abs(t), df))."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(df, -np.abs(statistics)))


def t_power(noncentrality: float, df: float, level: float) -> float:
    """The chance that a two-sided t test at `level` finds an effect so many standard errors from 0.

    A noncentral t falls beyond the edge, averaged over the spread of the standard error that the test
    estimates (a chi over the root of its df). Agrees with R: power.t.test(strict = TRUE).
    """
    from scipy.special import ndtr

    edge = t_quantile((1 + level) / 2, df)
    x, weight = _errors(df)
    return float(weight @ (ndtr(noncentrality - edge * x) + ndtr(-noncentrality - edge * x)))


@lru_cache(maxsize=64)
def _errors(df: float) -> tuple[Floats, Floats]:
    """Values of an estimated standard error, relative to the true one, and the chance of each."""
    nodes, weight = _gauss_legendre()
    reach = SPREADS / (2 * df) ** 0.5
    low, high = max(0.0, 1 - reach), 1 + reach
    x = low + (high - low) * (nodes + 1) / 2
    log_density = (df - 1) * np.log(x) - df * (x**2 - 1) / 2
    chance = weight * np.exp(log_density - log_density.max())
    return x, chance / chance.sum()


@lru_cache(maxsize=1)
def _gauss_legendre() -> tuple[Floats, Floats]:
    return np.polynomial.legendre.leggauss(NODES)


def f_upper_tail(statistic: float, df1: float, df2: float) -> float:
    """P(F >= statistic), degrees of freedom may be fractions (R: pf(lower.tail = FALSE))."""
    from scipy.special import fdtrc

    return float(fdtrc(df1, df2, statistic))


def beta_quantiles(probability: float, a: Floats, b: Floats) -> Floats:
    """Quantiles of many beta distributions (R: qbeta). Raises ValueError where there is none."""
    _check(probability)
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, probability))


def _check(probability: float) -> None:
    """Tails come from levels: 1/2 from a level of 0."""
    if not 0 < probability < 1 or probability == 0.5:
        raise ValueError("The level of an interval lies between 0 and 1, such as 0.95.")
