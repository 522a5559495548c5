"""The cube: what is kept of the answers to one item. Every published number is a function of it."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from canvass.statistics.arrays import Booleans, Codes, Floats, Integers, whole_codes
from canvass.statistics.design import Design, DesignError, check_population
from canvass.statistics.weighting.residuals import CalibratedWeights, count_calibrated


@dataclass(frozen=True, slots=True, eq=False)
class ClusterWeights:
    """Σw of each cluster in each cell it touches: what a cube needs besides where there are clusters."""

    cluster: Integers  # (E,) codes 0..C-1 of the design's clusters; only those that answered occur
    cell: Integers  # (E,) flat cell
    w: Floats  # (E,)
    stratum: Integers  # (C,) of each cluster

    def totals(self, scores: Floats) -> Floats:
        """Σw times a score a flat cell, by cluster: scores (m, J) to (m, C)."""
        count = len(self.stratum)
        summed = [np.bincount(self.cluster, self.w * score[self.cell], minlength=count) for score in scores]
        return np.stack(summed)


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class Cube:
    """Counts of one item by stratum, group and cell; a cell is one distinct answer.

    The group axis has one place more than there are groups: the last holds the people in no group. People
    without an answer are in no cell; they stay in `units`, so a missing answer is a domain of the full
    design.
    """

    n: Integers  # (S, G+1, K) people
    w: Floats  # (S, G+1, K) Σw
    w2: Floats  # (S, G+1, K) Σw²
    units: Integers  # (S,) units of the full design
    population: Floats | None  # (S,)
    clusters: ClusterWeights | None = None
    calibrated: CalibratedWeights | None = None  # where weights were fitted: errors are of residuals

    @property
    def groups(self) -> int:
        return int(self.n.shape[1]) - 1

    @property
    def cells(self) -> int:
        return int(self.n.shape[2])

    @cached_property
    def people_flat(self) -> Integers:
        """(cells over all groups,) people, over strata."""
        return np.asarray(self.n.sum(axis=0).ravel())

    @cached_property
    def weight_flat(self) -> Floats:
        """(cells over all groups,) Σw, over strata."""
        return np.asarray(self.w.sum(axis=0).ravel())

    @cached_property
    def _squares_flat(self) -> Floats:
        return np.asarray(self.w2.sum(axis=0).ravel())

    @cached_property
    def everyone(self) -> Booleans:
        """(cells over all groups,) True: the domain of all who answered."""
        return np.ones(self.n.shape[1] * self.cells, dtype=bool)

    @cached_property
    def by_group(self) -> Booleans:
        """(groups, cells over all groups) the domain of each group."""
        places = np.arange(self.n.shape[1] * self.cells) // self.cells
        return np.asarray(np.arange(self.groups)[:, None] == places)

    @cached_property
    def _cell(self) -> Integers:
        """(cells over all groups,) the cell that each is of."""
        return np.arange(self.n.shape[1] * self.cells) % self.cells

    def group(self, index: int) -> Booleans:
        """The domain of the people of one group, as a mask over flat cells. Raises ValueError."""
        if not 0 <= index < self.groups:
            raise ValueError(f"There is no group {index}; the cube has {self.groups}, counted from 0.")
        mask = np.zeros(self.n.shape[1:], dtype=bool)
        mask[index] = True
        return mask.ravel()

    def only(self, cells: ArrayLike) -> Booleans:
        """The domain of the people whose answer is one of these cells: (K,) mask over cells to flat cells."""
        return np.asarray(self.spread(np.asarray(cells, dtype=bool))[0], dtype=bool)

    def within(self, domain: Booleans | None) -> Booleans:
        """The domain, or all who answered. Raises ValueError for a mask that is not over the flat cells."""
        if domain is None:
            return self.everyone
        mask = np.asarray(domain)
        if mask.dtype != bool or mask.shape != self.everyone.shape:
            raise ValueError(
                f"A domain is a mask over the cube's {len(self.everyone)} flat cells, such as cube.group(0)."
            )
        return mask

    def spread(self, scores: Floats | Booleans) -> Floats:
        """Scores a cell (m, K) repeated for every group: (m, (G+1)*K). Raises ValueError."""
        cells = np.atleast_2d(np.asarray(scores, dtype=float))
        if cells.shape[1] != self.cells:
            raise ValueError(f"There are {cells.shape[1]} values for {self.cells} cells; give one a cell.")
        return cells.take(self._cell, axis=1)

    def of_population(self, population: float) -> "Cube":
        """The same counts with the finite population correction on, for a design of one stratum.

        Raises DesignError where the population is smaller than the design.
        """
        behind = np.full(len(self.units), float(population))
        check_population(self.units, behind)
        return replace(self, population=behind)

    def people(self, domain: Booleans) -> int:
        return int(self.people_flat @ domain)

    def weight(self, domain: Booleans) -> float:
        return float(self.weight_flat @ domain)

    def effective(self, domain: Booleans) -> float:
        """(Σw)²/Σw², Kish's effective base; 0 for an empty domain."""
        squares = float(self._squares_flat @ domain)
        return self.weight(domain) ** 2 / squares if squares else 0.0

    def bases(self, domains: Booleans) -> tuple[Integers, Floats]:
        """The people of each domain (D, J), and what they are worth (`effective`): both (D,)."""
        squares = domains @ self._squares_flat
        worth = (domains @ self.weight_flat) ** 2 / np.where(squares > 0, squares, 1.0)
        return domains @ self.people_flat, worth

    def totals(self, scores: Floats) -> Floats:
        """Σw times a score a flat cell: scores (m, J) to (m,)."""
        return np.asarray(scores @ self.weight_flat)

    def degrees(self, domain: Booleans) -> int:
        """Degrees of freedom of a domain: units with an answer in it minus strata with one (R: degf)."""
        return int(self.degrees_each(domain[None])[0])

    def degrees_each(self, domains: Booleans) -> Integers:
        """`degrees` of each domain (D, J): (D,)."""
        by_stratum = domains @ self.n.reshape(len(self.units), -1).T
        units = by_stratum.sum(axis=1)
        if self.clusters is not None:
            units = np.array([_clusters_within(self.clusters, domain) for domain in domains])
        return np.asarray(units - (by_stratum > 0).sum(axis=1))

    @cached_property
    def df(self) -> int:
        """Degrees of freedom of all who answered."""
        return self.degrees(self.everyone)

    def variances(self, scores: Floats) -> Floats:
        """The diagonal (m,) of `covariance`."""
        if self.clusters is not None or self.calibrated is not None:
            return np.diag(self.covariance(scores))
        sums = scores @ self._weight_by_stratum.T
        return np.asarray(scores**2 @ self._squares_factored - sums**2 @ self._share_of_sums)

    def covariance(self, scores: Floats) -> Floats:
        """Covariance (m, m) of the weighted totals of scores (m, J) over flat cells.

        With replacement, units within strata, finite population correction where the population is known;
        NaN where there is one unit only. Source: Särndal, Swensson and Wretman (1992); R's survey::svytotal.
        """
        if self.clusters is not None:
            return np.asarray(self.unit_covariances(self.unit_totals(scores)).sum(axis=0))
        if self.calibrated is not None:
            return np.asarray(self._centred(*self.calibrated.products(scores, len(self.units))).sum(axis=0))
        return self.covariances(scores)

    def covariances(self, scores: Floats) -> Floats:
        """`covariance` of each of several sets of scores: (..., m, J) to (..., m, m)."""
        if self.clusters is not None or self.calibrated is not None:
            return np.stack([self.covariance(one) for one in scores])
        sums = scores @ self._weight_by_stratum.T
        products = (scores * self._squares_factored) @ scores.swapaxes(-1, -2)
        return np.asarray(products - (sums * self._share_of_sums) @ sums.swapaxes(-1, -2))

    def covariance_of_cells(self, groups: Integers, chosen: Booleans) -> Floats:
        """Covariance of the Σw of exclusive answers (m, K) in these groups: group by group, (groups * m)².

        What `covariance` finds for their indicators, without a product over all cells where it can.
        """
        if self.clusters is not None or self.calibrated is not None:
            inside = self.by_group[groups][:, None] * self.spread(chosen)
            return self.covariance(inside.reshape(-1, inside.shape[2]))
        among = chosen.T.astype(float)
        sums = (self.w[:, groups] @ among).reshape(len(self.units), -1)
        squares = (self._squares_factored.reshape(self.n.shape[1:])[groups] @ among).ravel()
        return np.asarray(np.diag(squares) - (sums.T * self._share_of_sums) @ sums)

    def unit_totals(self, scores: Floats) -> Floats:
        """Σw times a score a flat cell, by cluster (m, C); of its residual where weights were fitted.

        Raises DesignError where the cube has no clusters.
        """
        clusters = self.people_by_cluster()
        if self.calibrated is not None:
            return self.calibrated.totals(scores, len(clusters.stratum))
        return clusters.totals(scores)

    def unit_covariances(self, scores: Floats) -> Floats:
        """Covariance (S, m, m), a stratum each, of totals whose weighted scores (m, C) are known by cluster.

        Raises DesignError where the cube has no clusters.
        """
        clusters = self.people_by_cluster()
        by_stratum = [scores[:, clusters.stratum == stratum] for stratum in range(len(self.units))]
        products = np.stack([z @ z.T for z in by_stratum])
        return self._centred(products, np.stack([z.sum(axis=1) for z in by_stratum]))

    def people_by_cluster(self) -> ClusterWeights:
        """The clusters, for what can be computed only where they are known. Raises DesignError."""
        if self.clusters is None:
            raise DesignError("The cube does not say who answered twice; count it with persons as clusters.")
        return self.clusters

    def _centred(self, products: Floats, sums: Floats) -> Floats:
        """By stratum, from Σzz' (S, m, m) and Σz (S, m) over units, where z is a unit's weighted score."""
        centred = products - sums[:, :, None] * sums[:, None, :] / np.maximum(self.units, 1)[:, None, None]
        return np.asarray(self._factor[:, None, None] * centred)

    @cached_property
    def _weight_by_stratum(self) -> Floats:
        return self.w.reshape(len(self.units), -1)

    @cached_property
    def _squares_factored(self) -> Floats:
        """(cells over all groups,) what a score's square counts in a variance: each stratum's Σw²·n/(n-1)."""
        return np.asarray(self._factor @ self.w2.reshape(len(self.units), -1))

    @cached_property
    def _share_of_sums(self) -> Floats:
        """(S,) what the square of a stratum's sum takes off."""
        return self._factor / np.maximum(self.units, 1)

    @cached_property
    def _factor(self) -> Floats:
        """(S,) n/(n-1), less the part of the population that was sampled."""
        units = self.units.astype(float)
        left = 1.0 if self.population is None else 1 - units / self.population
        # One unit has no variance of its own (NaN), unless it is all there is.
        known = np.where(units > 1, left * units / np.maximum(units - 1, 1), np.nan)
        return np.where(left == 0, 0.0, known)


