"""What a member does with their place in the panel, and what mail and the years do to it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from canvass.panel import addresses, letters, profiles, standings, wordings
from canvass.panel.models import Address, AddressChange, Letter, Member, Standing, Suppression
from canvass.panel.refusals import PanelRefusal
from canvass.panel.states import REGISTERED, State
from canvass.team import audit
from canvass.team.audit import Actor

LONGEST_PAUSE = timedelta(days=366)
LEFT = "You have left this panel, so there is nothing to change."


def pause(member: Member, *, until: date, by: Actor, now: datetime) -> Member:
    """Stop mailing a member until a day; they stay registered. Raises PanelRefusal."""
    if until <= now.date():
        raise PanelRefusal("Choose a day after today.", field="until")
    if until > now.date() + LONGEST_PAUSE:
        raise PanelRefusal("Choose a day within a year. You can pause again then.", field="until")
    return standings.move(
        member,
        State.PAUSED,
        allowed={State.ACTIVE, State.PAUSED},
        refusal="Only members who get mail can pause.",
        verb="member.paused",
        by=by,
        now=now,
        paused_until=until,
    )


def resume(member: Member, *, by: Actor, now: datetime) -> Member:
    """Mail a member again: after a pause, or once their address works."""
    return standings.move(
        member,
        State.ACTIVE,
        allowed=REGISTERED,
        refusal=LEFT,
        verb="member.resumed",
        by=by,
        now=now,
    )


def mark_bounced(member: Member, *, by: Actor, now: datetime) -> Member:
    """The address does not work: registered, but not mailable."""
    return standings.move(
        member,
        State.BOUNCED,
        allowed={State.ACTIVE, State.PAUSED},
        refusal="Only a member who gets mail can bounce.",
        verb="member.bounced",
        by=by,
        now=now,
    )


def mark_lapsed(member: Member, *, by: Actor, now: datetime) -> Member:
    """No longer in the profession, or not heard of: registered, but not mailable."""
    return standings.move(
        member,
        State.LAPSED,
        allowed=REGISTERED,
        refusal=LEFT,
        verb="member.lapsed",
        by=by,
        now=now,
    )


def reinstate(member: Member, *, by: Actor, now: datetime) -> Member:
    """Mail a member again who had bounced or lapsed; a pause is the member's own to end."""
    return standings.move(
        member,
        State.ACTIVE,
        allowed={State.BOUNCED, State.LAPSED},
        refusal="Only a member who bounced or lapsed can be mailed again from here.",
        verb="member.reinstated",
        by=by,
        now=now,
    )


def leave(member: Member, *, by: Actor, now: datetime) -> Member:
    """Leave the panel. No mail from now on; the address is forgotten after 14 days. Twice changes nothing."""
    if member.state == State.LEFT:
        return member
    if not standings.move_ballots_row(member, State.LEFT, allowed=set(State) - {State.LEFT}, linked=False):
        member.refresh_from_db()
        return member
    with transaction.atomic("identity"):
        addresses.suppress(member, "left", now=now)
        AddressChange.objects.filter(member=member.key).delete()
        Letter.objects.filter(member=member.key, state="queued").delete()
    with transaction.atomic():
        standings.withdraw_consent(member, wordings.MEMBERSHIP, wordings.LINKING, now=now)
        return standings.follow_in_desk(member, State.LEFT, verb="member.left", by=by, now=now, linked=False)


def come_back(member: Member, *, by: Actor, now: datetime) -> Member:
    """Undo leaving while the address is still held. Counts as a new consent to membership."""
    if member.erased_at is not None or not Address.objects.filter(member=member.key).exists():
        raise PanelRefusal("Your address is no longer held. Sign up again if you would like to come back.")
    if not standings.move_ballots_row(member, State.ACTIVE, allowed={State.LEFT}):
        raise PanelRefusal("You are a member of this panel already.")
    lookups = Address.objects.filter(member=member.key).values_list("lookup", flat=True)
    Suppression.objects.filter(panel_id=member.panel_id, lookup__in=list(lookups)).delete()
    with transaction.atomic():
        wording = wordings.in_force(member.panel, wordings.MEMBERSHIP)
        standings.record_consent(member, wording, channel="member's page", now=now)
        confirmed = member.confirmed_at or now
        return standings.follow_in_desk(
            member, State.ACTIVE, verb="member.came_back", by=by, now=now, confirmed_at=confirmed
        )


