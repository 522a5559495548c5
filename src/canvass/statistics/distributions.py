"""Quantiles and tails of t, F and beta.

scipy is loaded at the first call, so that importing the room stays quick.
"""

from functools import lru_cache

import numpy as np

from canvass.statistics.arrays import Floats


@lru_cache(maxsize=1024)
def t_quantile(probability: float, df: float) -> float:
    """Quantile of Student's t (R: qt)."""
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def t_two_sided(statistics: Floats, df: float) -> Floats:
    """P(|T| >= |statistic|) of each (R: 2 * pt(-abs(t), df))."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(df, -np.abs(statistics)))


def t_power(noncentrality: float, df: float, level: float) -> float:
    """The chance that a two-sided t test at `level` finds an effect so many standard errors from 0.

    R: power.t.test(strict = TRUE).
    """
    from scipy.special import nctdtr

    edge = t_quantile((1 + level) / 2, df)
    return float(1 - nctdtr(df, noncentrality, edge) + nctdtr(df, noncentrality, -edge))


def f_upper_tail(statistic: float, df1: float, df2: float) -> float:
    """P(F >= statistic), degrees of freedom may be fractions (R: pf(lower.tail = FALSE))."""
    from scipy.special import fdtrc

    return float(fdtrc(df1, df2, statistic))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Quantile of the beta distribution (R: qbeta)."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))
