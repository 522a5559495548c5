"""A plan of the demo, written through the services of each room as people would have done it, each step with
the date on which it happened. One function a room; how a poll is held stands in `holding`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from canvass.cli.demo.holding import hold_open_poll, hold_past_poll, schedule_poll, write_poll
from canvass.cli.demo.holding_studies import hold_study
from canvass.cli.demo.plan import DemoMember, DemoPlan, DemoPoll, Stage
from canvass.cli.progress import Say
from canvass.fieldwork.runtime import open_store
from canvass.panel.imports import NewMember
from canvass.panel.imports import Plan as ImportPlan
from canvass.panel.models import Address, Member
from canvass.panel.services.importing import import_members
from canvass.panel.services.membership import agree_to_linking, leave, mark_bounced, pause
from canvass.panel.services.panels import Option, make_panel, save_field
from canvass.panel.services.workforce import write_workforce
from canvass.team.access import Role
from canvass.team.audit import SYSTEM, Actor
from canvass.team.models import Panel, Staff
from canvass.team.services import invite

OWNER = "robin@example.org"
TEAM = (
    (OWNER, "Robin Example", (Role.OWNER,)),
    ("ashok@example.org", "Ashok Example", (Role.POLL_AUTHOR, Role.PANEL_MANAGER)),
    ("bea@example.org", "Bea Example", (Role.ANALYST,)),
    ("carys@example.org", "Carys Example", (Role.CODER,)),
    ("dapo@example.org", "Dapo Example", (Role.PUBLISHER,)),
    ("efa@example.org", "Efa Example", (Role.CODER,)),
)
BASIS = "An invented member of the demo; nobody was asked."


def install(plan: DemoPlan, say: Say) -> Panel:
    """Write the whole plan into an installation without this panel."""
    panel = install_panel(plan)
    by = install_team(panel, plan)
    members = install_members(panel, plan, say)
    install_polls(panel, plan, members, say, by=by)
    install_studies(panel, plan, say)
    return panel


def install_panel(plan: DemoPlan) -> Panel:
    """The panel with its own profile fields and its workforce, made a week before the first member joined."""
    now = _first_day(plan)
    panel = make_panel(plan.slug, plan.name, people=plan.people, by=SYSTEM, now=now)
    for field in plan.fields:
        options = [Option(label, field.groups.get(label, "")) for label in field.options]
        save_field(panel, field.name, field.label, options, by=SYSTEM, now=now)
    write_workforce(
        panel, plan.workforce.shares, source=plan.workforce.source, by=SYSTEM, now=_start_of(plan)
    )
    return panel


def install_team(panel: Panel, plan: DemoPlan) -> Actor:
    """An owner and colleagues, nobody with a password yet; the owner, who holds the polls."""
    now = _first_day(plan)
    owner, *_ = [
        invite(panel, address, roles, name=name, by=SYSTEM, now=now).staff for address, name, roles in TEAM
    ]
    return Actor.of(owner)


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


def install_polls(
    panel: Panel, plan: DemoPlan, members: Mapping[str, Member], say: Say, *, by: Actor
) -> None:
    """All polls. Members go after the polls that are over, and before the open one is mailed if they went
    before: its invitations are queued by who can be mailed."""
    over = [poll for poll in plan.polls if poll.stage in (Stage.PUBLISHED, Stage.CLOSED)]
    running = next(poll for poll in plan.polls if poll.stage is Stage.OPEN)
    now, store = _start_of(plan), open_store()
    try:
        for number, poll in enumerate(over, start=1):
            hold_past_poll(panel, poll, members, store, by=by, now=now)
            say("Holding polls, counting and publishing them", number, len(over))
        gone = [one for one in plan.members if one.key in members and _departs(one)]
        earlier = [one for one in gone if (_went(one) or now) < running.opens]
        install_departures(earlier, members, now, say)
        hold_open_poll(panel, running, members, store, by=by, now=now)
        install_departures([one for one in gone if one not in earlier], members, now, say)
    finally:
        store.close()
    _install_coming(panel, plan.polls, by=by, now=now)


def _install_coming(panel: Panel, polls: Iterable[DemoPoll], *, by: Actor, now: datetime) -> None:
    for poll in polls:
        if poll.stage is Stage.SCHEDULED:
            schedule_poll(panel, poll, by=by, now=now)
        elif poll.stage is Stage.DRAFT:
            write_poll(panel, poll, by=by, now=now)


def install_studies(panel: Panel, plan: DemoPlan, say: Say) -> None:
    """The studies of what people wrote, by the coders of the team."""
    team = {one.email: Actor.of(one) for one in Staff.objects.filter(email__in=[one[0] for one in TEAM])}
    for number, study in enumerate(plan.studies, start=1):
        hold_study(panel, study, [team[address] for address in study.content["coders"]])
        say("Coding what people wrote", number, len(plan.studies))


def install_departures(
    gone: Sequence[DemoMember], members: Mapping[str, Member], now: datetime, say: Say
) -> None:
    """Who left, whose address stopped working, and who pauses, in the order in which it happened."""
    for number, one in enumerate(sorted(gone, key=lambda one: _went(one) or now), start=1):
        _depart(one, Member.objects.select_related("panel").get(pk=members[one.key].pk), now)
        say("Letting members leave", number, len(gone))


def _departs(member: DemoMember) -> bool:
    return any((member.left, member.bounced, member.paused_until))


def _went(member: DemoMember) -> datetime | None:
    """When they left or their address stopped working; None: they only pause."""
    return member.left or member.bounced


def _depart(one: DemoMember, member: Member, now: datetime) -> None:
    if one.left is not None:
        leave(member, by=_self(member), now=one.left)
    elif one.bounced is not None:
        mark_bounced(member, by=SYSTEM, now=one.bounced)
    elif one.paused_until is not None:
        pause(member, until=one.paused_until, by=_self(member), now=now)


def _self(member: Member) -> Actor:
    return Actor.member(member.key)


def _first_day(plan: DemoPlan) -> datetime:
    """A week before the first member joined."""
    return plan.members[0].joined - timedelta(days=7)


def _start_of(plan: DemoPlan) -> datetime:
    """The first moment of the demo's today; nothing is written later than that."""
    return datetime.combine(plan.today, time(0), UTC)
