"""What is shown where it is more than one item's toplines: each a value with its caption's facts."""

from dataclasses import dataclass
from datetime import date

from canvass.figures.setting import PollSetting, Setting
from canvass.tables.composition import CompositionOverTime, FieldComposition
from canvass.tables.crosstab import Crosstab
from canvass.tables.funnel import Funnel
from canvass.tables.noise_guard import Judged
from canvass.tables.trend import Event, Line, Trend, Wave


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendExhibit(Setting):
    """One statistic of one or several items over their waves, a plot for each line.

    statistic: mean, share, band, top or nps, as in `tables.Line`; options: which of its lines, all where
    empty. question: what is asked in all plots together; left empty, the item's own text stands there.
    """

    trends: tuple[Trend, ...]
    statistic: str = "mean"
    options: tuple[str, ...] = ()
    question: str = ""
    mode: str = "online"
    weighted: bool = False

    def __post_init__(self) -> None:
        if not self.plots:
            raise ValueError(f"These trends have no line of the statistic “{self.statistic}” to draw.")

    @property
    def plots(self) -> tuple[tuple[Trend, Line], ...]:
        """Each line that is drawn, with its trend."""
        return tuple(
            (trend, line)
            for trend in self.trends
            for line in trend.lines
            if line.statistic == self.statistic and (not self.options or line.option in self.options)
        )

    @property
    def waves(self) -> tuple[Wave, ...]:
        """The waves of all plots in the order of their days, each poll once."""
        found = {(wave.poll, wave.day): wave for trend in self.trends for wave in trend.waves}
        return tuple(sorted(found.values(), key=lambda wave: wave.day))

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of all plots, each once."""
        return tuple(dict.fromkeys(event for trend in self.trends for event in trend.events))

    @property
    def first_day(self) -> date:
        return self.waves[0].first_day

    @property
    def last_day(self) -> date:
        return max(wave.last_day for wave in self.waves)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosstabExhibit(PollSetting):
    """One or several items by one division of the people, as `disclosure.release` gave them.

    by: what divides them, as it stands in a sentence ("region"); banner: the question or field as put.
    judged: what the noise guard said of each group with the rest (`noise_guard.with_the_rest`); without it no
    cell is shaded. offer: what could be shown in place of hidden columns.
    """

    crosstabs: tuple[Crosstab, ...]
    by: str
    banner: str = ""
    judged: tuple[Judged, ...] = ()
    question: str = ""  # over several items; else the item's own
    offer: str = ""

    def __post_init__(self) -> None:
        if not self.crosstabs or not self.crosstabs[0].groups:
            raise ValueError(f"A figure by {self.by} needs a table with at least one group.")
        if len({self.groups_of(table) for table in self.crosstabs}) > 1:
            raise ValueError(f"All tables of a figure by {self.by} must have the same groups.")

    @staticmethod
    def groups_of(table: Crosstab) -> tuple[str, ...]:
        return tuple(group.label for group in table.groups)

    @property
    def heading(self) -> str:
        """What stands over the groups."""
        return self.banner or f"By {self.by}"

    @property
    def groups(self) -> tuple[str, ...]:
        """The labels of the groups."""
        return self.groups_of(self.crosstabs[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelExhibit(Setting):
    """The funnel of one poll: how many were there to be asked, were mailed, answered, finished."""

    funnel: Funnel
    first_day: date
    last_day: date
    mode: str = "online"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkforceExhibit(Setting):
    """The panel, or those of it who answered a poll, beside the workforce, by one or several fields.

    answered: who the answers are of ("people who answered “Hours”"); empty for the panel alone.
    """

    day: date
    fields: tuple[FieldComposition, ...]
    answered: str = ""

    def __post_init__(self) -> None:
        if not any(field.parts for field in self.fields):
            raise ValueError("A figure of a composition needs a field with at least one category.")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthExhibit(Setting):
    """How many members stood where at the end of each day: up to three lines, each a name and its counts, the
    largest first."""

    days: tuple[date, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]

    def __post_init__(self) -> None:
        if not (self.days and 1 <= len(self.lines) <= 3):
            raise ValueError("A figure of growth needs a day at least, and one to three lines.")
        if any(len(counts) != len(self.days) for _, counts in self.lines):
            raise ValueError("A figure of growth needs a count for each line and day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionExhibit(Setting):
    """One field of the panel over time, a plot for each category."""

    composition: CompositionOverTime
    events: tuple[Event, ...] = ()

    def __post_init__(self) -> None:
        if not (self.composition.categories and self.composition.days):
            raise ValueError(f"{self.composition.label}: a figure needs a category and a day at least.")
