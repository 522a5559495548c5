"""Two weeks after its close a poll's key is destroyed; from then on nobody can say which ballot is whose.

Ballots linked with consent lie under the panel's key, and their members find them while they are members.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from canvass.datafolder import clock
from canvass.fieldwork.ballotkeys import key_name
from canvass.fieldwork.sentences import KEY_LIVES
from canvass.instrument import Confidentiality
from canvass.panel.models import Standing
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team import audit
from canvass.team.audit import SYSTEM, Actor
from canvass.team.models import AuditEntry

OVER = (State.CLOSED, State.PUBLISHED, State.WITHDRAWN)
NO_MEMBER = ("pending", "left")
VERB = "poll.key_destroyed"


def is_apart(poll: Poll, *, now: datetime) -> bool:
    """Whether the day is over until which the poll's key is used."""
    return poll.closes_at is not None and now >= poll.closes_at + KEY_LIVES


def is_linked(poll: Poll) -> bool:
    return poll.confidentiality == Confidentiality.LINKED


def can_be_found(poll: Poll, member: str, *, now: datetime) -> bool:
    """Whether a member's ballot, if there is one, can still be found by its member."""
    if not is_apart(poll, now=now):
        return True
    linked = Standing.objects.filter(panel_id=poll.panel_id, member=member, linked=True)
    return is_linked(poll) and linked.exclude(state__in=NO_MEMBER).exists()


def due(now: datetime) -> list[Poll]:
    """Polls that are over for two weeks and whose key is still there, the longest over first."""
    there = set(settings.KEYS.names("poll"))
    over = Poll.objects.filter(state__in=OVER, closes_at__lte=now - KEY_LIVES).select_related("panel")
    return [poll for poll in over.order_by("closes_at", "pk") if _name(poll) in there]


def destroy_key(poll: Poll, *, by: Actor, now: datetime) -> None:
    """Destroy the key that leads from members and receipts to this poll's ballots.

    It is told first and done then, so that no key goes without an entry; a run that was stopped in between
    is finished by the next.
    """
    with transaction.atomic():
        if not AuditEntry.objects.filter(panel=poll.panel, verb=VERB, subject=poll.slug).exists():
            audit.record(VERB, poll.slug, panel=poll.panel, by=by, now=now)
    settings.KEYS.destroy(_name(poll))


def destroy_due_keys() -> None:
    """The pump."""
    now = clock.now(settings.DATA.path)
    for poll in due(now):
        destroy_key(poll, by=SYSTEM, now=now)


def _name(poll: Poll) -> str:
    return key_name(poll.panel.slug, poll.slug)
