"""Corrections for looking many times. None is no test and not counted."""

from collections.abc import Sequence


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down correction of one family: the chance of a single false finding (R: p.adjust).

    Raises ValueError for a p outside 0..1.
    Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    tested = sorted(_tested(ps))
    adjusted: list[float | None] = [None] * len(ps)
    highest, left = 0.0, len(tested)
    for p, place in tested:
        highest = max(highest, p * left)
        left -= 1
        adjusted[place] = min(1.0, highest)
    return tuple(adjusted)


def benjamini_hochberg(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """The false discovery rate: what part of the findings of a whole report may be false (R: p.adjust "BH").

    Raises ValueError for a p outside 0..1.
    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
    """
    tested = sorted(_tested(ps), reverse=True)
    adjusted: list[float | None] = [None] * len(ps)
    lowest = 1.0
    for step, (p, place) in enumerate(tested):
        lowest = min(lowest, len(tested) / (len(tested) - step) * p)
        adjusted[place] = lowest
    return tuple(adjusted)


def _tested(ps: Sequence[float | None]) -> list[tuple[float, int]]:
    """Each p with its place."""
    tested = [(p, place) for place, p in enumerate(ps) if p is not None]
    strange = next((p for p, _ in tested if not 0 <= p <= 1), None)
    if strange is not None:
        raise ValueError(f"{strange:g} is no p; give a number from 0 to 1, or None where there was no test.")
    return tested
