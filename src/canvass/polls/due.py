"""What the clock does to polls: open those whose time has come, close those whose time is over, and keep the
two stores in agreement. Pumps call these; each may be run again at any instant."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.conf import settings

from canvass.datafolder import clock
from canvass.polls import doors, services, windows
from canvass.polls.models import Poll, PollWindow
from canvass.polls.states import GRACE, PollRefused, State
from canvass.team.audit import SYSTEM

logger = logging.getLogger("canvass.polls")
SETTLED = timedelta(seconds=30)  # a verb under way is not a fault between the stores


def to_open(now: datetime) -> list[Poll]:
    """Scheduled polls whose opening time has come."""
    waiting = Poll.objects.filter(state=State.SCHEDULED, opens_at__lte=now)
    return list(waiting.select_related("panel").order_by("opens_at", "pk"))


def to_close(now: datetime) -> list[Poll]:
    """Open polls whose time is over, the grace for hand-ins already begun included."""
    over = Poll.objects.filter(state=State.OPEN, collected_elsewhere=False, closes_at__lte=now - GRACE)
    return list(over.select_related("panel").order_by("closes_at", "pk"))


def open_due(now: datetime) -> int:
    """Open every scheduled poll whose time has come; how many."""
    return _each(to_open(now), lambda poll: services.open_scheduled(poll, by=SYSTEM, now=now))


def close_due(now: datetime) -> int:
    """Close every open poll whose time is over, with all that closing means; how many."""
    return _each(to_close(now), lambda poll: doors.close(poll, by=SYSTEM, now=now))


def reconcile(now: datetime) -> list[str]:
    """Bring the desk to agree with the poll windows; the slugs of the polls repaired."""
    settled = Poll.objects.filter(changed_at__lte=now - SETTLED).select_related("panel").order_by("pk")
    found = PollWindow.objects.in_bulk()
    repaired = []
    for poll in settled:
        if windows.agree(poll, found.get(poll.pk)):
            continue
        if services.repair(poll, by=SYSTEM, now=now):
            logger.warning("The desk did not agree with the window of %s and has been repaired.", poll.slug)
            repaired.append(poll.slug)
    return repaired


def move_on() -> None:
    """The pump that opens and closes."""
    now = clock.now(settings.DATA.path)
    open_due(now)
    close_due(now)


def compare_stores() -> None:
    """The pump that keeps desk and windows in agreement."""
    reconcile(clock.now(settings.DATA.path))


def _each(polls: Iterable[Poll], verb: Callable[[Poll], object]) -> int:
    done = 0
    for poll in polls:
        try:
            verb(poll)
        except PollRefused as refusal:  # one poll that cannot move must not hold up the others
            logger.warning("%s: %s", poll.slug, refusal)
        else:
            done += 1
    return done
