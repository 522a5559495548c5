"""Jackknife replicates: every estimate again with each unit left out, for what has no formula of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from canvass.statistics.arrays import Floats, Integers, numbers, numeric
from canvass.statistics.comparisons import Contrast, contrast
from canvass.statistics.design import Design, DesignError
from canvass.statistics.weighting.given_replicates import GivenReplicates

type Reweight = Callable[[Floats], Floats]
type Statistic = Callable[[Floats], Floats | float]


@dataclass(frozen=True, slots=True, eq=False)
class Replicates:
    """A replicate for each unit (cluster, else row) that can be left out. Made by `jackknife`.

    Weights are made when they are asked for: all at once would be units × rows.
    """

    base: Floats  # (rows,)
    unit: Integers  # (rows,) the unit of each row, 0..C-1
    stratum: Integers  # (C,) of each unit
    units: Integers  # (S,)
    scales: Floats  # (C,) what a replicate's square counts; 0 where a stratum does not vary
    df: int
    reweight: Reweight | None

    def __len__(self) -> int:
        return int(np.count_nonzero(self.scales))

    def full(self) -> Floats:
        """(rows,) the weights with nobody left out."""
        return self.base if self.reweight is None else self.reweight(self.base)

    def __iter__(self) -> Iterator[Floats]:
        """(rows,) weights of each replicate: 0 for the unit left out, more for the rest of its stratum."""
        strata = self.stratum[self.unit]
        for left_out in np.flatnonzero(self.scales):
            stratum = self.stratum[left_out]
            count = float(self.units[stratum])
            weight = np.where(strata == stratum, self.base * (count / (count - 1)), self.base)
            weight[self.unit == left_out] = 0.0
            yield weight if self.reweight is None else self.reweight(weight)


@dataclass(frozen=True, slots=True, eq=False)
class Replicated:
    """Estimates with the covariance that their replicates show."""

    estimates: Floats  # (m,)
    covariance: Floats  # (m, m)
    df: int

    def each(self, *, level: float = 0.95) -> tuple[Contrast, ...]:
        """Each estimate with its standard error, t interval and test against 0."""
        return tuple(self.contrast(one, level=level) for one in np.eye(len(self.estimates)))

    def contrast(self, coefficients: Floats, *, level: float = 0.95) -> Contrast:
        """A sum of the estimates, each times its coefficient (m,), such as [1, -1]: a difference."""
        return contrast(self.estimates, self.covariance, coefficients, df=self.df, level=level)


def jackknife(design: Design, *, reweight: Reweight | None = None) -> Replicates:
    """Leave one unit out at a time: JK1, or JKn where the design has strata.

    design:   its weights are the base weights; its population corrects.
    reweight: from base weights (rows,), with zeros, to weights, done again in every replicate, such as
              `lambda base: raked_weights(base, margins)`.

    Raises DesignError where there is one unit only.
    Source: Wolter (2007), Introduction to Variance Estimation, ch. 4; R's survey::as.svrepdesign(type =
    "JK1" or "JKn").
    """
    unit = np.arange(design.rows) if design.cluster is None else design.cluster
    stratum = np.zeros(design.rows, dtype=np.int64) if design.stratum is None else design.stratum
    clusters = design.cluster_strata
    of_units = stratum if clusters is None else clusters
    left = np.ones(design.strata) if design.population is None else 1 - design.units / design.population
    if ((design.units == 1) & (left > 0)).any():
        raise DesignError("There is one unit only, so none can be left out; a jackknife needs two a stratum.")
    scales = left * (design.units - 1) / np.maximum(design.units, 1)
    base = np.ones(design.rows) if design.weight is None else design.weight
    return Replicates(base, unit, of_units, design.units, scales[of_units], design.df, reweight)


def replicated(
    replicates: Replicates | GivenReplicates, statistic: Statistic, *, around_estimate: bool = False
) -> Replicated:
    """Any numbers that follow from weights, with their covariance over the replicates.

    replicates:      of `jackknife` or `given_replicates`.
    statistic:       from weights (rows,) to one number or several (m,), such as `row_means(values)`.
    around_estimate: squares are of distances from the estimate (R: mse = TRUE), not from the replicates'
                     mean.

    Raises DesignError where a number does not exist with some unit left out.
    """
    estimates = np.atleast_1d(np.asarray(statistic(replicates.full()), dtype=float))
    rows = [np.atleast_1d(np.asarray(statistic(weight), dtype=float)) for weight in replicates]
    if not rows:
        return Replicated(estimates, np.zeros((len(estimates), len(estimates))), replicates.df)
    found = np.stack(rows)
    if not (np.isfinite(found).all() and np.isfinite(estimates).all()):
        raise DesignError(
            "An estimate does not exist once a unit is left out: a group has one unit only. Leave it out."
        )
    gaps = found - (estimates if around_estimate else found.mean(axis=0))
    scales = replicates.scales[replicates.scales > 0]
    return Replicated(estimates, (gaps * scales[:, None]).T @ gaps, replicates.df)


def row_means(values: ArrayLike, within: ArrayLike | None = None) -> Statistic:
    """The weighted means of columns (rows,) or (rows, m), as a statistic; of 0 and 1 they are shares.

    within: (rows,) the domain; NaN is out of the base of its column.

    Raises ValueError for text, an infinite number, or another number of rows.
    """
    columns = numbers(values, "The values")
    columns = columns[:, None] if columns.ndim == 1 else columns
    inside = np.ones(len(columns), dtype=bool) if within is None else np.asarray(within, dtype=bool)
    there = numeric(columns) & inside[:, None]
    filled = np.where(there, columns, 0.0)

    def means(weight: Floats) -> Floats:
        if len(weight) != len(columns):
            raise ValueError(f"There are {len(columns)} values for {len(weight)} rows; give one a row.")
        base = weight @ there
        return np.asarray((weight @ filled) / np.where(base > 0, base, np.nan))

    return means
