"""Trimming: how much each cell may weigh, and what margins can still be reached."""

from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Floats
from canvass.statistics.weighting.margins import WeightingError

NOTHING_LEFT = 1e-12  # of the sum of the targets


@dataclass(frozen=True, slots=True)
class Beyond:
    """A category that its respondents cannot fill under the cap."""

    variable: str
    category: str
    wanted: float  # share of those whose category is known
    reached: float  # the same, with every respondent of it at the cap


def check_trim(trim: float | None) -> None:
    """Raises WeightingError unless the cap lies above the mean weight."""
    if trim is not None and not (np.isfinite(trim) and trim > 1):
        raise WeightingError(
            f"A cap of {trim:g} times the mean weight cannot hold; give more than 1, such as 5."
        )


def reachable(target: Floats, most: Floats) -> Floats:
    """Targets (K,) lowered to the most that each category can carry; the others share what is left over.

    The ceilings together must carry the sum of the targets.
    """
    reached = target.copy()
    while (left := float((reached - most).clip(min=0).sum())) > NOTHING_LEFT * float(target.sum()):
        reached = np.minimum(reached, most)
        room = (reached < most) & (reached > 0)
        reached[room] *= 1 + left / float(reached[room].sum())
    return reached
