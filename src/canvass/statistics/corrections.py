"""Corrections for looking many times. None is no test and not counted."""

from collections.abc import Sequence


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's step-down correction of one family: the chance of a single false finding (R: p.adjust).

    Source: Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    highest = 0.0
    for step, (p, place) in enumerate(tested):
        highest = min(1.0, max(highest, p * (len(tested) - step)))
        adjusted[place] = highest
    return tuple(adjusted)


def benjamini_hochberg(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """The false discovery rate: what part of the findings of a whole report may be false (R: p.adjust "BH").

    Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300.
    """
    tested = sorted(((p, place) for place, p in enumerate(ps) if p is not None), reverse=True)
    adjusted: list[float | None] = [None] * len(ps)
    lowest = 1.0
    for step, (p, place) in enumerate(tested):
        lowest = min(lowest, len(tested) / (len(tested) - step) * p)
        adjusted[place] = lowest
    return tuple(adjusted)
