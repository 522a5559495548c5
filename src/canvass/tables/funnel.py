"""The funnel of a poll as a value: who could be asked, was asked, took part, and finished; and who of each
group took part."""

from dataclasses import dataclass

from canvass.statistics.intervals import korn_graubard
from canvass.tables.measures import check_count
from canvass.tables.values import Suppressed


@dataclass(frozen=True, slots=True)
class Conversion:
    """The part of one count that became another; None of all where it cannot be said."""

    share: float | None
    low: float | None = None
    high: float | None = None

    @property
    def estimate(self) -> float | None:
        return self.share


def conversion(part: int | Suppressed | None, whole: int | Suppressed | None) -> Conversion:
    """The share with exact 95% limits (Clopper and Pearson, as Korn and Graubard's on the whole number)."""
    if not isinstance(part, int) or not isinstance(whole, int) or not 0 < whole >= part:
        return Conversion(None)
    if whole == 1:
        return Conversion(float(part))
    interval = korn_graubard(part / whole, whole, whole, whole - 1)
    return Conversion(part / whole, interval.low, interval.high)


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `count` is None where it was not measured."""

    label: str
    count: int | None


@dataclass(frozen=True, slots=True)
class ItemCount:
    """One question: to how many it was shown, how many answered it."""

    number: int
    text: str
    asked: int | Suppressed
    answered: int | Suppressed

    @property
    def conversion(self) -> Conversion:
        return conversion(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group of a breakdown: both numbers are told, or neither."""

    label: str
    mailed: int | Suppressed
    took_part: int | Suppressed

    @property
    def conversion(self) -> Conversion:
        return conversion(self.took_part, self.mailed)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Who of each group was mailed and took part. The groups hold everybody who was mailed."""

    name: str  # of the profile field
    label: str
    groups: tuple[GroupCount, ...]
    stepped: bool = False  # the poll is open: who took part is told in steps of five, rounded down

    def __post_init__(self) -> None:
        for group in self.groups:
            if isinstance(group.took_part, int) and isinstance(group.mailed, int):
                check_count(f"{self.label}, {group.label}", group.took_part, group.mailed)

    @property
    def suppressed(self) -> Suppressed | None:
        """Why groups are withheld; None where all are told."""
        return next((one.mailed for one in self.groups if isinstance(one.mailed, Suppressed)), None)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Steps from those registered to those who finished, each part of the one before, then the questions."""

    title: str
    steps: tuple[Step, ...]
    items: tuple[ItemCount, ...] = ()
    mailed: int = 0  # the place of the step that participation is of
    stepped: bool = False  # counts are rounded down to fives, because the poll is open

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError(f"{self.title}: a funnel needs at least one step.")
        if not 0 <= self.mailed < len(self.steps):
            raise ValueError(f"{self.title}: the step that participation is of is not there.")
        for step in self.steps:
            check_count(f"{self.title}, {step.label}", step.count)

    def of_previous(self, place: int) -> Conversion:
        """The part of the last measured step before that came to this one."""
        before = [step.count for step in self.steps[:place] if step.count is not None]
        return conversion(self.steps[place].count, before[-1]) if before else Conversion(None)

    def of_mailed(self, place: int) -> Conversion:
        """The part of those mailed that came to this step; none for the steps before."""
        if place <= self.mailed:
            return Conversion(None)
        return conversion(self.steps[place].count, self.steps[self.mailed].count)

    @property
    def whole(self) -> int:
        """The largest count, the length of the longest bar."""
        return max(step.count or 0 for step in self.steps)
