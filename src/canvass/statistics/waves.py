"""One question over several waves: each wave's share or mean, with the covariance that a change needs.

Where people are known over waves (linked polls), the person is the cluster: those who answered twice make
the waves move together, and a change is known better than two separate numbers would tell. Where they are
not known, the waves are taken as different people; as some are in fact the same, the errors of a change are
then too large rather than too small.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers, numeric
from canvass.statistics.comparisons import Contrast, contrast
from canvass.statistics.cube import Cube
from canvass.statistics.design import DesignError
from canvass.statistics.estimates import linearised


@dataclass(frozen=True, slots=True, eq=False)
class Waves:
    """A share or a mean in W waves. A wave that nobody answered has NaN and a base of 0."""

    estimates: Floats  # (W,)
    covariance: Floats  # (W, W)
    df: int  # people (or units) with an answer minus strata, over all the waves
    people: tuple[int, ...]  # who chose the option; of a mean, the base
    bases: tuple[int, ...]
    effective_bases: tuple[float, ...]
    overlap: Integers | None  # (W, W) people who answered both; None where waves are different people

    def both(self, first: int, second: int) -> int | None:
        """How many people answered in both waves; None where nobody can know."""
        return None if self.overlap is None else int(self.overlap[first, second])


def linked_waves(
    cube: Cube,
    values: Floats | Booleans,
    *,
    waves: Sequence[Booleans] | None = None,
    population: float | Floats | None = None,
) -> Waves:
    """The waves of a person cube: counted with persons as clusters and waves as groups.

    values:     (K,) True where a cell's answer includes the option (a share), or the number that the cell
                stands for (a mean); NaN is out of the base.
    waves:      masks over flat cells; the cube's groups by default.
    population: people (of each stratum) of whom each wave could have reached all; switches the finite
                population correction on, by the people of each wave and of both
                (1 - n1·n2 / (n12·N)).

    Raises DesignError where the cube has no clusters, or has a population of its own: that would take the
    people of all waves as one sample.
    Source: survey::svyby over waves with ids = person; for the correction Tam (1984), The American
    Statistician 38, 288-289.
    """
    persons = cube.people_by_cluster()
    if cube.population is not None:
        raise DesignError("Count the waves without a population, and give it to linked_waves instead.")
    known_cells = cube.spread(numeric(values))[0].astype(bool)
    every = [cube.group(index) for index in range(cube.groups)] if waves is None else waves
    masks = [cube.within(mask) & known_cells for mask in every]
    y = cube.spread(np.where(np.isfinite(values), values, 0.0))
    known = [linearised(cube, y, mask) if cube.people(mask) else _absent(y) for mask in masks]
    there = persons.totals(np.array(masks, dtype=float)) > 0
    spread = cube.unit_covariances(cube.unit_totals(np.concatenate([scores for _, scores in known])))
    if population is not None:
        spread = spread * left_over(there, persons.stratum, population, len(cube.units))
    return Waves(
        np.concatenate([ratio for ratio, _ in known]),
        spread.sum(axis=0),
        cube.degrees(np.any(masks, axis=0)),
        tuple(_people(cube, values, mask) for mask in masks),
        tuple(cube.people(mask) for mask in masks),
        tuple(cube.effective(mask) for mask in masks),
        _shared(there),
    )


def separate_waves(
    cubes: Sequence[Cube],
    values: Sequence[Floats | Booleans],
    *,
    domains: Sequence[Booleans] | None = None,
) -> Waves:
    """The waves of polls that know no persons: for each a cube, the values of its cells and a domain.

    Each cube keeps its own design, weights and population, and its cells need not be those of the others.
    domains: masks over the flat cells of each cube; all who answered by default.

    Source: the waves as strata of one design in R's survey.
    """
    masks = [cube.everyone for cube in cubes] if domains is None else domains
    each = [_alone(*one) for one in zip(cubes, values, masks, strict=True)]
    return Waves(
        np.concatenate([wave.estimates for wave in each]),
        np.diag([wave.covariance.item() for wave in each]),
        sum(wave.df for wave in each),
        tuple(wave.people[0] for wave in each),
        tuple(wave.bases[0] for wave in each),
        tuple(wave.effective_bases[0] for wave in each),
        None,
    )


def change(waves: Waves, first: int, second: int, *, level: float = 0.95) -> Contrast:
    """The net change: all who answered the second wave minus all who answered the first.

    Raises ValueError where the two are one wave.
    """
    return average_change(waves, (first,), (second,), level=level)


def average_change(
    waves: Waves, first: Sequence[int], second: Sequence[int], *, level: float = 0.95
) -> Contrast:
    """The average of several waves minus the average of several others, such as two quarters.

    Each wave counts alike, however many answered. A wave in both is on both sides.
    """
    coefficients: dict[int, float] = {}
    for sign, side in ((1.0, second), (-1.0, first)):
        for wave in side:
            coefficients[wave] = coefficients.get(wave, 0.0) + sign / len(side)
    return contrast_of(waves, coefficients, level=level)


def slope(waves: Waves, times: Sequence[float], *, level: float = 0.95) -> Contrast:
    """The straight line through all waves: its rise for one unit of time, least squares.

    times: (W,) when each wave was, in the unit that the slope is to have, such as years.

    Raises ValueError where all waves were at one time, or a time is missing.
    """
    if len(times) != len(waves.estimates):
        raise ValueError(f"A slope needs a time for each of the {len(waves.estimates)} waves.")
    centred = np.asarray(times, dtype=float) - np.mean(times)
    if not centred.any():
        raise ValueError("A slope needs waves at different times.")
    return contrast(
        waves.estimates, waves.covariance, centred / (centred @ centred), df=waves.df, level=level
    )


def contrast_of(waves: Waves, coefficients: dict[int, float], *, level: float = 0.95) -> Contrast:
    """Any sum of waves, each times its coefficient."""
    weights = np.zeros(len(waves.estimates))
    for wave, coefficient in coefficients.items():
        weights[wave] = coefficient
    return contrast(waves.estimates, waves.covariance, weights, df=waves.df, level=level)


def left_over(there: Booleans, stratum: Integers, population: float | Floats, strata: int) -> Floats:
    """(S, m, m) what the finite population leaves of each covariance: 1 - n_i·n_j / (n_ij·N).

    there: (m, C) which person is in which set. Where two sets share nobody their covariance is left as it
    is. Raises DesignError where a set is larger than the population.
    """
    behind = np.broadcast_to(np.asarray(population, dtype=float), (strata,))
    left = np.empty((strata, len(there), len(there)))
    for one in range(strata):
        within = there[:, stratum == one].astype(float)
        shared, sizes = within @ within.T, within.sum(axis=1)
        if (sizes > behind[one]).any():
            raise DesignError(
                "The population is smaller than the number that answered; check the population."
            )
        left[one] = 1 - np.outer(sizes, sizes) / (np.where(shared > 0, shared, np.inf) * behind[one])
    return left


def _absent(y: Floats) -> tuple[Floats, Floats]:
    return np.array([np.nan]), np.full_like(y, np.nan)


def _people(cube: Cube, values: Floats | Booleans, mask: Booleans) -> int:
    chose = cube.spread(values)[0].astype(bool) if values.dtype == bool else cube.everyone
    return cube.people(mask & chose)


def _shared(there: Booleans) -> Integers:
    inside = there.astype(np.int64)
    return np.asarray(inside @ inside.T)


def _alone(cube: Cube, values: Floats | Booleans, domain: Booleans) -> Waves:
    """One wave of its own."""
    mask = cube.within(domain) & cube.spread(numeric(values))[0].astype(bool)
    y = cube.spread(np.where(np.isfinite(values), values, 0.0))
    ratio, scores = linearised(cube, y, mask) if cube.people(mask) else _absent(y)
    bases = (cube.people(mask),), (cube.effective(mask),)
    variance = cube.variances(scores)[:, None]
    return Waves(ratio, variance, cube.degrees(mask), (_people(cube, values, mask),), *bases, None)
