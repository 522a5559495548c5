"""How far a weight may go from its base weight, and at what price: the ratio g = weight / base as a function
of the pull u of the totals.

Source: Deville and Särndal (1992), JASA 87, 376-382; R's survey::cal.linear, cal.raking and cal.logit.
"""

from collections.abc import Callable
from enum import StrEnum

import numpy as np

from canvass.statistics.arrays import Floats
from canvass.statistics.weighting.margins import WeightingError

type Bounds = tuple[float, float]
type Pull = Callable[[Floats], tuple[Floats, Floats]]  # u (rows,) to g and its slope


class Distance(StrEnum):
    """What is kept small: the squared change, the change in proportion, or that between two bounds."""

    LINEAR = "linear"
    RAKING = "raking"
    LOGIT = "logit"


def pull(name: Distance | str, bounds: Bounds | None) -> Pull:
    """The function of a distance. Raises WeightingError for an unknown one, and bounds that cannot hold."""
    if name not in list(Distance):
        raise WeightingError(f"There is no distance {name}; use {', '.join(Distance)}.")
    distance = Distance(name)
    if bounds is None and distance is Distance.LOGIT:
        raise WeightingError("Logit calibration needs bounds, such as 0.3 to 3 times the base weight.")
    low, high = (-np.inf, np.inf) if bounds is None else bounds
    if bounds is not None and not (0 <= low < 1 < high < np.inf):
        raise WeightingError(
            f"Bounds of {low:g} to {high:g} times the base weight cannot hold; give one from 0 to 1 and one "
            "above 1."
        )
    return _logit(low, high) if distance is Distance.LOGIT else _truncated(distance, low, high)


def _truncated(distance: Distance, low: float, high: float) -> Pull:
    def ratio(u: Floats) -> tuple[Floats, Floats]:
        with np.errstate(over="ignore"):  # a step too far comes back as infinite and is halved
            free = 1 + u if distance is Distance.LINEAR else np.exp(u)
        slope = np.ones_like(u) if distance is Distance.LINEAR else free
        return free.clip(low, high), np.where((free > low) & (free < high), slope, 0.0)

    return ratio


def _logit(low: float, high: float) -> Pull:
    steep = (high - low) / ((high - 1) * (1 - low))

    def ratio(u: Floats) -> tuple[Floats, Floats]:
        odds = np.exp(np.clip(steep * u, -700, 700))
        down, up = high - 1, (1 - low) * odds
        g = (low * down + high * up) / (down + up)
        return g, steep * (g - low) * (high - g) / (high - low)

    return ratio
