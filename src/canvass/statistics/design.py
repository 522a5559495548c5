"""The design: how the rows came to be here. Weights, strata, clusters and the population behind them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from canvass.statistics.arrays import Codes, Floats, Integers, codes_of, numbers
from canvass.statistics.weighting.residuals import Calibration

HEAVIEST = 1e50  # beyond it, and below one in it, squares of weights would leave the range of floats


class DesignError(ValueError):
    """The design cannot be used; the message is one sentence that says why and what to do.

    stratum: the code of the stratum where it is so, if it is one of them.
    """

    def __init__(self, message: str, stratum: int | None = None) -> None:
        super().__init__(message)
        self.stratum = stratum


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """All rows of a poll, those without an answer included. Made by `design`."""

    rows: int
    weight: Floats | None  # (rows,) positive; None where all count alike
    stratum: Integers | None  # (rows,) codes 0..S-1
    cluster: Integers | None  # (rows,) codes 0..C-1, each within one stratum
    units: Integers  # (S,) clusters, or rows where there are none, in each stratum
    population: Floats | None  # (S,) the same units in the population; None where it is taken as endless
    weight_squared: Floats | None = None  # (rows,), kept because every item needs it
    calibration: Calibration | None = None  # what the weights were fitted to; errors then are of residuals

    @property
    def strata(self) -> int:
        return len(self.units)

    @property
    def df(self) -> int:
        """Degrees of freedom of the full design: units minus strata."""
        return int(self.units.sum()) - self.strata

    @property
    def cluster_strata(self) -> Integers | None:
        """(C,) the stratum of each cluster; None where there are no clusters."""
        if self.cluster is None:
            return None
        strata = np.zeros(int(self.cluster.max()) + 1, dtype=np.int64)
        if self.stratum is not None:
            strata[self.cluster] = self.stratum
        return strata


def design(
    rows: int,
    *,
    weight: ArrayLike | None = None,
    stratum: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    population: ArrayLike | None = None,
) -> Design:
    """A design of `rows` people.

    weight:     (rows,) positive; only ratios matter, except to totals.
    stratum:    (rows,) labels or whole numbers.
    cluster:    (rows,) labels or whole numbers; a cluster lies within one stratum.
    population: units (clusters, else people) behind each stratum, one number or (S,) in the order of the
                strata's sorted labels; switches the finite population correction on.

    Arrays, lists and columns of a data frame are taken alike.

    Raises DesignError. Source: the with-replacement ultimate cluster estimator, R's survey::svydesign.
    """
    try:
        own = None if weight is None else numbers(weight, "The weights")
        strata = None if stratum is None else codes_of(stratum, "The strata")
        clusters = None if cluster is None else codes_of(cluster, "The clusters")
        behind = None if population is None else numbers(population, "The population")
    except ValueError as error:
        raise DesignError(str(error)) from error
    _check_shapes(rows, own, strata, clusters)
    units = _units(rows, strata, clusters)
    behind = None if behind is None else _behind(units, behind)
    _check_units(units, behind, stratified=strata is not None)
    squared = None if own is None else own**2
    return Design(rows, own, strata, clusters, units, behind, squared)


def _check_shapes(rows: int, weight: Floats | None, *codes: Codes | None) -> None:
    if not isinstance(rows, int | np.integer) or rows < 0:
        raise DesignError(f"A design has a whole number of rows, not {rows!r}; give the number of people.")
    for column in (weight, *codes):
        if column is not None and column.shape != (rows,):
            raise DesignError(f"A design column has {len(column)} values for {rows} rows; give one a row.")
    if weight is not None and not ((weight > 1 / HEAVIEST) & (weight < HEAVIEST)).all():
        raise DesignError("Weights must be positive numbers; leave out the rows that should not count.")


def _behind(units: Integers, population: Floats) -> Floats:
    """(S,) the population of each stratum."""
    if population.shape not in ((), units.shape):
        raise DesignError(
            f"There are {len(units)} strata and {population.size} populations; give one for each, or one."
        )
    if not np.isfinite(population).all():
        raise DesignError("A population is no number; give how many there are, or leave it out.")
    return np.broadcast_to(population, units.shape)


def _units(rows: int, stratum: Integers | None, cluster: Integers | None) -> Integers:
    if cluster is None:
        return np.array([rows]) if stratum is None else np.bincount(stratum)
    if stratum is None:
        return np.array([len(np.unique(cluster))])
    pairs = np.unique(np.stack([cluster, stratum]), axis=1)
    if len(np.unique(pairs[0])) < pairs.shape[1]:
        raise DesignError("A cluster lies in two strata; give each cluster one stratum.")
    return np.bincount(pairs[1])


def check_population(units: Integers, population: Floats) -> None:
    """Raises DesignError where more answered than there are."""
    if (population < units).any():
        raise DesignError("The population is smaller than the number that answered; check the population.")


def _check_units(units: Integers, population: Floats | None, *, stratified: bool) -> None:
    if population is not None:
        check_population(units, population)
    certain = population is not None and population == units
    lonely = np.flatnonzero((units == 1) & ~np.asarray(certain))
    if stratified and len(lonely):
        raise DesignError(
            "A stratum has one unit, so its variance is unknown; join it to another stratum.", int(lonely[0])
        )
