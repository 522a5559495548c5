"""What is compared, and what may be said of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from canvass.statistics.small_bases import COUNTS_ONLY_UNDER

CLEAR = 0.05  # a corrected p under it makes a change, or a difference, clear
FEWEST = COUNTS_ONLY_UNDER  # people on both sides, and worth as many after weighting, for a test

SHARES = ("share", "top", "band", "net")  # statistics that are parts of a base; all others are means


class Sort(StrEnum):
    """What is compared with what."""

    CHANGE = "change"  # a later wave with an earlier one
    SAME_PEOPLE = "same_people"  # the same, among those who answered both times
    DIFFERENT_PEOPLE = "different_people"  # what different people answering adds to a change
    GROUPS = "groups"  # two groups, or a group with the rest
    OPTIONS = "options"  # two answers of the same people

    @property
    def is_change(self) -> bool:
        return self in (Sort.CHANGE, Sort.SAME_PEOPLE, Sort.DIFFERENT_PEOPLE)


class Verdict(StrEnum):
    """What may be said, and coloured."""

    UP = "up"  # this side is clearly above the other
    DOWN = "down"
    NONE = "none"  # tested, and no clear change or difference
    NOT_TESTED = "not_tested"


class Obstacle(StrEnum):
    """Why there is no test."""

    FEW = "few"  # under 30 people on a side, or worth fewer after weighting
    RARE = "rare"  # under 5 people expected at an answer, or beside it, and no exact test to be had
    ALIKE = "alike"  # no variation, or nobody to know it by
    HIDDEN = "hidden"  # a side is not shown


class Stamp(StrEnum):
    PLANNED = "planned"  # declared in the poll's plan before fieldwork
    FOUND = "found"


class Found(NamedTuple):
    """What statistics found: this side minus the other, its interval, and the p of its test, uncorrected."""

    estimate: float | None
    low: float | None
    high: float | None
    p: float | None


NOTHING = Found(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two numbers compared."""

    label: str  # as it stands in a sentence: "March 2022", "“London”", "all other groups"
    estimate: float
    n: int  # people who gave the answer; of a mean, the base
    base: int
    effective_base: float

    @property
    def smaller_base(self) -> float:
        """The smaller of base and effective base: what it can be judged by."""
        return min(self.base, self.effective_base)


WITHHELD = Side("", 0.0, 0, 0, 0.0)  # stands where a side is not shown


@dataclass(frozen=True, slots=True)
class Comparison:
    """This side minus the other, with the test that statistics made of it."""

    key: str  # names the test; two comparisons of one key are one test
    sort: Sort
    statistic: str  # share top band net mean nps
    subject: str  # what is measured, as it stands in a sentence: "“every week”"
    this: Side
    other: Side
    found: Found = NOTHING
    stamp: Stamp = Stamp.FOUND
    overlap: int | None = None  # of a change: people on both sides; None: taken as different people
    counts_alike: bool = False  # different people on the two sides who all count once: exact tests hold
    hidden: bool = False  # a side is withheld

    @property
    def is_share(self) -> bool:
        return self.statistic in SHARES


@dataclass(frozen=True, slots=True)
class Judged:
    """A comparison with what may be said of it."""

    comparison: Comparison
    verdict: Verdict
    obstacle: Obstacle | None
    exact: bool  # Fisher's test in the place of t
    p: float | None  # of the test that was made
    p_adjusted: float | None
    tests: int  # in its family
    sentence: str = ""
    method: str = ""  # test, family, correction, people in both

    @property
    def is_clear(self) -> bool:
        return self.verdict in (Verdict.UP, Verdict.DOWN)

    @property
    def stamp(self) -> Stamp:
        return self.comparison.stamp
