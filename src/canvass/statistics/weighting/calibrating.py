"""Calibration: weights that make totals of any columns those of the population, as near the old as can be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Floats, numbers
from canvass.statistics.design import Design
from canvass.statistics.weighting.diagnostics import diagnose
from canvass.statistics.weighting.distances import Bounds, Distance, Pull, pull
from canvass.statistics.weighting.margins import (
    NOTHING_KNOWN,
    Margin,
    WeightingError,
    check_columns,
    refuse_unmatched,
)
from canvass.statistics.weighting.residuals import Calibration, regression, symmetric_inverse
from canvass.statistics.weighting.weighting import Weighting

TOLERANCE = 1e-10  # |found - total| / (1 + |total|)
MOST_STEPS, MOST_HALVINGS = 100, 50


@dataclass(frozen=True, slots=True, eq=False)
class KnownTotal:
    """A column whose total in the population is known, such as the children on all caseloads."""

    name: str
    values: Floats  # (rows,)
    total: float


def known_totals(margin: Margin, population: float, base: Floats | None = None) -> tuple[KnownTotal, ...]:
    """A margin as totals: the people in each category of a population of this size.

    base: (rows,) base weights, of which people without a value keep their part.

    Raises WeightingError for targets and respondents that do not match.
    """
    refuse_unmatched(margin, np.bincount(margin.codes[margin.codes >= 0], minlength=len(margin.categories)))
    weight = np.ones(len(margin.codes)) if base is None else base
    unknown = float(weight[margin.codes < 0].sum() / weight.sum())
    found = [
        KnownTotal(f"{margin.name}: {category}", (margin.codes == place).astype(float), float(total))
        for place, (category, total) in enumerate(
            zip(margin.categories, population * (1 - unknown) * margin.shares, strict=True)
        )
    ]
    if unknown:
        there = (margin.codes < 0).astype(float)
        found.append(KnownTotal(f"{margin.name}: {NOTHING_KNOWN}", there, population * unknown))
    return tuple(found)


def calibrate(
    design: Design,
    totals: Sequence[KnownTotal],
    *,
    distance: Distance | str = Distance.LINEAR,
    bounds: Bounds | None = None,
) -> Weighting:
    """Weights whose totals of the columns are the population's.

    design:   its weights are the base weights, which should add up to about the population.
    totals:   columns may be sums of others (the categories of several margins); a column of ones fixes the
              number of people.
    distance: "linear", "raking" or "logit".
    bounds:   least and most of weight / base weight; the logit distance keeps within them smoothly, the
              others stop there.

    Raises WeightingError: a column with missing values or of another length, a name twice, totals that
    cannot be met within the bounds, weights of 0 or less (linear, without bounds).
    Source: Deville and Särndal (1992), JASA 87, 376-382; R's survey::calibrate.
    """
    _check(design, totals)
    base = np.ones(design.rows) if design.weight is None else design.weight
    solved = _solve(base, totals, distance, bounds)
    return Weighting(
        weight=solved.weight,
        standings=(),
        diagnostics=diagnose(solved.weight, None, solved.steps, solved.error),
        notes=(),
        capped=solved.bounded,
        before=design,
        calibration=lambda: _calibration(_columns(totals), base),
    )


def calibrated_weights(
    base: Floats,
    totals: Sequence[KnownTotal],
    *,
    distance: Distance | str = Distance.LINEAR,
    bounds: Bounds | None = None,
) -> Floats:
    """`calibrate` as a function of base weights (rows,), zero for rows left out: for replicates."""
    return _solve(base, totals, distance, bounds).weight


@dataclass(frozen=True, slots=True, eq=False)
class _Solved:
    weight: Floats  # (rows,)
    steps: int
    error: float
    bounded: int  # rows at a bound


def _check(design: Design, totals: Sequence[KnownTotal]) -> None:
    check_columns(design.rows, [(one.name, len(one.values)) for one in totals])
    for one in totals:
        try:
            values, total = numbers(one.values, one.name), numbers(one.total, one.name)
        except ValueError as error:
            raise WeightingError(str(error)) from error
        missing = int((~np.isfinite(values)).sum())
        if missing or not np.isfinite(total):
            rows = "1 row" if missing == 1 else f"{missing:,} rows"
            where = f"in {rows}" if missing else "as its total"
            raise WeightingError(f"{one.name}: there is no number {where}; fill it in or leave it out.")


def _solve(
    base: Floats, totals: Sequence[KnownTotal], distance: Distance | str, bounds: Bounds | None
) -> _Solved:
    """Newton's steps on the pull of the totals, halved where they go too far."""
    x, wanted = _columns(totals), np.array([one.total for one in totals])
    ratio = pull(distance, bounds)
    eta, steps = np.zeros(len(wanted)), 0
    g, slope = ratio(x @ eta)
    while _error(found := (base * g) @ x, wanted) > TOLERANCE:
        if steps == MOST_STEPS:
            raise WeightingError(_missed(totals, found, bounds))
        move = symmetric_inverse((x * (base * slope)[:, None]).T @ x) @ (wanted - found)
        eta, g, slope = _moved(ratio, x, eta, move)
        steps += 1
    _refuse_negative(base * g, base)
    return _Solved(base * g, steps, _error(found, wanted), int(np.isin(g, bounds or ()).sum()))


def _moved(ratio: Pull, x: Floats, eta: Floats, move: Floats) -> tuple[Floats, Floats, Floats]:
    for _ in range(MOST_HALVINGS):
        g, slope = ratio(x @ (eta + move))
        if np.isfinite(g).all() and np.isfinite(slope).all():
            break
        move = move / 2
    return eta + move, g, slope


def _columns(totals: Sequence[KnownTotal]) -> Floats:
    return np.stack([one.values for one in totals], axis=1).astype(float)


def _error(found: Floats, wanted: Floats) -> float:
    return float((np.abs(found - wanted) / (1 + np.abs(wanted))).max())


def _missed(totals: Sequence[KnownTotal], found: Floats, bounds: Bounds | None) -> str:
    wanted = np.array([one.total for one in totals])
    worst = int((np.abs(found - wanted) / (1 + np.abs(wanted))).argmax())
    within = "" if bounds is None else f" within {bounds[0]:g} to {bounds[1]:g} times the base weights"
    remedy = "leave totals out" if bounds is None else "widen the bounds, or leave totals out"
    return (
        f"The totals cannot be met{within}: {totals[worst].name} stands at {found[worst]:,.6g} for "
        f"{wanted[worst]:,.6g}; {remedy}."
    )


def _refuse_negative(weight: Floats, base: Floats) -> None:
    count = int(((weight <= 0) & (base > 0)).sum())
    if count:
        raise WeightingError(
            f"Calibration gives {count:,} of {len(weight):,} respondents a weight of 0 or less; set bounds, "
            "such as 0.3 to 3, or use the raking distance."
        )


def _calibration(x: Floats, base: Floats) -> Calibration:
    """Rows alike in all columns are one cell."""
    distinct, cell = np.unique(x, axis=0, return_inverse=True)
    sums = np.bincount(cell, base, minlength=len(distinct))
    return Calibration(cell, len(distinct), base, regression(distinct, sums))
