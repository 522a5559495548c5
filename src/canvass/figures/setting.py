"""What every figure's caption must say, whatever the figure shows."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where the numbers of a figure come from.

    `title` is the finding as the team worded it, or as the noise guard did; left empty, the figure drafts one
    that compares nothing.
    """

    source: str
    title: str = ""
    marks: tuple[str, ...] = ()  # change how the picture is read: "Found, not planned"
    notes: tuple[str, ...] = ()  # further sentences, always in sight
    level: float = 0.95
    brand: str = "Canvass"


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSetting(Setting):
    """One poll: when it was in the field, and how its numbers were counted.

    `population` is the number mailed where the finite population correction was made with it.
    """

    first_day: date
    last_day: date
    mode: str = "online"
    weighted: bool = False
    population: int | None = None
