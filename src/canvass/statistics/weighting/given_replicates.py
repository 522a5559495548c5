"""Replicate weights that came with a file: half-samples, bootstrap, or a jackknife made elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from canvass.statistics.arrays import Floats, numbers
from canvass.statistics.design import DesignError

SAME = 1e-5  # of the largest singular value: below it replicates are sums of others, written with few digits


@dataclass(frozen=True, slots=True, eq=False)
class GivenReplicates:
    """Replicate weights as they were given. Made by `given_replicates`."""

    base: Floats  # (rows,)
    weights: Floats  # (rows, R)
    scales: Floats  # (R,) what a replicate's square counts
    df: int

    def full(self) -> Floats:
        """(rows,) the weights with nobody left out."""
        return self.base

    def __iter__(self) -> Iterator[Floats]:
        """(rows,) weights of each replicate."""
        return iter(self.weights.T)


def given_replicates(
    weight: ArrayLike, replicates: ArrayLike, *, scales: ArrayLike, df: int | None = None
) -> GivenReplicates:
    """Replicate weights for `replicated`.

    weight:     (rows,) the full weights.
    replicates: (rows, R) the whole weights of each replicate (not factors of the full ones); 0 for who is
                left out.
    scales:     what the square of a replicate's distance counts, one number or (R,): 1/R for balanced
                half-samples, 1/(R·(1-ρ)²) for Fay's, 1/(R-1) for a bootstrap, (R-1)/R for a jackknife of
                units (JK1), (n-1)/n of its stratum for one in strata (JKn).
    df:         degrees of freedom; the rank of the replicates less 1 by default.

    Raises DesignError for what cannot be used.
    Source: Wolter (2007), Introduction to Variance Estimation; R's survey::svrepdesign(combined.weights =
    TRUE) and degf.
    """
    try:
        base, weights, each = (
            numbers(given, f"The {name}")
            for given, name in ((weight, "weights"), (replicates, "replicates"), (scales, "scales"))
        )
    except ValueError as error:
        raise DesignError(str(error)) from error
    if weights.ndim != 2 or base.shape != weights.shape[:1] or weights.shape[1] < 2:
        raise DesignError("Replicate weights have a row a person, as the weights, and two columns or more.")
    if each.shape not in ((), weights.shape[1:]):
        raise DesignError(
            f"There are {weights.shape[1]} replicates and {each.size} scales; give one for each."
        )
    if not ((base > 0).all() and (weights >= 0).all() and (weights < np.inf).all() and (each > 0).all()):
        raise DesignError(
            "Weights and scales are positive, and replicates 0 or more; mend or leave out others."
        )
    rank = int(np.linalg.matrix_rank(weights, rtol=SAME))
    return GivenReplicates(
        base, weights, np.broadcast_to(each, weights.shape[1:]), rank - 1 if df is None else df
    )
