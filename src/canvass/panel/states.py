"""The standing of a member, and what follows from it."""

from enum import StrEnum


class State(StrEnum):
    PENDING = "pending"  # signed up, address not confirmed yet
    ACTIVE = "active"
    PAUSED = "paused"
    BOUNCED = "bounced"  # the address does not work
    LAPSED = "lapsed"  # no longer in the profession, as they or the team say
    LEFT = "left"


REGISTERED = frozenset({State.ACTIVE, State.PAUSED, State.BOUNCED, State.LAPSED})
MAILABLE = frozenset({State.ACTIVE})
