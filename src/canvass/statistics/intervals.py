"""Intervals for shares and means, each named for what it is."""

from math import exp, inf, isfinite, log, sqrt
from typing import Any, NamedTuple

import numpy as np

from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.distributions import beta_quantile, t_quantile

EDGE_COUNT = 10  # people on either side below which the logit interval is left for Korn and Graubard's
EDGE_BASE = 30  # effective base below which it is, too


class Interval(NamedTuple):
    """Limits of an estimate and the method's name."""

    low: float
    high: float
    name: str


UNKNOWN = (None, None, None)  # in the place of an interval where no variance is known


def student(estimate: float, standard_error: float, df: float, level: float = 0.95) -> Interval:
    """estimate ± t·SE (R: confint(svymean(), df = df))."""
    reach = t_quantile((1 + level) / 2, df) * standard_error
    return Interval(estimate - reach, estimate + reach, "t")


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
    tail = (1 - level) / 2
    if df != base - 1:
        effective *= (t_quantile(tail, base - 1) / t_quantile(tail, df)) ** 2
    hits, misses = effective * share, effective * (1 - share)
    low = beta_quantile(tail, hits, misses + 1) if hits > 0 else 0.0
    high = beta_quantile(1 - tail, hits + 1, misses) if misses > 0 else 1.0
    return Interval(low, high, "korn-graubard")


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


def for_share(
    share: float,
    standard_error: float,
    *,
    base: int,
    effective_base: float,
    df: int,
    own_df: int,
    level: float,
) -> Interval | None:
    """The house's choice: logit, or Korn and Graubard's at the edges; None where no variance is known.

    At the edges: fewer than 10 people on either side (base·share or base·(1-share)), an effective base
    under 30, and always at 0 and 1. A census (SE 0 within 0..1) has its limits at the share.
    """
    if share in (0.0, 1.0):
        known = own_df >= 1 or own_df == base - 1
        return korn_graubard(share, effective_base, base, own_df, level) if known else None
    if own_df < 1 or df < 1 or not isfinite(standard_error):
        return None
    if standard_error == 0:
        return Interval(share, share, "logit")
    if _at_edge(share, base, effective_base):
        effective = share * (1 - share) / standard_error**2
        return korn_graubard(share, effective, base, own_df, level) if effective < inf else None
    return logit(share, standard_error, df, level)


def for_shares(
    shares: Floats,
    errors: Floats,
    *,
    base: Integers,
    effective_base: Floats,
    df: int,
    own_df: Integers,
    level: float,
) -> list[Interval | None]:
    """`for_share` of many shares (m,) at once; the other arrays are (m,), too."""
    from scipy.special import expit

    plain = (errors > 0) & (own_df >= 1) & (df >= 1) & ~_at_edge(shares, base, effective_base)
    p = np.where(plain, shares, 0.5)
    reach = t_quantile((1 + level) / 2, max(df, 1)) * np.where(plain, errors, 0.0) / (p * (1 - p))
    centre = np.log(p / (1 - p))
    limits = zip(*(expit(end).tolist() for end in (centre - reach, centre + reach)), strict=True)
    found: list[Interval | None] = [Interval(low, high, "logit") for low, high in limits]
    for place in np.flatnonzero(~plain).tolist():
        found[place] = for_share(
            float(shares[place]),
            float(errors[place]),
            base=int(base[place]),
            effective_base=float(effective_base[place]),
            df=df,
            own_df=int(own_df[place]),
            level=level,
        )
    return found


def _at_edge(share: Any, base: Any, effective_base: Any) -> Any:
    """Whether a share, or which of an array of them, has Korn and Graubard's interval."""
    few = (base * share < EDGE_COUNT) | (base * (1 - share) < EDGE_COUNT)
    return few | (effective_base < EDGE_BASE)
