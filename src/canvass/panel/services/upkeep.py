"""What Canvass does by itself every day: pauses end, what is no longer needed goes, the stores agree."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from canvass.panel import standings
from canvass.panel.models import Address, AddressChange, Letter, Member, Standing
from canvass.panel.services import membership, yearly
from canvass.panel.states import MAILABLE, State
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel

UNCONFIRMED_KEPT = timedelta(days=14)
LEFT_KEPT = timedelta(days=14)
SENT_KEPT = timedelta(days=7)
UNDER_WAY = timedelta(hours=1)  # a sign-up writes one store after the other; leave those alone


def daily(*, by: Actor, now: datetime) -> list[str]:
    """Everything that is due, panel by panel. Returns what was mended, in sentences."""
    mended: list[str] = []
    for panel in Panel.objects.order_by("pk"):
        end_pauses(panel, by=by, now=now)
        forget(panel, by=by, now=now)
        mended += reconcile(panel, by=by, now=now)
        yearly.ask(panel, by=by, now=now)
    return mended


def end_pauses(panel: Panel, *, by: Actor, now: datetime) -> int:
    """Mail those again whose day has come."""
    due = list(Member.objects.filter(panel=panel, state=State.PAUSED, paused_until__lte=now.date()))
    for member in due:
        membership.resume(member, by=by, now=now)
    return len(due)


def forget(panel: Panel, *, by: Actor, now: datetime) -> int:
    """Erase who left 14 days ago, drop sign-ups and new addresses never confirmed, and letters a week after
    they were sent or given up."""
    gone = Member.objects.filter(panel=panel, state=State.LEFT, erased_at=None)
    never = Member.objects.filter(panel=panel, state=State.PENDING)
    due = [*gone.filter(left_at__lte=now - LEFT_KEPT), *never.filter(joined_at__lte=now - UNCONFIRMED_KEPT)]
    for member in due:
        if member.state == State.LEFT:
            membership.erase(member, by=by, now=now)
        else:
            membership.drop(member, by=by, now=now)
    Letter.objects.filter(panel_id=panel.pk, state="sent", sent_at__lte=now - SENT_KEPT).delete()
    Letter.objects.filter(panel_id=panel.pk, state="refused", due_at__lte=now - SENT_KEPT).delete()
    AddressChange.objects.filter(panel_id=panel.pk, asked_at__lte=now - UNCONFIRMED_KEPT).delete()
    return len(due)


@dataclass
class _Stores:
    """One panel's members as each store knows them."""

    standing: dict[str, Standing]
    members: dict[str, Member]
    addresses: dict[str, Address]
    mended: list[str] = field(default_factory=list)


def reconcile(panel: Panel, *, by: Actor, now: datetime) -> list[str]:
    """Compare the three stores and mend what a crash between them left, trusting the one written first.

    Returns one sentence for each thing mended; each is an audit entry too.
    """
    stores = _Stores(
        {row.member: row for row in Standing.objects.filter(panel_id=panel.pk)},
        {member.key: member for member in Member.objects.filter(panel=panel).select_related("panel")},
        {address.member: address for address in Address.objects.filter(panel_id=panel.pk)},
    )
    _half_sign_ups(stores, now=now)
    _lost_standings(stores)
    _desk_behind(stores, by=by, now=now)
    _no_address(stores, by=by, now=now)
    for sentence in stores.mended:
        audit.record("panel.stores_mended", panel.slug, panel=panel, by=by, now=now, what=sentence)
    return stores.mended


def _half_sign_ups(stores: _Stores, *, now: datetime) -> None:
    """Standing or address without a member: the sign-up stopped half-way, and can be made again."""
    for key in sorted((stores.standing.keys() | stores.addresses.keys()) - stores.members.keys()):
        address = stores.addresses.pop(key, None)
        if address is not None and address.created_at > now - UNDER_WAY:
            continue
        Standing.objects.filter(member=key).delete()
        Letter.objects.filter(member=key).delete()
        Address.objects.filter(member=key).delete()
        stores.standing.pop(key, None)
        stores.mended.append(f"A half-made sign-up ({key[:8]}) was removed.")


def _lost_standings(stores: _Stores) -> None:
    for key in sorted(stores.members.keys() - stores.standing.keys()):
        member = stores.members[key]
        stores.standing[key] = Standing.objects.create(
            member=key,
            panel_id=member.panel_id,
            state=member.state,
            mailable=member.state in MAILABLE,
            linked=member.linked,
            profile=member.profile,
        )
        stores.mended.append(f"The standing of member {key[:8]} was missing and is written again.")


def _desk_behind(stores: _Stores, *, by: Actor, now: datetime) -> None:
    """The ballots store is written first, so where the two differ the desk is behind."""
    for key, member in sorted(stores.members.items()):
        row = stores.standing[key]
        if (row.state, row.linked, row.profile) == (member.state, member.linked, member.profile):
            continue
        state = State(row.state)
        erased = now if state == State.LEFT and key not in stores.addresses else member.erased_at
        pause_ends = (member.paused_until or now.date()) if state == State.PAUSED else None
        standings.follow_in_desk(
            member,
            state,
            verb="member.mended",
            by=by,
            now=now,
            paused_until=pause_ends,
            linked=row.linked,
            profile={} if erased else row.profile,
            erased_at=erased,
            confirmed_at=member.confirmed_at or (now if state == State.ACTIVE else None),
        )
        stores.mended.append(f"The desk was behind on member {key[:8]} and has caught up: {state}.")


def _no_address(stores: _Stores, *, by: Actor, now: datetime) -> None:
    """A member without an address cannot be mailed, whatever the standing says."""
    for key, member in sorted(stores.members.items()):
        if key in stores.addresses or stores.standing[key].state not in (State.ACTIVE, State.PAUSED):
            continue
        membership.mark_bounced(member, by=by, now=now)
        stores.mended.append(f"Member {key[:8]} has no address and is no longer mailed.")
