"""Weights as a value: what they are, what they hit, what they cost, and the design that knows them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from canvass.statistics.arrays import Floats
from canvass.statistics.design import Design
from canvass.statistics.weighting.diagnostics import Diagnostics
from canvass.statistics.weighting.residuals import Calibration
from canvass.statistics.weighting.standings import Standing

CONVERGED = 1e-6  # relative: margins that are hit no closer are missed


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class Weighting:
    """The outcome of one weighting."""

    weight: Floats  # (rows,)
    standings: tuple[Standing, ...]
    diagnostics: Diagnostics
    notes: tuple[str, ...]  # sentences: what was decided, capped, thin or missed
    capped: int  # respondents held at the cap
    before: Design  # the design with its base weights
    calibration: Callable[[], Calibration]

    @property
    def converged(self) -> bool:
        """Whether every target is hit to a millionth of itself."""
        return self.diagnostics.max_margin_error <= CONVERGED

    @cached_property
    def fixed(self) -> Design:
        """The design with these weights, taken as if they had been given."""
        squared = self.weight**2
        return replace(self.before, weight=self.weight, weight_squared=squared, calibration=None)

    @cached_property
    def design(self) -> Design:
        """The design with these weights; standard errors allow for their having been fitted."""
        return replace(self.fixed, calibration=self.calibration())
