"""Answers added together: nets, top boxes, net scores and the official bands of personal well-being.

All of them are rows over the cells of a cube, so that `shares`, `mean`, `pairwise` and the waves take them
like any option: a person who gave two of the answers counts once, and the covariance comes by itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from canvass.statistics.arrays import Booleans, Floats


class Band(NamedTuple):
    """Points of a 0-10 scale that are reported together."""

    name: str
    low: int
    high: int


# ONS reports means and these bands of its four questions, never one index of them. Source: Office for
# National Statistics, Personal well-being in the UK: Quality and Methodology Information.
WELL_BEING = (Band("low", 0, 4), Band("medium", 5, 6), Band("high", 7, 8), Band("very high", 9, 10))
ANXIETY = (Band("very low", 0, 1), Band("low", 2, 3), Band("medium", 4, 5), Band("high", 6, 10))


def net(chosen: Booleans, options: Sequence[int]) -> Booleans:
    """(K,) the answer includes at least one of these options; chosen: (options, K)."""
    return np.asarray(chosen[list(options)].any(axis=0))


def top_box(points: Floats, at_least: float) -> Booleans:
    """(K,) this point of the scale or a higher one; points: (K,), NaN is in no box."""
    return np.asarray(points >= at_least)


def bottom_box(points: Floats, at_most: float) -> Booleans:
    """(K,) this point of the scale or a lower one; points: (K,), NaN is in no box."""
    return np.asarray(points <= at_most)


def bands(points: Floats, of: Sequence[Band] = WELL_BEING) -> Booleans:
    """(bands, K) which cells lie in each band; points: (K,), NaN in none."""
    return np.stack([(points >= band.low) & (points <= band.high) for band in of])


def net_score_values(positive: Booleans, negative: Booleans, base: Booleans | None = None) -> Floats:
    """(K,) +100, -100 or 0, whose mean is the share of one side minus that of the other, in points.

    base: (K,) cells that count; NaN elsewhere. All by default.
    """
    scored = 100.0 * positive - 100.0 * negative
    return scored if base is None else np.where(base, scored, np.nan)


def net_promoter_values(points: Floats) -> Floats:
    """(K,) +100, 0 or -100 for points of a 0-10 scale: 9-10 promoters, 7-8 passive, 0-6 detractors.

    NaN stays NaN.
    """
    scored = np.select([points >= 9, points >= 7], [100.0, 0.0], -100.0)
    return np.where(np.isfinite(points), scored, np.nan)
