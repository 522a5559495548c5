"""The demo's polls, each held as a team would have held it: written, opened, mailed, answered, closed,
counted, published, with the day of each step."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.conf import settings

from canvass.analysis.services import close_and_count
from canvass.cli.demo.plan import DemoPoll, Stage
from canvass.fieldwork.ballotbox import Entry, PollAtHand, hand_in_many
from canvass.fieldwork.ballotkeys import keys_of
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.mail_pump import MailPump
from canvass.fieldwork.past_mailings import record_past_invitations
from canvass.fieldwork.services import invite
from canvass.fieldwork.store import Store
from canvass.instrument import Confidentiality
from canvass.library.services import publish
from canvass.panel.models import Member
from canvass.polls import drafts, services
from canvass.polls.models import Poll
from canvass.team.audit import Actor
from canvass.team.models import Panel

WRITTEN_BEFORE = timedelta(days=6)  # a poll is drafted as long before it opens
PUBLISHED_AFTER = timedelta(days=8)  # the closing: figures are looked at and titles read first


def write_poll(panel: Panel, made: DemoPoll, *, by: Actor, now: datetime) -> Poll:
    """The poll as a draft, written in time. `now`: the demo's present; nothing happens later."""
    written = now if made.stage is Stage.DRAFT else min(made.opens - WRITTEN_BEFORE, now)
    return drafts.create(
        panel, slug=made.slug, title=made.instrument.title, text=made.text, by=by, now=written
    )


def schedule_poll(panel: Panel, made: DemoPoll, *, by: Actor, now: datetime) -> Poll:
    """The next poll: it opens by itself, and is mailed then."""
    poll = write_poll(panel, made, by=by, now=now)
    poll = services.schedule(poll, opens=made.opens, closes=made.closes, by=by, now=now)
    invite(poll, {}, on_opening=True, by=by, now=now)
    return poll


def hold_past_poll(
    panel: Panel, made: DemoPoll, members: Mapping[str, Member], store: Store, *, by: Actor, now: datetime
) -> Poll:
    """A poll that is over: counted, and published unless the plan leaves it closed."""
    poll = services.open_now(write_poll(panel, made, by=by, now=now), by=by, now=made.opens)
    mailed = [members[key].key for key in made.mailed]
    record_past_invitations(poll, mailed, by=by, now=made.opens)
    _fill(poll, made, members, store)
    counted = close_and_count(poll, by=by, now=made.closes)
    if made.stage is Stage.PUBLISHED:
        at = datetime.combine(made.closes + PUBLISHED_AFTER, time(10), made.closes.tzinfo)
        publish(counted.poll, by=by, now=min(at, now))
    return counted.poll


def hold_open_poll(
    panel: Panel, made: DemoPoll, members: Mapping[str, Member], store: Store, *, by: Actor, now: datetime
) -> Poll:
    """The poll that can be answered now. Its invitations are mails like any other, kept for reading."""
    poll = services.open_now(write_poll(panel, made, by=by, now=now), by=by, now=made.opens)
    invite(poll, {}, on_opening=False, by=by, now=made.opens)
    MailPump(now=lambda: made.opens + timedelta(minutes=1)).run()
    _fill(poll, made, members, store)
    return poll


def _fill(poll: Poll, made: DemoPoll, members: Mapping[str, Member], store: Store) -> None:
    linked = made.instrument.confidentiality is Confidentiality.LINKED
    keys = keys_of(settings.KEYS, panel=poll.panel.slug, poll=poll.slug, linked=linked)
    at_hand = PollAtHand(poll.pk, poll.version, Journey.of(made.instrument), keys)
    hand_in_many(store, at_hand, _entries(made, members))


def _entries(made: DemoPoll, members: Mapping[str, Member]) -> list[Entry]:
    return [
        Entry(one.answers, member=members[one.member].key, reached=one.reached, day=one.day)
        for one in made.hand_ins
    ]
