"""Signing up, confirming by the mailed link, and asking for one's link again."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from canvass.panel import addresses, cipher, letters, profiles, standings, wordings
from canvass.panel.models import Address, Member, Standing, StandingEvent, Suppression
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.states import REGISTERED, State
from canvass.team import audit, limits
from canvass.team.audit import Actor
from canvass.team.models import Panel

UNCONFIRMED = frozenset({State.PENDING, State.LEFT})


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody wrote on the sign-up page."""

    address: str
    profile: Mapping[str, str] = field(default_factory=dict)
    linking: bool = False
    source: str = ""
    shown: Mapping[str, int] = field(default_factory=dict)  # versions of the wordings that they read, by kind


def sign_up(panel: Panel, form: SignUp, *, network: str, by: Actor, now: datetime) -> None:
    """Take a sign-up and mail one letter, whether the address is known or not, so that nobody can tell.

    A new address gets a link that confirms; a member gets the link to their own page. Raises PanelRefusal
    with the field's name, TooManySignUps for one network.
    """
    address = addresses.checked(form.address)
    profile = profiles.checked(form.profile, profiles.fields_of(panel))
    _refuse_old_wording(panel, form)
    if not limits.allow(limits.SIGN_UP_NETWORK, network, now=now):
        raise TooManySignUps("Too many people sign up from your network just now. Try again in an hour.")
    if not limits.allow(limits.SIGN_UP_ADDRESS, f"{panel.pk} {address}", now=now):
        return  # enough letters for one address in an hour; the page answers as ever
    known = find_member(panel, address)
    if known is None:
        _begin(panel, address, profile, form, by=by, now=now)
    elif known.state in UNCONFIRMED and known.erased_at is None:
        _begin_again(known, profile, form, by=by, now=now)
    else:
        _mail_link(known, by=by, now=now)


def _refuse_old_wording(panel: Panel, form: SignUp) -> None:
    """Nobody agrees to words that changed while they read."""
    for kind, version in form.shown.items():
        if wordings.in_force(panel, kind).version != version:
            raise PanelRefusal(
                "The wording has changed since you opened this page. Read it again.", field=kind
            )


def find_member(panel: Panel, address: str) -> Member | None:
    """Whose address this is."""
    held = Address.objects.filter(panel_id=panel.pk, lookup=cipher.lookup(address)).first()
    return None if held is None else Member.objects.filter(panel=panel, key=held.member).first()


def _begin(
    panel: Panel, address: str, profile: dict[str, str], form: SignUp, *, by: Actor, now: datetime
) -> None:
    key = secrets.token_hex(16)
    Standing.objects.create(member=key, panel_id=panel.pk, state=State.PENDING, profile=profile)
    try:
        with transaction.atomic("identity"):
            addresses.keep(panel, key, address, now=now)
            letters.write(panel, key, "confirm", now=now)
    except IntegrityError:  # the same address twice at once: the other one is mailed
        Standing.objects.filter(member=key).delete()
        return
    with transaction.atomic():
        member = Member.objects.create(
            panel=panel,
            key=key,
            state=State.PENDING,
            profile=profile,
            source=addresses.source_code(form.source),
            joined_at=now,
        )
        StandingEvent.objects.create(panel=panel, member=member, state=State.PENDING, at=now)
        _record_consents(member, form, now=now)
        audit.record("member.signed_up", key, panel=panel, by=by, now=now)


def _record_consents(member: Member, form: SignUp, *, now: datetime) -> None:
    panel = member.panel
    standings.withdraw_consent(member, wordings.LINKING, now=now)
    kinds = [wordings.MEMBERSHIP, wordings.LINKING] if form.linking else [wordings.MEMBERSHIP]
    for kind in kinds:
        standings.record_consent(member, wordings.in_force(panel, kind), channel="sign-up page", now=now)


def _begin_again(member: Member, profile: dict[str, str], form: SignUp, *, by: Actor, now: datetime) -> None:
    """Somebody who never confirmed, or who left and comes back: the newest form counts once confirmed."""
    if not standings.move_ballots_row(
        member, State.PENDING, allowed=UNCONFIRMED, linked=False, profile=profile
    ):
        return
    letters.write(member.panel, member.key, "confirm", now=now)
    with transaction.atomic():
        _record_consents(member, form, now=now)
        standings.follow_in_desk(
            member,
            State.PENDING,
            verb="member.signed_up",
            by=by,
            now=now,
            profile=profile,
            linked=False,
            joined_at=now,
        )


def _mail_link(member: Member, *, by: Actor, now: datetime) -> None:
    letters.write(member.panel, member.key, "link", now=now)
    audit.record("member.link_mailed", member.key, panel=member.panel, by=by, now=now)


def confirm(member: Member, *, by: Actor, now: datetime) -> Member:
    """Make a sign-up real. Doing it twice changes nothing. Raises PanelRefusal where they have left since."""
    if member.state in REGISTERED:
        return member
    linked = member.consents.filter(kind=wordings.LINKING, withdrawn_at=None).exists()
    if not standings.move_ballots_row(member, State.ACTIVE, allowed={State.PENDING}, linked=linked):
        raise PanelRefusal("You have left this panel since. Sign up again if you would like to come back.")
    with transaction.atomic("identity"):
        held = Address.objects.filter(member=member.key).first()
        if held is not None:
            Suppression.objects.filter(panel_id=member.panel_id, lookup=held.lookup).delete()
        letters.write(member.panel, member.key, "welcome", now=now)
    return standings.follow_in_desk(
        member,
        State.ACTIVE,
        verb="member.confirmed",
        by=by,
        now=now,
        confirmed_at=now,
        linked=linked,
        ask_again_at=None,
        asked_in_vain=0,
    )


def send_link(panel: Panel, address: str, *, network: str, by: Actor, now: datetime) -> None:
    """Mail a member their link, or a sign-up its confirmation. An unknown address gets nothing; the page
    answers the same."""
    member = find_asking(panel, address, network=network, now=now)
    if member is None or member.state == State.LEFT:
        audit.record("member.link_asked", "unknown address", panel=panel, by=by, now=now)
    elif member.state == State.PENDING:
        letters.write(panel, member.key, "confirm", now=now)
        audit.record("member.link_mailed", member.key, panel=panel, by=by, now=now)
    else:
        _mail_link(member, by=by, now=now)


def find_asking(panel: Panel, address: str, *, network: str, now: datetime) -> Member | None:
    """Whose link is asked for; None where the address is nobody's, or was asked for often enough in this
    hour. Raises PanelRefusal for what is no address, TooManySignUps for one network."""
    typed = addresses.checked(address)
    if not limits.allow(limits.SIGN_UP_NETWORK, network, now=now):
        raise TooManySignUps("Too many people ask from your network just now. Try again in an hour.")
    often = not limits.allow(limits.SIGN_UP_ADDRESS, f"{panel.pk} {typed}", now=now)
    return None if often else find_member(panel, typed)
