"""What polls/ asks of rooms above it: how many answered, when, and closing with all that belongs to it.

Imports point down, so each door is a name in the settings, like the policy table.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from canvass.polls.models import Poll
from canvass.team.audit import Actor
from canvass.team.models import Panel


@dataclass(frozen=True, slots=True)
class PollCount:
    """One poll's people. `mailed` is None where nobody was mailed by Canvass and no number was given."""

    mailed: int | None = None
    took_part: int = 0  # ballots + withdrawn

    @property
    def share(self) -> float | None:
        """The share of those mailed who took part; None where that cannot be said."""
        return self.took_part / self.mailed if self.mailed else None


class CountPolls(Protocol):
    def __call__(self, panel: Panel, polls: Collection[int]) -> Mapping[int, PollCount]: ...


class CountHandIns(Protocol):
    def __call__(self, panel: Panel, since: date) -> Mapping[date, int]: ...


class ClosePoll(Protocol):
    def __call__(self, poll: Poll, *, by: Actor, now: datetime) -> object: ...


NOTHING = PollCount()


def counts(panel: Panel, polls: Collection[int]) -> Mapping[int, PollCount]:
    """Counts by poll id for polls of one panel, by the function that settings.POLL_COUNTS names."""
    count: CountPolls = import_string(settings.POLL_COUNTS)
    return count(panel, polls)


def hand_ins(panel: Panel, since: date) -> Mapping[date, int]:
    """How many began to answer a poll on each day from `since` on, by the function of settings.HAND_INS."""
    count: CountHandIns = import_string(settings.HAND_INS)
    return count(panel, since)


def close(poll: Poll, *, by: Actor, now: datetime) -> None:
    """Close a poll and do what closing means (settings.POLL_CLOSE). Raises PollRefused."""
    verb: ClosePoll = import_string(settings.POLL_CLOSE)
    verb(poll, by=by, now=now)
