"""The states of a poll and the moves between them: one table, read by services, pages and tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

GRACE = timedelta(minutes=15)  # a hand-in begun before the close is still taken, so counting waits as long


class State(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


FROZEN = frozenset({State.OPEN, State.CLOSED, State.PUBLISHED})  # a version exists; the text is no draft
TEXT_IS_DRAFT = frozenset({State.DRAFT, State.SCHEDULED})


@dataclass(frozen=True, slots=True)
class Move:
    """One verb: the states it may start from, and the state it leads to."""

    begins: frozenset[State]
    ends: State
    done: str  # the past participle: "opened"


MOVES: Mapping[str, Move] = {
    "schedule": Move(frozenset({State.DRAFT}), State.SCHEDULED, "scheduled"),
    "unschedule": Move(frozenset({State.SCHEDULED}), State.DRAFT, "taken back to draft"),
    "open": Move(frozenset({State.DRAFT, State.SCHEDULED}), State.OPEN, "opened"),
    "close": Move(frozenset({State.OPEN}), State.CLOSED, "closed"),
    "publish": Move(frozenset({State.CLOSED}), State.PUBLISHED, "published"),
    "withdraw": Move(frozenset({State.DRAFT, State.SCHEDULED, State.OPEN}), State.WITHDRAWN, "withdrawn"),
}


def may(verb: str, state: str) -> bool:
    return state in MOVES[verb].begins


class PollRefused(Exception):
    """A sentence for the reader: why this cannot be done to this poll now, and what to do."""
