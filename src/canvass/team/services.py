"""What the team does: log in, invite colleagues, hand out roles, set up its panel."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from canvass.team import audit, limits
from canvass.team.access import Role
from canvass.team.audit import HOST, Actor
from canvass.team.models import Membership, Panel, PasswordLink, Staff

LINK_LIFE = timedelta(days=3)


class TeamRefusal(Exception):
    """A sentence for the reader: why this cannot be done and what to do."""


class TooManyTries(TeamRefusal):
    """Asked too often; the reader may try again later."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A colleague and the token of the link with which they set their password, shown once."""

    staff: Staff
    token: str | None  # None: they have a password, or a link to set one, from another team already


def log_in(email: str, password: str, *, network: str, by: Actor, now: datetime) -> Staff:
    """The person with this address and password.

    Raises TooManyTries, or TeamRefusal which never says which of the two was wrong.
    """
    account = email.strip().lower()
    if not _may_try(account, network, now=now):
        audit.record("staff.log_in_stopped", "too many tries", panel=None, by=by, now=now)
        raise TooManyTries("Too many tries. Wait a quarter of an hour and try again.")
    staff = authenticate(email=account, password=password)
    if not isinstance(staff, Staff):
        audit.record("staff.log_in_refused", "wrong address or password", panel=None, by=by, now=now)
        raise TeamRefusal("The address or the password is wrong. Check both and try again.")
    audit.record("staff.logged_in", str(staff.pk), panel=None, by=Actor.of(staff), now=now)
    return staff


def _may_try(account: str, network: str, *, now: datetime) -> bool:
    """Every count is taken each time. The narrow limit is for account and network together, so that a
    stranger's guesses do not lock the owner of the account out."""
    allowed = [
        limits.allow(limits.LOG_IN_ACCOUNT_FROM_NETWORK, f"{account} {network}", now=now),
        limits.allow(limits.LOG_IN_NETWORK, network, now=now),
        limits.allow(limits.LOG_IN_ACCOUNT, account, now=now),
    ]
    return all(allowed)


@transaction.atomic
def log_out(staff: Staff, *, by: Actor, now: datetime) -> None:
    audit.record("staff.logged_out", str(staff.pk), panel=None, by=by, now=now)


@transaction.atomic
def invite(
    panel: Panel, email: str, roles: Iterable[Role], *, by: Actor, now: datetime, name: str = ""
) -> Invited:
    """Give a colleague roles in a panel, with an account and a one-time link if they have none yet.

    Raises TeamRefusal where the address is not one, no role is chosen, or they are of the team already.
    """
    chosen = _chosen(roles)
    staff = _account(email, name, now=now)
    if Membership.objects.filter(panel=panel, staff=staff).exists():
        raise TeamRefusal(f"{staff.email} is in this team already. Change their roles on their page.")
    elsewhere = Membership.objects.filter(staff=staff).exists()
    Membership.objects.bulk_create(Membership(panel=panel, staff=staff, role=role) for role in chosen)
    has_key = elsewhere or (staff.has_usable_password() and staff.is_active)
    token = None if has_key else _new_link(staff, now=now)
    Staff.objects.filter(pk=staff.pk).update(is_active=True)
    audit.record("staff.invited", str(staff.pk), panel=panel, by=by, now=now, roles=chosen)
    return Invited(staff, token)


def _chosen(roles: Iterable[Role]) -> list[str]:
    chosen = sorted(Role(role).value for role in roles)
    if not chosen:
        raise TeamRefusal("Choose at least one role.")
    return chosen


def _account(email: str, name: str, *, now: datetime) -> Staff:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise TeamRefusal(
            f"{email!r} is not an e-mail address. Write one such as ann@example.org."
        ) from error
    draft = Staff(email=address, name=name.strip() or address.partition("@")[0], created_at=now)
    draft.set_unusable_password()
    return Staff.objects.get_or_create(
        email=address, defaults={"name": draft.name, "password": draft.password, "created_at": now}
    )[0]


def _new_link(staff: Staff, *, now: datetime) -> str:
    """A fresh one-time link; links made before it stop working."""
    token = secrets.token_urlsafe(24)
    PasswordLink.objects.filter(staff=staff, used_at=None).delete()
    PasswordLink.objects.create(staff=staff, digest=_digest(token), made_at=now, expires_at=now + LINK_LIFE)
    return token


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def renew_link(panel: Panel, staff: Staff, *, by: Actor, now: datetime) -> str:
    """A new one-time link for a colleague who lost theirs or forgot their password.

    Whoever has the link can become that colleague, so where they serve other panels too only the host may
    make one: an owner of this panel has no say there.
    """
    if by != HOST and Membership.objects.filter(staff=staff).exclude(panel=panel).exists():
        raise TeamRefusal(
            f"{staff.name} is in another team too, and this link would open that one as well. "
            "Ask whoever keeps the computer to run: canvass staff add " + staff.email
        )
    token = _new_link(staff, now=now)
    audit.record("staff.link_made", str(staff.pk), panel=panel, by=by, now=now)
    return token


