"""A plan of the demo, written through the services of each room as people would have done it, each step with
the date on which it happened. One function a room."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from django.conf import settings

from canvass.cli.demo.plan import DemoMember, DemoPlan, DemoPoll, Say, Stage
from canvass.fieldwork.ballotbox import Entry, PollAtHand, hand_in_many
from canvass.fieldwork.ballotkeys import keys_of
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.runtime import open_store
from canvass.fieldwork.store import Store
from canvass.instrument import Confidentiality
from canvass.panel.imports import NewMember
from canvass.panel.imports import Plan as ImportPlan
from canvass.panel.models import Address, Member
from canvass.panel.services.importing import import_members
from canvass.panel.services.membership import agree_to_linking, leave, mark_bounced, pause
from canvass.panel.services.panels import Option, make_panel, save_field
from canvass.polls import doors, drafts, services
from canvass.polls.models import Poll
from canvass.team.audit import SYSTEM, Actor
from canvass.team.models import Panel

BASIS = "An invented member of the demo; nobody was asked."
WRITTEN_BEFORE = timedelta(days=6)  # a poll is drafted as long before it opens


def install(plan: DemoPlan, say: Say) -> Panel:
    """Write the whole plan into an installation without this panel. People leave after they have answered."""
    panel = install_panel(plan)
    members = install_members(panel, plan, say)
    store = open_store()
    try:
        for number, poll in enumerate(plan.polls, start=1):
            install_poll(panel, poll, members, store, now=_start_of(plan))
            say("Holding polls", number, len(plan.polls))
    finally:
        store.close()
    install_departures(plan, members, say)
    return panel


def install_panel(plan: DemoPlan) -> Panel:
    """The panel with its own profile fields, made a week before the first member joined."""
    now = plan.members[0].joined - timedelta(days=7)
    panel = make_panel(plan.slug, plan.name, people=plan.people, by=SYSTEM, now=now)
    for field in plan.fields:
        options = [Option(label, field.groups.get(label, "")) for label in field.options]
        save_field(panel, field.name, field.label, options, by=SYSTEM, now=now)
    return panel


def install_members(panel: Panel, plan: DemoPlan, say: Say) -> dict[str, Member]:
    """Everybody who confirmed, by the plan's key; who never did has long been forgotten."""
    confirmed = [member for member in plan.members if member.confirmed is not None]
    rows = [_row(member) for member in confirmed]
    import_members(panel, ImportPlan(new=rows), by=SYSTEM, now=_start_of(plan))
    by_address = {held.address: held.member for held in Address.objects.filter(panel_id=panel.pk)}
    by_key = {member.key: member for member in Member.objects.filter(panel=panel).select_related("panel")}
    members = {one.key: by_key[by_address[one.address]] for one in confirmed}
    linked = [one for one in confirmed if one.linked]
    for number, one in enumerate(linked, start=1):
        agree_to_linking(members[one.key], by=_self(members[one.key]), now=one.joined)
        say("Signing members up", number, len(linked))
    return members


def _row(member: DemoMember) -> NewMember:
    joined = member.joined.astimezone(UTC).date().isoformat()
    return NewMember(member.address, dict(member.profile), member.source, joined, BASIS)


def install_poll(
    panel: Panel, made: DemoPoll, members: Mapping[str, Member], store: Store, *, now: datetime
) -> Poll:
    """One poll, brought as far as its stage, with all its ballots."""
    written = now if made.stage is Stage.DRAFT else min(made.opens - WRITTEN_BEFORE, now)
    title = made.instrument.title
    poll = drafts.create(panel, slug=made.slug, title=title, text=made.text, by=SYSTEM, now=written)
    if made.stage is Stage.DRAFT:
        return poll
    if made.stage is Stage.SCHEDULED:
        return services.schedule(poll, opens=made.opens, closes=made.closes, by=SYSTEM, now=written)
    poll = services.open_now(poll, by=SYSTEM, now=made.opens)
    hand_in_many(store, _at_hand(poll, made), _entries(made, members))
    if made.stage is not Stage.OPEN:
        doors.close(poll, by=SYSTEM, now=made.closes)
    return poll


def _at_hand(poll: Poll, made: DemoPoll) -> PollAtHand:
    linked = made.instrument.confidentiality is Confidentiality.LINKED
    keys = keys_of(settings.KEYS, panel=poll.panel.slug, poll=poll.slug, linked=linked)
    return PollAtHand(poll.pk, poll.version, Journey.of(made.instrument), keys)


def _entries(made: DemoPoll, members: Mapping[str, Member]) -> list[Entry]:
    return [
        Entry(one.answers, member=members[one.member].key, reached=one.reached, day=one.day)
        for one in made.hand_ins
    ]


def install_departures(plan: DemoPlan, members: Mapping[str, Member], say: Say) -> None:
    """Who left, whose address stopped working, and who pauses, in the order in which it happened."""
    gone = [one for one in plan.members if one.key in members and _departs(one)]
    gone.sort(key=lambda one: one.left or one.bounced or _start_of(plan))
    for number, one in enumerate(gone, start=1):
        _depart(one, Member.objects.select_related("panel").get(pk=members[one.key].pk), _start_of(plan))
        say("Letting members leave", number, len(gone))


def _departs(member: DemoMember) -> bool:
    return any((member.left, member.bounced, member.paused_until))


def _depart(one: DemoMember, member: Member, now: datetime) -> None:
    if one.left is not None:
        leave(member, by=_self(member), now=one.left)
    elif one.bounced is not None:
        mark_bounced(member, by=SYSTEM, now=one.bounced)
    elif one.paused_until is not None:
        pause(member, until=one.paused_until, by=_self(member), now=now)


def _self(member: Member) -> Actor:
    return Actor.member(member.key)


def _start_of(plan: DemoPlan) -> datetime:
    """The first moment of the demo's today; nothing is written later than that."""
    return datetime.combine(plan.today, time(0), UTC)
