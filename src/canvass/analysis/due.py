"""Counting closed polls that are not counted yet: one that was closed by a process that then stopped."""

from datetime import datetime

from django.conf import settings

from canvass.analysis import services
from canvass.analysis.models import Counted
from canvass.datafolder import clock
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team.audit import SYSTEM


def count_closed(now: datetime) -> list[Counted]:
    """Count every closed poll that is not counted; safe to run at any instant, again and again."""
    waiting = Poll.objects.filter(state__in=(State.CLOSED, State.PUBLISHED), counted=None)
    return [services.count(poll, by=SYSTEM, now=now) for poll in waiting.order_by("pk")]


def count_closed_polls() -> None:
    """The pump that counts what is closed."""
    count_closed(clock.now(settings.DATA.path))
