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


def why_not(verb: str, slug: str, state: str) -> str:
    """Why this verb, or mending, cannot be done to a poll in this state; empty where it can."""
    if (state == State.OPEN) if verb == "mend" else may(verb, state):
        return ""
    if verb == "mend":
        return f"{slug} is {_stands(state)}. Wording is mended only while a poll is open."
    begins = [_stands(one) for one in State if one in MOVES[verb].begins]
    which = " or ".join([", ".join(begins[:-1]), begins[-1]] if len(begins) > 1 else begins)
    return f"{slug} is {_stands(state)}. Only a poll that is {which} can be {MOVES[verb].done}."


def _stands(state: str) -> str:
    return "a draft" if state == State.DRAFT else state


class PollRefused(Exception):
    """A sentence for the reader: why this cannot be done to this poll now, and what to do.

    `field` names the field of a form that it is about, if it is about one.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
