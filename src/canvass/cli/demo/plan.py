"""What the demo consists of, as frozen values. No person or organisation in it is real."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from canvass.instrument import Instrument


class Stage(StrEnum):
    """How far a poll of the demo has come."""

    PUBLISHED = "published"
    CLOSED = "closed"
    OPEN = "open"
    SCHEDULED = "scheduled"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class DemoField:
    """A profile field: options in order, and the wider group that a rare one merges into."""

    name: str
    label: str
    options: tuple[str, ...]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoWorkforce:
    """How the invented profession divides: profile field -> option -> share of 1."""

    source: str
    shares: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class DemoMember:
    """One invented member. Dates that never came are None."""

    key: str  # 32 hex digits
    address: str
    profile: Mapping[str, str]
    source: str  # code of the sign-up link, or ""
    linked: bool  # agreed to linking
    joined: datetime
    confirmed: datetime | None
    left: datetime | None = None
    bounced: datetime | None = None
    paused_until: date | None = None

    def mailable(self, moment: datetime) -> bool:
        """Whether an invitation could be sent at this moment."""
        gone = [at for at in (self.left, self.bounced) if at is not None]
        return self.confirmed is not None and self.confirmed <= moment and all(moment < at for at in gone)


@dataclass(frozen=True, slots=True)
class DemoHandIn:
    """What one member did in one poll: answers in stored form (none: looked and went away).

    `reached` is the last page handed in, from 0; None: all of them.
    """

    member: str
    day: date
    answers: Mapping[str, Any]
    reached: int | None = None


@dataclass(frozen=True, slots=True)
class DemoPoll:
    """One poll, who was mailed, and what was handed in, in order of the day."""

    stage: Stage
    text: str  # the poll file
    instrument: Instrument
    special: bool = False
    mailed: tuple[str, ...] = ()
    hand_ins: tuple[DemoHandIn, ...] = field(default=(), repr=False)

    @property
    def slug(self) -> str:
        return self.instrument.slug

    @property
    def opens(self) -> datetime:
        """When it opens. Raises ValueError for a draft without dates."""
        return _dated(self.instrument.opens)

    @property
    def closes(self) -> datetime:
        """When it closes. Raises ValueError for a draft without dates."""
        return _dated(self.instrument.closes)

    @property
    def answered(self) -> tuple[DemoHandIn, ...]:
        return tuple(one for one in self.hand_ins if one.answers)


@dataclass(frozen=True, slots=True)
class DemoCoded:
    """One answer that somebody gave, and what the study's first coder makes of it."""

    question: tuple[str, str]  # poll and item
    text: str
    codes: tuple[str, ...]  # keys of the codebook; none: no code fits
    is_answer: bool = True


@dataclass(frozen=True, slots=True)
class DemoStudy:
    """How people of the team read what was written. `content`: the file in content/studies."""

    content: Mapping[str, Any] = field(repr=False)
    questions: tuple[tuple[str, str], ...]  # polls and items, in order of opening
    begins: datetime
    answers: tuple[DemoCoded, ...] = field(repr=False)  # those that are read, in the order of the reading

    @property
    def title(self) -> str:
        return str(self.content["title"])


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """The whole demo. Polls are in order of opening, the draft last."""

    today: date
    slug: str
    name: str
    people: str
    fields: tuple[DemoField, ...]
    workforce: DemoWorkforce
    members: tuple[DemoMember, ...]
    polls: tuple[DemoPoll, ...]
    studies: tuple[DemoStudy, ...] = ()


def _dated(moment: datetime | None) -> datetime:
    if moment is None:
        raise ValueError("a draft has no dates")
    return moment
