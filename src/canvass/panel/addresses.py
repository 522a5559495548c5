"""Addresses and recruitment codes as people type them, and where an address is kept."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from canvass.panel import cipher
from canvass.panel.models import Address, Member, Suppression
from canvass.panel.refusals import PanelRefusal
from canvass.team.models import Panel

SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def checked(text: str) -> str:
    """The address in its one spelling. Raises PanelRefusal."""
    address = cipher.normalise(text)
    try:
        validate_email(address)
    except ValidationError as error:
        raise PanelRefusal("Write an e-mail address such as ann@example.org.", field="address") from error
    return address


def keep(panel: Panel, member: str, address: str, *, now: datetime) -> None:
    """Write the address into the identity store; part of the verb that calls it."""
    Address.objects.create(
        panel_id=panel.pk, member=member, lookup=cipher.lookup(address), address=address, created_at=now
    )


def suppress(member: Member, reason: str, *, now: datetime) -> None:
    """Note that the member's address must not be mailed again; part of the verb that calls it."""
    held = Address.objects.filter(member=member.key).first()
    if held is not None:
        Suppression.objects.update_or_create(
            panel_id=member.panel_id, lookup=held.lookup, defaults={"reason": reason, "at": now}
        )


def source_code(text: str) -> str:
    """The recruitment code of a link; anything that is none of ours is not kept."""
    code = text.strip().lower()
    return code if SOURCE.fullmatch(code) else ""