def _clusters_within(clusters: ClusterWeights, domain: Booleans) -> int:
    return len(np.unique(clusters.cluster[domain[clusters.cell]]))


def count(
    codes: ArrayLike, *, cells: int, design: Design, group: ArrayLike | None = None, groups: int = 0
) -> Cube:
    """Count one item: one pass over the rows.

    codes: (rows,) the cell of each answer, 0..cells-1; -1 where there is none.
    group: (rows,) the group of each person, 0..groups-1; -1 for no group.

    Raises ValueError where shapes or codes do not fit.
    """
    return count_within(None if group is None else division(group, groups), codes, cells, design)


class Division(NamedTuple):
    """The group of each person, made ready once to count many items by. Made by `division`."""

    place: Integers  # (rows,) 0..groups; the last is no group
    groups: int


def division(group: ArrayLike, groups: int) -> Division:
    """People divided into groups 0..groups-1; -1 for no group. Raises ValueError."""
    codes = _codes("group", group, groups)
    return Division(np.where(codes < 0, groups, codes).astype(np.int64), groups)


def count_within(people: Division | None, codes: ArrayLike, cells: int, design: Design) -> Cube:
    """`count` by a division that is ready; None for everybody."""
    answers = _codes("codes", codes, cells)
    for name, column in (("codes", answers), ("group", people.place if people else answers)):
        if column.shape != (design.rows,):
            raise ValueError(f"{name} must have one value a row of the design, which has {design.rows:,}")
    shape = (design.strata, people.groups + 1 if people else 1, cells)
    index = _flat_index(answers, shape, design, people)
    n = _bincount(index, None, shape).astype(np.int64, copy=False)
    if design.weight is None:
        w = w2 = n.astype(np.float64)
    else:
        w = _bincount(index, design.weight, shape).astype(np.float64, copy=False)
        w2 = _bincount(index, design.weight_squared, shape).astype(np.float64, copy=False)
    clusters, calibrated = _cluster_weights(index, design, shape), _calibrated(index, design, shape)
    return Cube(n, w, w2, design.units, design.population, clusters, calibrated)


