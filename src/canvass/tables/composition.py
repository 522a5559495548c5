"""Who the panel is beside the workforce, and how it changed, as values."""

from dataclasses import dataclass
from datetime import date

from canvass.tables.measures import check_count
from canvass.tables.values import Suppressed

TOLERANCE = 1e-6  # targets are shares of a published table and sum to 1 this closely


@dataclass(frozen=True, slots=True)
class Part:
    """One category of a profile field: its people in the panel, among those who answered, in the workforce.

    Counts are None where they are not known; shares are None where their whole is 0 or not known.
    """

    label: str
    panel: int | Suppressed | None
    answered: int | Suppressed | None
    panel_share: float | Suppressed | None
    answered_share: float | Suppressed | None
    target_share: float | None  # of the workforce; None without a target
    low: float | None = None  # limits of the share among those who answered
    high: float | None = None

    @property
    def panel_difference(self) -> float | Suppressed | None:
        """Panel minus workforce, of 1: 0.05 is five points more."""
        return _difference(self.panel_share, self.target_share)

    @property
    def answered_difference(self) -> float | Suppressed | None:
        """Those who answered minus workforce, of 1."""
        return _difference(self.answered_share, self.target_share)


def _difference(share: float | Suppressed | None, target: float | None) -> float | Suppressed | None:
    if isinstance(share, Suppressed):
        return share
    return None if share is None or target is None else share - target


@dataclass(frozen=True, slots=True)
class FieldComposition:
    """One profile field. Who did not say is in no share and counted apart."""

    name: str
    label: str
    parts: tuple[Part, ...]
    panel_base: int | None  # people of the panel who said it
    answered_base: int | Suppressed | None
    panel_not_said: int = 0
    answered_not_said: int | Suppressed = 0
    source: str = ""  # of the target, as cited: name and year

    def __post_init__(self) -> None:
        for part in self.parts:
            for count, base in ((part.panel, self.panel_base), (part.answered, self.answered_base)):
                if not isinstance(count, Suppressed) and not isinstance(base, Suppressed):
                    check_count(f"{self.label}, {part.label}", count, base)
        targets = [part.target_share for part in self.parts if part.target_share is not None]
        if any(share < 0 for share in targets) or sum(targets) > 1 + TOLERANCE:
            raise ValueError(f"{self.label}: the targets are no shares of one whole.")


@dataclass(frozen=True, slots=True)
class Composition:
    """The panel on one day beside its workforce, field by field."""

    day: date
    fields: tuple[FieldComposition, ...]
    poll: str = ""  # the poll whose answers are counted; "" for the panel alone

    def field(self, name: str) -> FieldComposition:
        """The field with this name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class CompositionOverTime:
    """One profile field of the panel on several days."""

    name: str
    label: str
    days: tuple[date, ...]  # the earliest first
    bases: tuple[int | Suppressed, ...]  # people who said it, by day
    categories: tuple[str, ...]
    counts: tuple[tuple[int | Suppressed, ...], ...]  # by category, then by day
    targets: tuple[float | None, ...] = ()  # by category; () without targets
    source: str = ""

    def __post_init__(self) -> None:
        if list(self.days) != sorted(set(self.days)):
            raise ValueError(f"{self.label}: days must be different and in order.")
        shape = {len(self.days), len(self.bases), *(len(row) for row in self.counts)}
        if len(shape) > 1 or len(self.counts) != len(self.categories):
            raise ValueError(f"{self.label}: a count for each category and day is needed.")
        if self.targets and len(self.targets) != len(self.categories):
            raise ValueError(f"{self.label}: a target for each category is needed, or none at all.")
        for day, base in enumerate(self.bases):
            if isinstance(base, int):
                told = (row[day] for row in self.counts)
                people = sum(count for count in told if isinstance(count, int))
                check_count(f"{self.label}, {self.days[day]}", people, base)

    def share(self, category: int, day: int) -> float | Suppressed | None:
        """The share of a category on a day, by their places; None where nobody said it."""
        count, base = self.counts[category][day], self.bases[day]
        if isinstance(count, Suppressed) or isinstance(base, Suppressed):
            return next(one for one in (base, count) if isinstance(one, Suppressed))
        return count / base if base else None
