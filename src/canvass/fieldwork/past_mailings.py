"""Invitations that went out before this installation knew of them, as the demo makes them."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from canvass.fieldwork import outbox
from canvass.fieldwork.mailings import Mailing, MailState, Round
from canvass.polls.models import Poll
from canvass.team import audit
from canvass.team.audit import Actor


def record_past_invitations(poll: Poll, members: Collection[str], *, by: Actor, now: datetime) -> Mailing:
    """Note that these members (random keys) were mailed the poll at `now` and their mail servers took it.

    The outbox is written first; done again after a crash, it changes nothing there.
    """
    outbox.record_past(poll.panel_id, poll.pk, dict.fromkeys(members, MailState.ACCEPTED))
    with transaction.atomic():
        mailing = Mailing.objects.create(
            panel=poll.panel,
            poll=poll,
            round=Round.INVITATION,
            planned_at=now,
            begun_at=now,
            queued=len(members),
        )
        audit.record("mailing.recorded", poll.slug, panel=poll.panel, by=by, now=now, mails=len(members))
    return mailing
