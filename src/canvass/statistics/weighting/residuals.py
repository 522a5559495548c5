"""What fitted weights do to standard errors: scores become residuals on what the weights were fitted to."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.weighting.occupied import occupied_cells

SMALLEST_PART = (
    1e-12  # of the largest eigenvalue, columns of one length: below it a column is a sum of others
)


class Fit(Protocol):
    """Least squares of a score on what the weights were fitted to, with the base weights."""

    def explained(self, sums: Floats) -> Floats:
        """From Σ base·score of each cell (m, J), what the fit explains of a score there (m, J)."""


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """On several columns, of which some may be sums of others. Made by `regression`."""

    x: Floats  # (J, p) of each cell
    inverse: Floats  # (p, p) of Σ base·xx'

    def explained(self, sums: Floats) -> Floats:
        """As `Fit` says."""
        return np.asarray(sums @ self.x @ self.inverse @ self.x.T)


@dataclass(frozen=True, slots=True, eq=False)
class CellMeans:
    """On the cells themselves (post-stratification): the mean of each."""

    base: Floats  # (J,) Σ base

    def explained(self, sums: Floats) -> Floats:
        """As `Fit` says."""
        return np.asarray(sums / self.base)


def regression(x: Floats, base: Floats) -> Regression:
    """Least squares on cells that hold Σ base weights of `base` (J,) and stand at `x` (J, p)."""
    return Regression(x, symmetric_inverse((x * base[:, None]).T @ x))


def symmetric_inverse(products: Floats) -> Floats:
    """The inverse of Σxx' (p, p), as far as there is one: columns may be sums of others."""
    scale = 1 / np.sqrt(np.maximum(np.diag(products), np.finfo(float).tiny))
    values, vectors = np.linalg.eigh(products * np.outer(scale, scale))
    kept = values > SMALLEST_PART * values.max()
    scaled = (vectors[:, kept] / values[kept]) @ vectors[:, kept].T
    return np.asarray(scaled * np.outer(scale, scale))


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """What the weights of a design were fitted to; rows alike in all of it are one cell."""

    cell: Integers  # (rows,) 0..J-1
    cells: int  # J
    base: Floats  # (rows,) weights before the fitting; only ratios matter
    fit: Fit


@dataclass(frozen=True, slots=True, eq=False)
class CalibratedWeights:
    """An item by the cells of a calibration: what a cube needs besides where weights were fitted.

    An entry for each unit (cluster, else stratum), answer and cell that occur together. People without an
    answer are entries too: the fitting moves their weights with the others'.
    """

    unit: Integers  # (E,) in ascending order
    place: Integers  # (E,) flat cell of the item's cube; -1 for no answer
    cell: Integers  # (E,) cell of the calibration
    w: Floats  # (E,) Σw
    w2: Floats  # (E,) Σw²
    base: Floats  # (E,) Σ base
    calibration: Calibration

    def residuals(self, scores: Floats) -> Floats:
        """Scores (m, flat cells) less what the calibration explains of them: (m, E).

        Source: Deville and Särndal (1992), JASA 87, 376-382; R's survey::svyrecvar.
        """
        own = np.where(self.place >= 0, scores[:, self.place], 0.0)
        cells = self.calibration.cells
        sums = np.stack([np.bincount(self.cell, self.base * row, minlength=cells) for row in own])
        return np.asarray(own - self.calibration.fit.explained(sums)[:, self.cell])

    def products(self, scores: Floats, strata: int) -> tuple[Floats, Floats]:
        """By stratum, Σzz' (S, m, m) and Σz (S, m), z being a person's weighted residual."""
        residuals = self.residuals(scores)
        edges = np.searchsorted(self.unit, np.arange(strata + 1))
        parts = [slice(start, end) for start, end in pairwise(edges)]
        products = [(residuals[:, part] * self.w2[part]) @ residuals[:, part].T for part in parts]
        return np.stack(products), np.stack([residuals[:, part] @ self.w[part] for part in parts])

    def totals(self, scores: Floats, clusters: int) -> Floats:
        """The weighted residual of each cluster (m, C)."""
        weighted = self.w * self.residuals(scores)
        return np.stack([np.bincount(self.unit, row, minlength=clusters) for row in weighted])


def count_calibrated(
    calibration: Calibration, place: Integers, weight: Floats, unit: Integers | None
) -> CalibratedWeights:
    """Count an item by the cells of a calibration.

    place:  (rows,) flat cell of each answer; -1 for none.
    weight: (rows,) after the fitting.
    unit:   (rows,) cluster, else stratum; None where all are one stratum.
    """
    codes = [np.zeros_like(place) if unit is None else unit, place, calibration.cell]
    sizes = [int(codes[0].max(initial=0)) + 1, int(place.max(initial=-1)) + 1, calibration.cells]
    together = occupied_cells(codes, sizes)
    units, places, cells = (members - 1 for members in together.members)
    return CalibratedWeights(
        unit=units,
        place=places,
        cell=cells,
        w=together.sums(weight),
        w2=together.sums(weight**2),
        base=together.sums(calibration.base),
        calibration=calibration,
    )