def find_link(token: str, *, now: datetime) -> PasswordLink | None:
    """The link of this token if it can still be used."""
    return (
        PasswordLink.objects.filter(
            digest=_digest(token), used_at=None, expires_at__gt=now, staff__is_active=True
        )
        .select_related("staff")
        .first()
    )


@transaction.atomic
def set_password(token: str, password: str, *, by: Actor, now: datetime) -> Staff:
    """Use a one-time link. Raises TeamRefusal where it is spent or the password is too easy to guess."""
    link = find_link(token, now=now)
    if link is None:
        raise TeamRefusal(
            "This link was used already or is too old. Ask an owner of the panel for a new one."
        )
    try:
        validate_password(password, user=link.staff)
    except ValidationError as error:
        raise TeamRefusal(f"{' '.join(error.messages)} Choose another.") from error
    if not PasswordLink.objects.filter(pk=link.pk, used_at=None).update(used_at=now):
        raise TeamRefusal("This link was used already. Ask an owner of the panel for a new one.")
    link.staff.set_password(password)
    link.staff.save(update_fields=["password"])
    audit.record("staff.password_set", str(link.staff.pk), panel=None, by=by, now=now)
    return link.staff


@transaction.atomic
def change_roles(panel: Panel, staff: Staff, roles: Iterable[Role], *, by: Actor, now: datetime) -> None:
    """Give a colleague exactly these roles. Raises TeamRefusal where the last owner would go."""
    chosen = _chosen(roles)
    _keep_an_owner(panel, staff, chosen)
    held = Membership.objects.filter(panel=panel, staff=staff)
    before = sorted(held.values_list("role", flat=True))
    held.exclude(role__in=chosen).delete()
    Membership.objects.bulk_create(
        Membership(panel=panel, staff=staff, role=role) for role in chosen if role not in before
    )
    audit.record(
        "staff.roles_changed", str(staff.pk), panel=panel, by=by, now=now, before=before, after=chosen
    )


@transaction.atomic
def remove(panel: Panel, staff: Staff, *, by: Actor, now: datetime) -> None:
    """Take a colleague out of a panel's team. An account without any panel is closed with it."""
    _keep_an_owner(panel, staff, [])
    Membership.objects.filter(panel=panel, staff=staff).delete()
    if not Membership.objects.filter(staff=staff).exists():
        Staff.objects.filter(pk=staff.pk).update(is_active=False)
        PasswordLink.objects.filter(staff=staff, used_at=None).delete()
    audit.record("staff.removed", str(staff.pk), panel=panel, by=by, now=now)


def _keep_an_owner(panel: Panel, staff: Staff, roles: list[str]) -> None:
    """Owners are locked while they are counted: two owners who remove each other at once leave one."""
    owners = Membership.objects.select_for_update().filter(panel=panel, role=Role.OWNER)
    others = [owner for owner in owners if owner.staff_id != staff.pk]
    if Role.OWNER not in roles and not others:
        raise TeamRefusal(f"{staff.name} is the last owner of this panel. Make somebody else an owner first.")


@transaction.atomic
def change_settings(
    panel: Panel,
    *,
    name: str,
    people: str,
    source: str,
    time_zone: str,
    asks_yearly: bool,
    by: Actor,
    now: datetime,
) -> Panel:
    """Name the panel, its people and its source line, set its time zone, and whether the yearly question is
    put to its members."""
    if not name.strip() or not people.strip():
        raise TeamRefusal("Write a name for the panel and what its members are called.")
    if time_zone not in available_timezones():
        raise TeamRefusal(f"{time_zone!r} is not a time zone. Write one such as Europe/London.")
    panel.name, panel.people = name.strip(), people.strip()
    panel.source, panel.time_zone = source.strip(), time_zone
    panel.asks_yearly = asks_yearly
    panel.save(update_fields=["name", "people", "source", "time_zone", "asks_yearly"])
    audit.record("panel.settings_changed", panel.slug, panel=panel, by=by, now=now)
    return panel