def _codes(name: str, given: ArrayLike, kinds: int) -> Codes:
    codes = whole_codes(given, name)
    if len(codes) and not (codes.min() >= -1 and codes.max() < kinds):
        raise ValueError(f"{name} must lie between -1 and {kinds - 1}")
    return codes


def _flat_index(
    codes: Codes, shape: tuple[int, int, int], design: Design, people: Division | None
) -> Integers:
    """Flat (stratum, cell + 1, group), where cell 0 gathers the missing answers."""
    _, groups, cells = shape
    index: Integers = np.add(codes, 1, dtype=np.int64)
    if people is not None:
        index *= groups
        index += people.place
    if design.stratum is not None:
        index += design.stratum * (groups * (cells + 1))
    return index


def _bincount(index: Integers, weight: Floats | None, shape: tuple[int, int, int]) -> Floats | Integers:
    strata, groups, cells = shape
    flat = np.bincount(index, weight, minlength=strata * groups * (cells + 1))
    return flat.reshape(strata, cells + 1, groups)[:, 1:].swapaxes(1, 2)


def _places(index: Integers, shape: tuple[int, int, int]) -> Integers:
    """(rows,) the flat cell (group, cell) of each row, of whatever stratum; -1 for no answer."""
    _, groups, cells = shape
    cell, group = np.divmod(index % (groups * (cells + 1)), groups)
    return np.where(cell > 0, group * cells + cell - 1, -1)


def _cluster_weights(index: Integers, design: Design, shape: tuple[int, int, int]) -> ClusterWeights | None:
    if design.cluster is None or design.cluster_strata is None:
        return None
    _, groups, cells = shape
    place = _places(index, shape)
    answered = place >= 0
    weight = np.ones(design.rows) if design.weight is None else design.weight
    pairs, entry = np.unique(
        design.cluster[answered] * (groups * cells) + place[answered], return_inverse=True
    )
    cluster, cell = np.divmod(pairs, groups * cells)
    summed = np.bincount(entry, weight[answered], minlength=len(pairs))
    return ClusterWeights(cluster, cell, summed, design.cluster_strata)


def _calibrated(index: Integers, design: Design, shape: tuple[int, int, int]) -> CalibratedWeights | None:
    if design.calibration is None or design.weight is None:
        return None
    unit = design.stratum if design.cluster is None else design.cluster
    return count_calibrated(design.calibration, _places(index, shape), design.weight, unit)
