"""Scales of numbers and of days: where they begin, where they end, and which places have a name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from canvass.instrument.model import Scale
from canvass.tables import wording

_STEPS = (1, 2, 2.5, 5, 10)
_SCALE_STEPS = (1, 2, 3, 5, 10, 20, 25, 50, 100)
_MOST_STEPS = 6
_SHARE_STEPS = ((0.1, 0.02), (0.2, 0.05), (0.4, 0.1), (0.6, 0.2), (0.8, 0.2), (1.0, 0.2))
_NPS_STEPS = (10, 20, 50)


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale of numbers; `say` writes a place on it, `tell` a number that was found."""

    low: float
    high: float
    step: float
    say: Callable[[float], str] = wording.quantity
    tell: Callable[[float], str] = wording.mean

    @property
    def ticks(self) -> tuple[float, ...]:
        return tuple(self.low + i * self.step for i in range(round((self.high - self.low) / self.step) + 1))

    def part(self, value: float) -> float:
        """How far along the axis this value lies, 0 to 1."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days."""

    first: date
    last: date

    def part(self, day: date) -> float:
        """How far along the axis this day lies, 0 to 1; a single day stands in the middle."""
        whole = (self.last - self.first).days
        return (day - self.first).days / whole if whole else 0.5


def of_ratings(values: list[float], scale: Scale) -> Axis:
    """Whole steps around the values, and at least half of the scale, so that small changes look small."""
    whole = max(scale.end - scale.start, 1)
    for step in (*(s for s in _SCALE_STEPS if s < whole and whole % s == 0), whole):
        places = whole // step
        low, high = (min(values) - scale.start) / step, (max(values) - scale.start) / step
        first, length = floor(low), max(ceil(high) - floor(low), ceil(places / 2))
        first = max(0, min(first - (length - (ceil(high) - first)) // 2, places - length))
        if length <= _MOST_STEPS:
            break
    return Axis(scale.start + first * step, scale.start + (first + length) * step, step)


def of_shares(values: list[float]) -> Axis:
    """From 0% to the next round per cent above all of them."""
    high, step = next((one for one in _SHARE_STEPS if max(values) <= one[0]), _SHARE_STEPS[-1])
    return Axis(0.0, high, step, wording.limit, wording.percent)


def of_promoter_scores(values: list[float]) -> Axis:
    """Around the values and 0, inside −100 to 100."""
    low, high = min(*values, 0.0), max(*values, 0.0)
    step = next((s for s in _NPS_STEPS if ceil(high / s) - floor(low / s) <= _MOST_STEPS), _NPS_STEPS[-1])
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    return Axis(first * step, last * step, step)


def of_counts(most: int) -> Axis:
    """From 0 to the next round number above the largest count, in at most five whole steps."""
    step = next(step for step in _whole_steps() if 5 * step >= most)
    return Axis(0.0, step * max(ceil(most / step), 1), step)


def _whole_steps() -> Iterator[int]:
    """1, 2, 5, 10, 20, 25, 50, 100, …"""
    yield from (1, 2, 5)
    power = 10
    while True:
        yield from (power, 2 * power, power * 5 // 2, 5 * power)
        power *= 10


def of_quantities(values: list[float]) -> Axis:
    """Round numbers around the values, from 0 where they lie near it, in at most six steps."""
    low, high = min(values), max(values)
    span = max(high - low, 1.0)
    power = 10.0 ** (len(str(int(span))) - 1)
    step = next(power * step for step in _STEPS if span / (power * step) <= 4)
    start = 0.0 if 0 <= low <= span else (low // step) * step
    end = start + step
    while end < high:
        end += step
    return Axis(start, end, step)
