"""Tables as frozen values: what statistics found, ready to be printed, drawn or exported.

Names and meanings are those of `canvass tabulate --format json`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from canvass.instrument.model import Item, Row
from canvass.statistics.small_bases import Caution as Caution
from canvass.statistics.small_bases import is_wide


class Reason(StrEnum):
    """Why a number is not shown. Which of two numbers protects the other is never told."""

    FEW_ANSWERED = "few_answered"
    FEW_ASKED = "few_asked"
    FEW_OF_SENSITIVE = "few_of_sensitive"
    COUNTS_ONLY = "counts_only"
    SMALL_GROUP = "small_group"
    SMALL_CELL = "small_cell"
    DIFFERENCE = "difference"
    RESTS_ON_HIDDEN = "rests_on_hidden"


_WORDS = {
    Reason.FEW_ANSWERED: "fewer than 10 people answered",
    Reason.FEW_ASKED: "fewer than 10 people were asked",
    Reason.FEW_OF_SENSITIVE: "this poll is sensitive and fewer than 30 people answered",
    Reason.COUNTS_ONLY: "fewer than 30 people: read the counts only",
    Reason.SMALL_GROUP: "a group of few people, or one that would give such a group away",
    Reason.SMALL_CELL: "few people gave this answer, or it would give such an answer away",
    Reason.DIFFERENCE: "beside what is shown already it would give away the answers of few people",
    Reason.RESTS_ON_HIDDEN: "it rests on numbers that are not shown",
}


_INSTEAD = {
    Reason.FEW_ANSWERED: "fewer than 10",
    Reason.FEW_ASKED: "fewer than 10",
    Reason.FEW_OF_SENSITIVE: "fewer than 30",
}


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Stands where a number would, and says why it does not. Printed it is a mark: [c], or [u] where the
    number is kept back because it is not reliable."""

    reason: Reason

    @property
    def words(self) -> str:
        """The reason as words that may stand after "Not shown:"."""
        return _WORDS[self.reason]

    @property
    def instead(self) -> str:
        """What may be read in a sentence where the number would stand: "fewer than 10", else the mark."""
        return _INSTEAD.get(self.reason, self.mark)

    @property
    def mark(self) -> str:
        return "[u]" if self.reason is Reason.COUNTS_ONLY else "[c]"

    def __str__(self) -> str:
        return self.mark


def told[T](value: T | Suppressed) -> T | None:
    """The number, or None where it is hidden."""
    return None if isinstance(value, Suppressed) else value


def said[T](value: T | Suppressed, write: Callable[[T], str]) -> str:
    """The number as it is written, or the mark that stands in its place."""
    return str(value) if isinstance(value, Suppressed) else write(value)


class Figure(NamedTuple):
    """One estimate with its uncertainty. Shares are 0..1; means are in the item's own units; unrounded."""

    statistic: str  # share mean median quantile top nps net
    option: str | None  # option id; a scale point as text; a net's label; None: of the whole item
    label: str
    n: int  # unweighted people behind this row (those who chose the option; else the base)
    estimate: float | None
    standard_error: float | None = None
    df: int | None = None
    low: float | None = None
    high: float | None = None
    interval: str | None = None  # logit korn-graubard t woodruff
    design_effect: float | None = None
    caution: Caution | None = None
    q: float | None = None  # of a quantile
    suppressed: Suppressed | None = None  # why the estimate is not shown, where there is one

    @property
    def is_wide(self) -> bool:
        """The second caution, on the width of a share's interval (`small_bases.is_wide`)."""
        return self.statistic in ("share", "top", "net", "band") and is_wide(
            self.estimate, self.low, self.high
        )


@dataclass(frozen=True, slots=True)
class HiddenFigure:
    """A row of a table none of whose numbers is shown."""

    statistic: str
    option: str | None
    label: str
    suppressed: Suppressed
    q: float | None = None

    @property
    def n(self) -> Suppressed:
        return self.suppressed

    @property
    def estimate(self) -> Suppressed:
        return self.suppressed


type ReleasedFigure = Figure | HiddenFigure


@dataclass(frozen=True, slots=True)
class Net:
    """Answers added together: who gave one of these. Options by id; points of a scale as text."""

    label: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topline:
    """Everything counted of one item, or of one row of a grid, for all respondents."""

    item: Item
    row: Row | None
    asked: int | None  # None where it is not known
    base: int
    applies_base: int | None  # base "to whom it applies"; None where not-applicable is not offered
    weighted_base: float
    effective_base: float
    kish_design_effect: float
    caution: Caution | None
    figures: tuple[Figure, ...]
    not_applicable: int = 0
    prefer_not_to_say: int = 0
    not_answered: int | None = None
    of_responses: tuple[float, ...] = ()  # choose-all: of all ticks the part of each option; () without one

    def figure(self, statistic: str, option: str | None = None) -> Figure:
        """The row with this statistic and option. Raises KeyError."""
        for figure in self.figures:
            if figure.statistic == statistic and figure.option == option:
                return figure
        raise KeyError((statistic, option))


@dataclass(frozen=True, slots=True)
class HiddenTopline:
    """A topline of which nothing is shown but what was asked and, unless these are few, of how many."""

    item: Item
    row: Row | None
    asked: int | Suppressed | None
    suppressed: Suppressed
    figures: tuple[HiddenFigure, ...]

    @property
    def base(self) -> Suppressed:
        return self.suppressed

    @property
    def caution(self) -> Caution:
        return Caution.NO_FIGURE


type ReleasedTopline = Topline | HiddenTopline


_SEVERITY = (None, Caution.SMALL, Caution.VERY_SMALL, Caution.COUNTS_ONLY, Caution.NO_FIGURE)


def strictest_caution(topline: ReleasedTopline) -> Caution | None:
    """How far a topline can be read: the strictest of its own caution and that of its leading number."""
    leading = [
        figure.caution
        for figure in topline.figures
        if isinstance(figure, Figure) and figure.statistic in ("mean", "median") and figure.option is None
    ]
    return strictest((topline.caution, *leading))


def strictest(cautions: Iterable[Caution | None]) -> Caution | None:
    """The caution that goes farthest; None where there is none."""
    return max(cautions, key=_SEVERITY.index, default=None)
