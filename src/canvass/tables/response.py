"""Response analytics as values: how many saw a question, how many answered, over polls and months."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import inf
from statistics import fmean, median

from canvass.tables.funnel import Conversion, conversion
from canvass.tables.measures import check_count
from canvass.tables.values import Suppressed

SEASONS = ("winter", "spring", "summer", "autumn")  # December begins the winter

_STRETCHES = (
    (7, "up to a week"),
    (14, "8 to 14 days"),
    (28, "15 to 28 days"),
    (inf, "more than four weeks"),
)  # days of fieldwork


@dataclass(frozen=True, slots=True)
class SignedNote:
    """Why a number may be as it is, in somebody's words. It explains; it proves nothing."""

    text: str
    role: str  # of the author, never a name
    written: date

    def __post_init__(self) -> None:
        if not (self.text.strip() and self.role.strip()):
            raise ValueError("A note needs its words and the role of its author.")


@dataclass(frozen=True, slots=True)
class QuestionResponse:
    """One question of one poll."""

    poll: str  # slug
    title: str
    item: str
    text: str
    category: str
    topic: str
    first_day: date
    last_day: date
    asked: int | Suppressed | None  # to whom it was shown (the viewers); None where it was not measured
    answered: int | Suppressed
    notes: tuple[SignedNote, ...] = ()
    sensitive: bool = False  # the poll is

    def __post_init__(self) -> None:
        if isinstance(self.answered, int) and not isinstance(self.asked, Suppressed):
            check_count(f"{self.poll}, {self.item}", self.answered, self.asked)
        if self.last_day < self.first_day:
            raise ValueError(f"{self.poll}: the poll ends before it begins.")

    @property
    def conversion(self) -> Conversion:
        """The part of those who saw the question that answered it."""
        return conversion(self.answered, self.asked)

    @property
    def days_open(self) -> int:
        """Both the first and the last day are counted."""
        return (self.last_day - self.first_day).days + 1

    @property
    def month(self) -> str:
        """The month in which it was first asked: "2021-03"."""
        return f"{self.first_day:%Y-%m}"

    @property
    def season(self) -> str:
        return SEASONS[self.first_day.month % 12 // 3]


@dataclass(frozen=True, slots=True)
class ResponseGroup:
    """Questions taken together: a category, a month, a season, a length of fieldwork. Only those whose
    numbers are told; where there is none, what is made of them is None."""

    label: str
    questions: int
    polls: int
    mean: float | None  # answers a question
    highest: int | None
    lowest: int | None
    asked: int | None  # summed over questions where it was measured; None where it never was
    answered: int  # of the same questions
    conversion: float | None
    typical: float | None  # the median of the questions' conversions
    days_open: float | None  # mean


@dataclass(frozen=True, slots=True)
class ResponseAnalytics:
    """Every question of a period, and what they are like together."""

    first_day: date
    last_day: date
    questions: tuple[QuestionResponse, ...]  # in the order in which they were asked

    def __post_init__(self) -> None:
        if not self.questions:
            raise ValueError("Nothing was asked in this period.")
        if any(not self.first_day <= one.first_day <= self.last_day for one in self.questions):
            raise ValueError("A question was first asked outside the period.")

    @property
    def all(self) -> ResponseGroup:
        return group("All questions", self.told)

    @property
    def told(self) -> tuple[QuestionResponse, ...]:
        """The questions whose numbers are shown."""
        return tuple(one for one in self.questions if isinstance(one.answered, int))

    @property
    def withheld(self) -> tuple[QuestionResponse, ...]:
        """The others, which are in no group: one number more or less in a sum would give them back."""
        return tuple(one for one in self.questions if not isinstance(one.answered, int))

    @property
    def by_category(self) -> tuple[ResponseGroup, ...]:
        return self.by(lambda one: one.category)

    @property
    def by_month(self) -> tuple[ResponseGroup, ...]:
        return self.by(lambda one: one.month)

    @property
    def by_season(self) -> tuple[ResponseGroup, ...]:
        """In the order of the year, winter first."""
        found = {one.label: one for one in self.by(lambda one: one.season)}
        return tuple(found[season] for season in SEASONS if season in found)

    @property
    def by_days_open(self) -> tuple[ResponseGroup, ...]:
        """The shortest fieldwork first."""
        found = {one.label: one for one in self.by(_stretch)}
        return tuple(found[label] for _, label in _STRETCHES if label in found)

    def by(self, key: Callable[[QuestionResponse], str]) -> tuple[ResponseGroup, ...]:
        """Groups of questions by anything that can be said of one, in the order of its text."""
        ordered = sorted(self.told, key=key)
        return tuple(group(label, tuple(found)) for label, found in groupby(ordered, key=key))

    def best(self, count: int = 5) -> tuple[QuestionResponse, ...]:
        """The questions with the highest conversion, the best first; of the same, who has more answers."""
        return tuple(sorted(self._measured, key=_rank, reverse=True)[:count])

    def worst(self, count: int = 5) -> tuple[QuestionResponse, ...]:
        """The questions with the lowest conversion, the worst first."""
        return tuple(sorted(self._measured, key=_rank)[:count])

    @property
    def _measured(self) -> list[QuestionResponse]:
        return [one for one in self.questions if one.conversion.share is not None]


def _stretch(one: QuestionResponse) -> str:
    return next(label for most, label in _STRETCHES if one.days_open <= most)


def _typical(questions: tuple[QuestionResponse, ...]) -> float | None:
    shares = [share for one in questions if (share := one.conversion.share) is not None]
    return median(shares) if shares else None


def _rank(one: QuestionResponse) -> tuple[float, int]:
    return one.conversion.share or 0.0, _number(one.answered)


def _number(count: int | Suppressed | None) -> int:
    """A count that is known and told."""
    assert isinstance(count, int)
    return count


def group(label: str, questions: tuple[QuestionResponse, ...]) -> ResponseGroup:
    """Questions taken together whose numbers are told."""
    answers = [_number(one.answered) for one in questions]
    measured = [one for one in questions if one.asked is not None]
    asked = sum(_number(one.asked) for one in measured) if measured else None
    answered = sum(_number(one.answered) for one in measured) if measured else sum(answers)
    return ResponseGroup(
        label=label,
        questions=len(questions),
        polls=len({one.poll for one in questions}),
        mean=fmean(answers) if answers else None,
        highest=max(answers, default=None),
        lowest=min(answers, default=None),
        asked=asked,
        answered=answered,
        conversion=answered / asked if asked else None,
        typical=_typical(questions),
        days_open=fmean(one.days_open for one in questions) if questions else None,
    )
