"""A hand-in and what becomes of it. Pure: the store asks and writes, here is decided what it means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from canvass.fieldwork.journey import Journey

NEVER_STARTED = 2**53  # later than any close: no grace


class Fate(StrEnum):
    """What becomes of a hand-in: the first that holds. Every hand-in has exactly one."""

    UNKNOWN = "unknown"
    STOPPED = "stopped"
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    ALREADY = "already"
    CHANGED = "changed"
    STORED = "stored"

    @property
    def kept(self) -> bool:
        """Whether the answers are in."""
        return self in (Fate.STORED, Fate.CHANGED)


class Turn(StrEnum):
    """Where a member goes with a hand-in."""

    NEXT = "next"
    BACK = "back"
    CLEAR = "clear"  # the same page again, empty


@dataclass(frozen=True, slots=True)
class Claim:
    """Who asks to do what, as the store must know it to decide a fate."""

    poll: int
    key: str  # the ballot's, by this poll's key; "" where it is not known yet (Start of an anonymous poll)
    linked_key: str | None = None  # the ballot's, by the panel's key, in a linked poll
    member: str = ""  # "" for answers collected elsewhere
    link_key: int = 0  # the id of the key that signed the link
    started: int = NEVER_STARTED
    windowed: bool = True  # False: imports and the demo, which skip the window's test

    def row(self) -> list[Any]:
        """The claim as the store's JSON carries it, in the order of `store_sql.CLAIM`."""
        return [
            self.poll,
            self.member,
            self.link_key,
            self.started,
            int(self.windowed),
            self.key,
            self.linked_key or "",
        ]


@dataclass(frozen=True, slots=True)
class HandIn:
    """One page (or several) handed in. It speaks for every item there: those without an answer are emptied.

    `answers` are in stored form, as the checking table returned them.
    """

    claim: Claim
    journey: Journey
    version: int
    pages: Sequence[int]  # the last is the one that the member leaves
    answers: Mapping[str, Any]
    turn: Turn = Turn.NEXT
    day: str | None = None  # of the participation, ISO; None: the store's today
    snapshot: Mapping[str, Any] | None = None  # what a file says of the profile; None: it is the member's

    @property
    def page(self) -> int:
        return self.pages[-1]

    def speaks_for(self) -> set[str]:
        """The items, and the consents beside them, that this hand-in settles."""
        return {entry for page in self.pages for entry in self.journey.speaks_for[page]}


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot as the store holds it."""

    panel: int
    poll: int
    key: str
    version: int
    answers: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    snapshot: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the store says of a claim before it is acted on."""

    fate: Fate
    now: int  # seconds since 1970, by the store's clock
    ballot: Ballot | None  # None: there is none yet
    answered: bool = False
    finished: bool = False
    panel: int = 0
    key: str = ""  # under which the ballot lies or would lie
    profile: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the member is told. `goes_to` is the page to serve; None once the last is handed in."""

    fate: Fate
    ballot: Ballot | None = None
    goes_to: int | None = None

    @property
    def finished(self) -> bool:
        return self.fate.kept and self.goes_to is None


def merge(hand_in: HandIn, ballot: Ballot) -> tuple[Ballot, int | None]:
    """The ballot after this hand-in, and the page that follows (None: the last was handed in)."""
    emptied = hand_in.speaks_for()
    kept = {item: answer for item, answer in ballot.answers.items() if item not in emptied}
    answers = {**kept, **hand_in.answers}
    goes_to = _goes_to(hand_in, answers)
    pages = [*hand_in.pages, *([] if goes_to is None else [goes_to])]
    shown = hand_in.journey.shown(ballot.shown, pages, answers)
    snapshot = {**ballot.snapshot, **(hand_in.snapshot or {})}
    return replace(ballot, answers=answers, shown=shown, snapshot=snapshot), goes_to


def _goes_to(hand_in: HandIn, answers: Mapping[str, Any]) -> int | None:
    match hand_in.turn:
        case Turn.NEXT:
            return hand_in.journey.after(hand_in.page, answers)
        case Turn.BACK:
            return hand_in.journey.before(hand_in.page, answers)
        case Turn.CLEAR:
            return hand_in.page
