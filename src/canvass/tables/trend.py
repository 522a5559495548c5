"""Trends: one item over the polls that asked it, as a value. A line breaks where the wording changed."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from canvass.instrument.model import Item, Row
from canvass.tables.measures import check_count, check_measured
from canvass.tables.values import Caution, Figure, ReleasedFigure, Suppressed


@dataclass(frozen=True, slots=True)
class Wave:
    """One occasion on which the item was asked."""

    poll: str  # slug
    title: str
    first_day: date
    last_day: date
    asked: int | Suppressed | None  # None where it is not known
    base: int | Suppressed
    effective_base: float | Suppressed
    caution: Caution | None
    wording: int = 1  # rises where the meaning changed: 1 for the first wording
    text: str = ""  # the question as put in this wave
    linked: bool = False  # whether persons are known over waves
    sensitive: bool = False  # the poll is

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"{self.poll}: the wave ends before it begins.")
        if isinstance(self.base, int) and not isinstance(self.asked, Suppressed):
            check_count(f"{self.poll}: base", self.base, self.asked)
        if self.wording < 1:
            raise ValueError(f"{self.poll}: wordings are counted from 1.")

    @property
    def day(self) -> date:
        """The day at which the wave stands on an axis: the middle of its fieldwork."""
        return self.first_day + (self.last_day - self.first_day) / 2


@dataclass(frozen=True, slots=True)
class Event:
    """What happened outside, marked on the axis: a day, or a stretch of days."""

    first_day: date
    label: str
    last_day: date | None = None  # None: a day

    def __post_init__(self) -> None:
        if not self.label.strip():
            raise ValueError("An event needs a label.")
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"{self.label}: the event ends before it begins.")


@dataclass(frozen=True, slots=True)
class Change:
    """This wave minus an earlier one, in the line's own unit (shares: 0..1)."""

    since: int  # the place of the earlier wave
    estimate: float
    standard_error: float | None
    df: int | None
    low: float | None
    high: float | None
    p: float | None
    p_adjusted: float | None  # Holm, over all changes of this statistic in the trend
    overlap: int | None  # people in both waves; None: taken as different people

    def __post_init__(self) -> None:
        check_measured("change", self)


@dataclass(frozen=True, slots=True)
class HiddenChange:
    """A change that is not shown."""

    since: int
    suppressed: Suppressed


type ReleasedChange = Change | HiddenChange


@dataclass(frozen=True, slots=True)
class Line:
    """One statistic over the waves. `figures` and both changes have a place for each wave."""

    statistic: str  # mean share nps band
    option: str | None  # option id, point, or band; None where the line speaks of the whole item
    label: str
    figures: tuple[ReleasedFigure | None, ...]  # None where a wave did not offer the option
    since_previous: tuple[ReleasedChange | None, ...]  # None for the first wave and across a break
    since_first: tuple[ReleasedChange | None, ...]  # to the first wave of the same wording

    def __post_init__(self) -> None:
        lengths = {len(self.figures), len(self.since_previous), len(self.since_first)}
        if len(lengths) > 1:
            raise ValueError(f"{self.label}: figures and changes must have a place for each wave.")
        for figure in self.figures:
            if isinstance(figure, Figure):
                check_measured(self.label, figure)

    @property
    def is_share(self) -> bool:
        return self.statistic in ("share", "band", "top")


@dataclass(frozen=True, slots=True)
class Trend:
    """One item, or one row of a grid, over its waves."""

    name: str  # what ties the waves: "ons4.satisfied", or series and item
    item: Item  # in its newest words
    row: Row | None
    waves: tuple[Wave, ...]  # the oldest first
    lines: tuple[Line, ...]
    events: tuple[Event, ...] = ()
    level: float = 0.95

    def __post_init__(self) -> None:
        if not self.waves:
            raise ValueError(f"{self.name}: a trend needs at least one wave.")
        if any(later.day < earlier.day for earlier, later in pairwise(self.waves)):
            raise ValueError(f"{self.name}: waves must stand in the order of their days.")
        for line in self.lines:
            self._check(line)

    def _check(self, line: Line) -> None:
        if len(line.figures) != len(self.waves):
            raise ValueError(f"{self.name}, {line.label}: a place for each wave is needed.")
        for changes in (line.since_previous, line.since_first):
            for place, change in enumerate(changes):
                if change is not None and not self._may_change(change.since, place):
                    raise ValueError(f"{self.name}, {line.label}: a change is told across a break.")

    def _may_change(self, since: int, place: int) -> bool:
        return 0 <= since < place and self.waves[since].wording == self.waves[place].wording

    @property
    def breaks(self) -> tuple[int, ...]:
        """The places of the waves before which the line breaks, because the wording changed."""
        pairs = enumerate(pairwise(self.waves), start=1)
        return tuple(place for place, (one, other) in pairs if one.wording != other.wording)

    @property
    def runs(self) -> tuple[range, ...]:
        """The stretches of waves to be joined by a line."""
        edges = (0, *self.breaks, len(self.waves))
        return tuple(range(start, end) for start, end in pairwise(edges))

    @property
    def linked(self) -> bool:
        """Whether every wave knows persons, so that changes keep their covariance."""
        return all(wave.linked for wave in self.waves)

    def line(self, statistic: str, option: str | None = None) -> Line:
        """The line of this statistic and option. Raises KeyError."""
        for line in self.lines:
            if line.statistic == statistic and line.option == option:
                return line
        raise KeyError((statistic, option))
