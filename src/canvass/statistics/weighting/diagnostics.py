"""What weights cost, and whether they are worth it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from canvass.statistics.arrays import Floats, Integers

AMBER_UNDER = 0.60
RED_UNDER = 0.40


class Light(StrEnum):
    """How much precision weights leave."""

    GREEN = "green"
    AMBER = "amber"  # efficiency under 60%
    RED = "red"  # under 40%: do not weight


def light(efficiency: float) -> Light:
    """The light for a part of the base that weights leave effective, 0..1."""
    if efficiency < RED_UNDER:
        return Light.RED
    return Light.AMBER if efficiency < AMBER_UNDER else Light.GREEN


ADVICE = {
    Light.GREEN: "Weights mend only what these variables explain. Where the targets come from no table of "
    "the population that you trust, do not weight.",
    Light.AMBER: "The weights cost much precision. Join thin categories, use fewer variables or trim, or do "
    "not weight: unweighted figures with their base are honest.",
    Light.RED: "Do not weight: the respondents differ too much from the targets, and a few people would "
    "speak for many. Show unweighted figures with their base, beside what is known of the population.",
}


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """Numbers about one set of weights."""

    iterations: int  # sweeps over all margins, or steps of a calibration
    max_margin_error: float  # largest |weighted / target - 1| over all categories or totals
    min: float
    max: float
    effective_base: float  # (Σw)²/Σw²
    design_effect: float  # Kish's n·Σw²/(Σw)²
    efficiency: float  # its inverse, 0..1

    @property
    def ratio(self) -> float:
        """The heaviest respondent over the lightest."""
        return self.max / self.min

    @property
    def light(self) -> Light:
        """Green, amber or red."""
        return light(self.efficiency)


def diagnose(weight: Floats, people: Integers | None, iterations: int, error: float) -> Diagnostics:
    """Diagnostics of weights, all positive, one a row or one for so many people.

    Source: Kish (1965), Survey Sampling.
    """
    counts = np.ones(len(weight), dtype=np.int64) if people is None else people
    rows = int(counts.sum())
    effective = float((counts * weight).sum()) ** 2 / float((counts * weight**2).sum())
    return Diagnostics(
        iterations=iterations,
        max_margin_error=error,
        min=float(weight.min()),
        max=float(weight.max()),
        effective_base=effective,
        design_effect=rows / effective,
        efficiency=min(effective / rows, 1.0),
    )
