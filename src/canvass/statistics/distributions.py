"""Quantiles and tails of t, F and beta.

scipy is loaded at the first call, so that importing the room stays quick.
"""


def t_quantile(probability: float, df: float) -> float:
    """Quantile of Student's t (R: qt)."""
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def t_two_sided(statistic: float, df: float) -> float:
    """P(|T| >= |statistic|) (R: 2 * pt(-abs(t), df))."""
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(statistic)))


def f_upper_tail(statistic: float, df1: float, df2: float) -> float:
    """P(F >= statistic), degrees of freedom may be fractions (R: pf(lower.tail = FALSE))."""
    from scipy.special import fdtrc

    return float(fdtrc(df1, df2, statistic))


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Quantile of the beta distribution (R: qbeta)."""
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))
