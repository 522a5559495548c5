"""Letters that the panel's services wrote, one by one: taken, sent, and their fate written down."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F

from canvass.fieldwork import outbox
from canvass.fieldwork.invitations import message_id
from canvass.fieldwork.mail_message import AddressUnfit, header_address, template
from canvass.fieldwork.smtp import Courier, Fate, Reply, Unreachable
from canvass.panel import queries
from canvass.panel.models import Letter
from canvass.team.models import Panel

A_RUN = 100  # letters
MOST_TRIES = 12
HELD = timedelta(seconds=outbox.LEASE)


def drain(courier: Courier, *, now: datetime) -> int:
    """Send the letters that are due; how many were accepted. Raises Unreachable, with nothing lost."""
    due = Letter.objects.filter(state="queued", due_at__lte=now).order_by("due_at", "pk")
    letters = list(due[:A_RUN])
    panels = Panel.objects.in_bulk({letter.panel_id for letter in letters})
    return sum(_send(letter, panels[letter.panel_id], courier, now) for letter in letters)


def _send(letter: Letter, panel: Panel, courier: Courier, now: datetime) -> bool:
    """Take a letter, so that no other pump does, and give it to the server."""
    taken = Letter.objects.filter(pk=letter.pk, state="queued", due_at=letter.due_at)
    if not taken.update(tries=F("tries") + 1, due_at=now + HELD):
        return False
    try:
        recipient, mail = _written(letter, panel)
    except AddressUnfit:
        return _settle(letter, Reply(Fate.REFUSED, "no address that can be written in a mail"), now)
    try:
        reply = courier.send(settings.MAIL_FROM, recipient, mail)
        if reply.fate is Fate.LOST:
            reply = courier.send(settings.MAIL_FROM, recipient, mail)
    except Unreachable:
        Letter.objects.filter(pk=letter.pk).update(tries=letter.tries, due_at=letter.due_at)
        raise
    return _settle(letter, reply, now)


def _written(letter: Letter, panel: Panel) -> tuple[str, bytes]:
    address = letter.address or queries.address_of(panel, letter.member)
    if address is None:
        raise AddressUnfit
    recipient = header_address(address)
    made = template(
        sender=(panel.name, settings.MAIL_FROM),
        dated=letter.created_at,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        headers=letter.headers,
        key=f"letter {letter.pk}",
    )
    return recipient, made.filled({"to": recipient, "message_id": message_id(f"letter {letter.pk}")})


def _settle(letter: Letter, reply: Reply, now: datetime) -> bool:
    held = Letter.objects.filter(pk=letter.pk)
    if reply.fate is Fate.ACCEPTED:
        held.update(state="sent", reply=reply.text, sent_at=now)
    elif reply.fate is Fate.REFUSED or letter.tries + 1 >= MOST_TRIES:
        held.update(state="refused", reply=reply.text)
    else:
        wait = timedelta(seconds=outbox.wait_after(letter.tries + 1))
        held.update(reply=reply.text, due_at=now + wait)
    return reply.fate is Fate.ACCEPTED