def change_profile(member: Member, profile: Mapping[str, str], *, by: Actor, now: datetime) -> Member:
    """Replace what a member told us. Raises PanelRefusal naming the field."""
    checked = profiles.checked(profile, profiles.fields_of(member.panel))
    rows = Standing.objects.filter(member=member.key, panel_id=member.panel_id)
    if not rows.exclude(state=State.LEFT).update(profile=checked):
        raise PanelRefusal(LEFT)
    with transaction.atomic():
        Member.objects.filter(pk=member.pk).update(profile=checked)
        audit.record(
            "member.profile_changed", member.key, panel=member.panel, by=by, now=now, fields=sorted(checked)
        )
    member.refresh_from_db()
    return member


def agree_to_linking(member: Member, *, by: Actor, now: datetime) -> Member:
    """Let this member's answers be joined over polls that are linked."""
    if not Standing.objects.filter(member=member.key, state__in=REGISTERED).update(linked=True):
        raise PanelRefusal(LEFT)
    with transaction.atomic():
        wording = wordings.in_force(member.panel, wordings.LINKING)
        standings.record_consent(member, wording, channel="member's page", now=now)
        Member.objects.filter(pk=member.pk).update(linked=True)
        audit.record("member.agreed_to_linking", member.key, panel=member.panel, by=by, now=now)
    member.refresh_from_db()
    return member


def stop_linking(member: Member, *, by: Actor, now: datetime) -> Member:
    """From now on this member's ballots are not joined with each other."""
    Standing.objects.filter(member=member.key).update(linked=False)
    with transaction.atomic():
        standings.withdraw_consent(member, wordings.LINKING, now=now)
        Member.objects.filter(pk=member.pk).update(linked=False)
        audit.record("member.stopped_linking", member.key, panel=member.panel, by=by, now=now)
    member.refresh_from_db()
    return member


def erase(member: Member, *, by: Actor, now: datetime) -> Member:
    """Forget who a member is: address, letters and profile go at once. What stays is the random key with its
    dates and consents, and a keyed hash of the address so that no import mails them again."""
    Standing.objects.filter(member=member.key).update(
        state=State.LEFT, mailable=False, linked=False, profile={}
    )
    with transaction.atomic("identity"):
        addresses.suppress(member, "erased", now=now)
        AddressChange.objects.filter(member=member.key).delete()
        Address.objects.filter(member=member.key).delete()
        Letter.objects.filter(member=member.key).delete()
    with transaction.atomic():
        standings.withdraw_consent(member, wordings.MEMBERSHIP, wordings.LINKING, now=now)
        return standings.follow_in_desk(
            member,
            State.LEFT,
            verb="member.erased",
            by=by,
            now=now,
            linked=False,
            profile={},
            source="",
            erased_at=member.erased_at or now,
        )


def drop(member: Member, *, by: Actor, now: datetime) -> None:
    """A sign-up that was never confirmed leaves nothing, unless it is a former member's."""
    if member.confirmed_at is not None:
        erase(member, by=by, now=now)
        return
    Standing.objects.filter(member=member.key).delete()
    with transaction.atomic("identity"):
        Letter.objects.filter(member=member.key).delete()
        Address.objects.filter(member=member.key).delete()
    with transaction.atomic():
        audit.record("member.never_confirmed", member.key, panel=member.panel, by=by, now=now)
        member.delete()


def show_address(member: Member, *, by: Actor, now: datetime) -> str:
    """A member's address, for a panel manager who must write to them. The look itself is on record."""
    held = Address.objects.filter(panel_id=member.panel_id, member=member.key).first()
    if held is None:
        raise PanelRefusal("No address is held for this member.")
    audit.record("member.address_shown", member.key, panel=member.panel, by=by, now=now)
    return held.address


def mail_link(member: Member, *, by: Actor, now: datetime) -> Letter:
    """Mail a member the link to their own page again."""
    if member.state == State.LEFT:
        raise PanelRefusal("They have left the panel, so they get no mail.")
    letter = letters.write(
        member.panel, member.key, "confirm" if member.state == State.PENDING else "link", now=now
    )
    audit.record("member.link_mailed", member.key, panel=member.panel, by=by, now=now)
    return letter
