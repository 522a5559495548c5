"""Iterative proportional fitting of cells to margins, with or without a ceiling on each cell's weight."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Floats, Integers

TOLERANCE = 1e-10  # relative; where the sweeps end
MOST_SWEEPS = 1000
MOST_STEPS = 50  # for one margin under ceilings; a handful is usual
PATIENCE, GAIN = 20, 0.99  # after so many sweeps the error must have fallen below this part of what it was


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Σw of each cell, and after how many sweeps."""

    weights: Floats  # (C,)
    sweeps: int


def fit(
    start: Floats,
    members: Sequence[Integers],
    targets: Sequence[Floats],
    *,
    ceilings: Floats | None = None,
    tolerance: float = TOLERANCE,
) -> Fitted:
    """Multiply cells by factors of their categories until every category reaches its target.

    start:    (C,) Σ base weights of each cell, positive.
    members:  for each margin (C,) the category of each cell.
    targets:  for each margin (K,) Σw wanted; all margins have one sum. A category of no cell has target 0.
    ceilings: (C,) the most that a cell may weigh; what a capped cell cannot carry, others carry.

    It ends early where errors stop falling: then the margins contradict each other on these cells.
    Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11, 427-444; with ceilings the
    truncated multiplicative distance of Deville, Särndal and Sautory (1993), JASA 88, 1013-1020.
    """
    free = start.copy()
    before = np.inf
    for sweep in range(1, MOST_SWEEPS + 1):
        error = 0.0
        for codes, target in zip(members, targets, strict=True):
            factors = _factors(free, codes, target, ceilings)
            free *= factors[codes]
            error = max(error, float(np.abs(factors - 1).max()))
        if error <= tolerance:
            break
        if sweep % PATIENCE == 0:
            if error > GAIN * before:
                break
            before = error
    weights = free if ceilings is None else np.minimum(free, ceilings)
    return Fitted(weights, sweep)


def _factors(free: Floats, codes: Integers, target: Floats, ceilings: Floats | None) -> Floats:
    """(K,) what the cells of each category are to be multiplied by; 1 where nothing can be done."""
    if ceilings is None:
        return _ratio(target, np.bincount(codes, free, minlength=len(target)))
    # Each margin is met exactly before the next: one step alone can go round in circles.
    factors = np.ones(len(target))
    for _ in range(MOST_STEPS):
        step = _step(free * factors[codes], codes, target, ceilings)
        factors *= step
        if np.abs(step - 1).max() <= TOLERANCE:
            break
    return factors


def _step(free: Floats, codes: Integers, target: Floats, ceilings: Floats) -> Floats:
    """(K,) one step of Newton's towards the factors at which the capped cells add up to the target."""
    size = len(target)
    capped = free > ceilings
    held = np.bincount(codes, np.where(capped, ceilings, 0.0), minlength=size)
    rest = np.bincount(codes, np.where(capped, 0.0, free), minlength=size)
    beyond = target < held  # the capped alone are too many: bring all down, some come free
    return np.where(beyond, _ratio(target, held + rest), _ratio(target - held, rest))


def _ratio(wanted: Floats, found: Floats) -> Floats:
    possible = (found > 0) & (wanted > 0)
    return np.where(possible, wanted / np.where(possible, found, 1.0), 1.0)


def margin_sums(
    weights: Floats, members: Sequence[Integers], targets: Sequence[Floats]
) -> tuple[Floats, ...]:
    """For each margin (K,) Σw of each category, where the cells weigh `weights` (C,)."""
    pairs = zip(members, targets, strict=True)
    return tuple(np.bincount(codes, weights, minlength=len(target)) for codes, target in pairs)


def largest_error(sums: Sequence[Floats], targets: Sequence[Floats]) -> float:
    """The largest |Σw / target - 1| over all categories with a target."""
    pairs = zip(sums, targets, strict=True)
    errors = np.concatenate([_ratio(found, target) - 1 for found, target in pairs])
    return float(np.abs(errors).max(initial=0.0))
