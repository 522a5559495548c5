"""A member's address changes: asked for on their page, made real behind a link mailed to the new address.

Asking is one letter whether the new address is known or not, and leaves the same behind, so that nobody
learns who is registered. The links in mails to the old address open the member's page no more (views.doors).
"""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from canvass.panel import addresses, cipher, letters, standings
from canvass.panel.models import Address, AddressChange, Member, Suppression
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.services import joining, membership
from canvass.panel.states import REGISTERED, State
from canvass.team import audit, limits
from canvass.team.audit import Actor

TAKEN = (
    "This address is that of a member already, so it stays theirs. If you joined twice, leave with one of "
    "the two: your own page is behind the link in any mail."
)


def ask(member: Member, address: str, *, network: str, by: Actor, now: datetime) -> None:
    """Mail one letter to the new address. Raises PanelRefusal with the field's name, TooManySignUps."""
    new = addresses.checked(address)
    if member.state not in REGISTERED:
        raise PanelRefusal(membership.LEFT)
    if Address.objects.filter(member=member.key, lookup=cipher.lookup(new)).exists():
        raise PanelRefusal("That is the address which we have already.", field="address")
    _refuse_too_many(member, network, now=now)
    if not limits.allow(limits.SIGN_UP_ADDRESS, f"{member.panel_id} {new}", now=now):
        return  # enough letters for one address in an hour; the page answers as ever
    with transaction.atomic("identity"):
        wish = _wish(member, new, now=now)
        holder = joining.find_member(member.panel, new)
        if holder is not None and holder.state in REGISTERED:
            letters.write(member.panel, holder.key, "address_taken", now=now)
        else:
            page = letters.page_of_wish(wish.key, now=now)
            letters.write(member.panel, member.key, "new_address", to=new, confirm_page=page, now=now)
    audit.record("member.address_asked", member.key, panel=member.panel, by=by, now=now)


def _refuse_too_many(member: Member, network: str, *, now: datetime) -> None:
    allowed = [
        limits.allow(limits.SIGN_UP_NETWORK, network, now=now),
        limits.allow(limits.ADDRESS_CHANGE, member.key, now=now),
    ]
    if not all(allowed):
        raise TooManySignUps("That was asked too often just now. Try again in an hour.")


def _wish(member: Member, new: str, *, now: datetime) -> AddressChange:
    """The member's wish; an earlier one is forgotten, and its link opens nothing any more."""
    AddressChange.objects.filter(member=member.key).delete()
    return AddressChange.objects.create(
        key=secrets.token_hex(16),
        panel_id=member.panel_id,
        member=member.key,
        lookup=cipher.lookup(new),
        address=new,
        asked_at=now,
    )


def confirm(member: Member, wish: AddressChange, *, by: Actor, now: datetime) -> Member:
    """Make the wish real, and tell the old address. Doing it twice changes nothing. Raises PanelRefusal.

    A bounced member is mailed again, since the new address works. The identity store comes first here: what a
    crash leaves is then a member who can end the bounce on their own page.
    """
    if wish.done_at is not None:
        return member
    if member.state not in REGISTERED:
        raise PanelRefusal("You have left this panel since. Sign up again if you would like to come back.")
    _clear_the_place(member, wish, by=by, now=now)
    try:
        with transaction.atomic("identity"):
            if not _move(member, wish, now=now):
                return member
    except IntegrityError as error:  # somebody joined with it at this very moment
        raise PanelRefusal(TAKEN) from error
    verb = "member.address_changed"
    if standings.move_ballots_row(member, State.ACTIVE, allowed={State.BOUNCED}):
        return standings.follow_in_desk(member, State.ACTIVE, verb=verb, by=by, now=now)
    audit.record(verb, member.key, panel=member.panel, by=by, now=now)
    return member


def _clear_the_place(member: Member, wish: AddressChange, *, by: Actor, now: datetime) -> None:
    """Whoever holds the address without being registered gives way: the one who reads its mail has spoken."""
    holder = joining.find_member(member.panel, wish.address)
    if holder is None or holder.pk == member.pk:
        return
    if holder.state in REGISTERED:
        raise PanelRefusal(TAKEN)
    if holder.state == State.PENDING:
        membership.drop(holder, by=by, now=now)
    else:
        membership.erase(holder, by=by, now=now)


def _move(member: Member, wish: AddressChange, *, now: datetime) -> bool:
    """The address, what must not be mailed any more, and a letter to the old one. False: done already."""
    if not AddressChange.objects.filter(key=wish.key, done_at=None).update(done_at=now):
        return False
    held = Address.objects.filter(member=member.key).first()
    if held is None:
        addresses.keep(member.panel, member.key, wish.address, now=now)
    else:
        letters.write(member.panel, member.key, "address_changed", to=held.address, now=now)
        addresses.suppress(member, "moved", now=now)
        held.lookup, held.address, held.changed_at = wish.lookup, wish.address, now
        held.save(update_fields=["lookup", "address", "changed_at"])
    Suppression.objects.filter(panel_id=member.panel_id, lookup=wish.lookup).delete()
    return True
