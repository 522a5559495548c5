"""Intervals for shares and means, each named for what it is."""

from math import exp, log, sqrt
from typing import Any, NamedTuple

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers, listed
from canvass.statistics.distributions import beta_quantiles, t_quantile, t_quantiles

EDGE_COUNT = 10  # people on either side below which the logit interval is left for Korn and Graubard's
EDGE_BASE = 30  # effective base below which it is, too


class Interval(NamedTuple):
    """Intervals of an estimate and the method's name."""

    low: float
    high: float
    name: str


def student(estimate: float, standard_error: float, df: float, level: float = 0.95) -> Interval:
    """estimate ± t·SE (R: confint(svymean(), df = df))."""
    reach = t_quantile((1 + level) / 2, df) * standard_error
    return Interval(estimate - reach, estimate + reach, "t")


class Intervals(NamedTuple):
    """Intervals of many estimates; None where no variance is known."""

    low: list[float | None]
    high: list[float | None]
    name: list[str | None]


def students(estimates: Floats, errors: Floats, df: int, has_limits: Booleans, level: float) -> Intervals:
    """`student` of many (m,), where there is one."""
    reach = t_quantile((1 + level) / 2, max(df, 1)) * errors
    names = ["t" if has else None for has in has_limits.tolist()]
    return Intervals(listed(estimates - reach, has_limits), listed(estimates + reach, has_limits), names)


def logit(share: float, standard_error: float, df: float, level: float = 0.95) -> Interval:
    """Symmetric on the log odds, with t (R: svyciprop(method = "logit")).

    Raises ValueError unless the share lies strictly within 0..1.
    """
    if not 0 < share < 1:
        raise ValueError("A logit interval is for a share between 0 and 1; at the ends use korn_graubard.")
    centre = log(share / (1 - share))
    reach = t_quantile((1 + level) / 2, df) * standard_error / (share * (1 - share))
    return Interval(_expit(centre - reach), _expit(centre + reach), "logit")


def _expit(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))


def korn_graubard(share: float, effective: float, base: int, df: float, level: float = 0.95) -> Interval:
    """Clopper and Pearson's limits on an effective base (R: svyciprop(method = "beta")).

    effective: share·(1-share)/SE², at 0 and 1 Kish's (Σw)²/Σw²; not capped at the base, unlike NCHS's rule.
    df:        degrees of freedom of the domain itself; the effective base is scaled by (t on base-1 / t on
               df)².
    Source: Korn and Graubard (1998), Survey Methodology 24(2), 193-201.
    """
    one, worth, people, own_df = np.array([[share], [effective], [base], [df]], dtype=float)
    low, high = _korn_graubard(one, worth, people, own_df, level)
    return Interval(float(low[0]), float(high[0]), "korn-graubard")


def _korn_graubard(
    share: Floats, effective: Floats, base: Floats | Integers, df: Floats | Integers, level: float
) -> tuple[Floats, Floats]:
    """Lower and upper limits of many (m,)."""
    tail = (1 - level) / 2
    scaled = df != base - 1
    if scaled.any():
        ratio = t_quantiles(tail, base[scaled] - 1) / t_quantiles(tail, df[scaled])
        effective = effective.copy()
        effective[scaled] *= ratio**2
    hits, misses = effective * share, effective * (1 - share)
    some, short = hits > 0, misses > 0
    low, high = np.zeros(len(share)), np.ones(len(share))
    low[some] = beta_quantiles(tail, hits[some], misses[some] + 1)
    high[short] = beta_quantiles(1 - tail, hits[short] + 1, misses[short])
    return low, high


def wilson(share: float, effective: float, df: float, level: float = 0.95) -> Interval:
    """Wilson's score limits on the effective base share·(1-share)/SE², with t for z.

    Raises ValueError for no share or no base.
    """
    if not (0 <= share <= 1 and effective > 0):
        raise ValueError("A Wilson interval is for a share from 0 to 1 of an effective base above 0.")
    t = t_quantile((1 + level) / 2, df)
    shrink = 1 + t**2 / effective
    centre = (share + t**2 / (2 * effective)) / shrink
    reach = t / shrink * sqrt(share * (1 - share) / effective + t**2 / (4 * effective**2))
    # At the ends the limit is the end, up to rounding.
    return Interval(max(centre - reach, 0.0), min(centre + reach, 1.0), "wilson")


def for_shares(
    shares: Floats,
    errors: Floats,
    *,
    base: Integers,
    effective_base: Floats,
    df: int,
    own_df: Integers,
    level: float,
) -> Intervals:
    """The house's choice for each share (m,): logit, or Korn and Graubard's at the edges.

    At the edges: fewer than 10 people on either side (base·share or base·(1-share)), an effective base
    under 30, and always at 0 and 1. A census (SE 0 within 0..1) has its limits at the share.
    """
    certain = (shares == 0) | (shares == 1)
    within = ~certain & (own_df >= 1) & (df >= 1) & np.isfinite(errors)
    edge = within & (errors > 0) & _at_edge(shares, base, effective_base)
    centred = within & ~edge
    low, high = _logits(np.where(centred, shares, 0.5), np.where(centred, errors, 0.0), df, level)
    if centred.all():
        return Intervals(low.tolist(), high.tolist(), ["logit"] * len(shares))
    exact = edge | certain & ((own_df >= 1) | (own_df == base - 1))
    if exact.any():
        place = np.flatnonzero(exact)
        share, kish = shares[place], effective_base[place]
        variance = np.where(certain[place], 1.0, errors[place] ** 2)
        effective = np.where(certain[place], kish, share * (1 - share) / variance)
        low[place], high[place] = _korn_graubard(share, effective, base[place], own_df[place], level)
    has_limits = centred | exact
    names = np.where(exact, "korn-graubard", "logit").tolist()
    if not has_limits.all():
        names = [name if has else None for name, has in zip(names, has_limits.tolist(), strict=True)]
    return Intervals(listed(low, has_limits), listed(high, has_limits), names)


def _logits(shares: Floats, errors: Floats, df: int, level: float) -> tuple[Floats, Floats]:
    """`logit` of many, all strictly within 0..1; where there is no error, the share itself."""
    from scipy.special import expit

    reach = t_quantile((1 + level) / 2, max(df, 1)) * errors / (shares * (1 - shares))
    centre = np.log(shares / (1 - shares))
    census = errors == 0
    ends = expit(centre - reach), expit(centre + reach)
    low, high = (np.where(census, shares, end) for end in ends)
    return low, high


def _at_edge(share: Any, base: Any, effective_base: Any) -> Any:
    """Whether a share, or which of an array of them, has Korn and Graubard's interval."""
    few = (base * share < EDGE_COUNT) | (base * (1 - share) < EDGE_COUNT)
    return few | (effective_base < EDGE_BASE)
