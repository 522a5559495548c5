"""Counting closed polls that are not counted yet (one that was closed by a process that then stopped), and
taking answers that were withdrawn since out of the files."""

from datetime import datetime

from django.conf import settings

from canvass.analysis import services
from canvass.analysis.models import Counted
from canvass.datafolder import clock
from canvass.fieldwork import counting
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team.audit import SYSTEM
from canvass.team.models import Panel


def count_closed(now: datetime) -> list[Counted]:
    """Count every closed poll that is not counted; safe to run at any instant, again and again."""
    waiting = Poll.objects.filter(state__in=(State.CLOSED, State.PUBLISHED), counted=None)
    return [services.count(poll, by=SYSTEM, now=now) for poll in waiting.order_by("pk")]


def forget_withdrawn(now: datetime) -> list[Counted]:
    """Rewrite the files of counted polls that ballots were withdrawn from since; those that were rewritten.

    Every such poll is asked again, so that old files that outlived a stop are destroyed.
    """
    changed = []
    for panel in Panel.objects.order_by("pk"):
        since = counting.withdrawals(panel)
        for known in Counted.objects.select_related("poll").filter(panel=panel, poll__in=since):
            if since[known.poll_id] > known.withdrawn:
                done = services.forget_withdrawn(known.poll, by=SYSTEM, now=now)
                changed += [done] if done.forgotten > known.forgotten else []
    return changed


def count_closed_polls() -> None:
    """The pump that keeps what is counted as it should be."""
    now = clock.now(settings.DATA.path)
    count_closed(now)
    forget_withdrawn(now)
