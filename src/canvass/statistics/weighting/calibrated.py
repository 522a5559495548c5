"""Standard errors that know what weights were fitted to."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from canvass.statistics.arrays import Floats
from canvass.statistics.design import Design
from canvass.statistics.weighting.margins import Margin, WeightingError
from canvass.statistics.weighting.occupied import OccupiedCells, occupied_cells
from canvass.statistics.weighting.residuals import Calibration, CellMeans, regression


def calibrated(design: Design, margins: Sequence[Margin], base: Floats | None = None) -> Design:
    """A design whose weights were raked or post-stratified to these margins, here or elsewhere.

    Every estimate of its cubes then has the standard error of residuals; the estimate itself is unchanged.

    base: (rows,) the weights before the fitting; all alike by default. R's survey::rake leaves them out of
          the regression: with base weights its errors are those of `base=None`, while survey::calibrate
          and postStratify use them, as `rake` does here.

    Raises WeightingError where the design has no weights.
    """
    if design.weight is None:
        raise WeightingError("The design has no weights, so nothing was fitted; give it the weights first.")
    return replace(design, calibration=calibration_on(margins, base))


def calibration_on(margins: Sequence[Margin], base: Floats | None) -> Calibration:
    """What weights fitted to these margins rest on; people without a value are a category of their own."""
    sizes = [len(margin.categories) for margin in margins]
    cells = occupied_cells([margin.codes for margin in margins], sizes)
    sums = cells.sums(base)
    rows = np.ones(len(cells.index)) if base is None else base
    if len(margins) == 1:
        return Calibration(cells.codes, len(sums), rows, CellMeans(sums))
    return Calibration(cells.codes, len(sums), rows, regression(_indicators(cells, sizes), sums))


def _indicators(cells: OccupiedCells, sizes: Sequence[int]) -> Floats:
    """(C, p) one column for each category of each margin, unknown included."""
    return np.hstack([np.eye(size + 1)[codes] for codes, size in zip(cells.members, sizes, strict=True)])
