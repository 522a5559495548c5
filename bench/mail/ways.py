"""The two ways of sending that are measured, and the poll they send."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from canvass.config.startup import prepare_stores
from canvass.datafolder import clock
from canvass.fieldwork import services
from canvass.fieldwork.invitations import message_id, personal, words_of
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.mail_pump import MailPump
from canvass.fieldwork.mailings import Outbox, Round
from canvass.panel import cipher, queries
from canvass.panel.models import Address, Standing
from canvass.polls import drafts
from canvass.polls import queries as polls
from canvass.polls import services as moves
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Panel

TEXT = """\
poll: hours
title: Working hours
category: practice
intro: Ten questions about your working week.
items:
  - id: often
    kind: single
    text: How often do you work beyond your hours?
    options: [every week, once a fortnight, once a month, at least once every three months, never]
  - id: why
    kind: text
    text: Why?
"""


def a_poll_with_members(number: int) -> Poll:
    prepare_stores()
    now = clock.now(settings.DATA.path)
    panel = Panel.objects.create(slug="workers", name="Workers' Panel", created_at=now)
    draft = drafts.create(panel, slug="hours", title="Working hours", text=TEXT, by=HOST, now=now)
    keys = [f"{at:032x}" for at in range(1, number + 1)]
    Standing.objects.bulk_create(
        Standing(member=key, panel_id=panel.pk, state="active", mailable=True) for key in keys
    )
    addresses = {key: f"m{at}@example.org" for at, key in enumerate(keys)}
    Address.objects.bulk_create(
        Address(panel_id=panel.pk, member=key, lookup=cipher.lookup(address), address=address, created_at=now)
        for key, address in addresses.items()
    )
    return moves.open_now(draft, closes=now + timedelta(days=9), by=HOST, now=now)


def plainly(poll: Poll, port: int, number: int) -> None:
    """One message object a person over one kept connection, each fate saved as it comes."""
    now, keys = clock.now(settings.DATA.path), LinkKeys(settings.KEYS)
    questions = polls.instrument_of(poll)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with get_connection(backend, host="127.0.0.1", port=port) as connection:
        for member in queries.mailable(poll.panel)[:number]:
            tokens = personal(poll.pk, member, keys, now=now)
            ballot, leave = (
                f"{settings.BASE_URL}/b/{tokens['ballot']}",
                f"{settings.BASE_URL}/me/{tokens['me']}/leave",
            )
            words = words_of(poll, questions, Round.INVITATION, ballot=ballot, leave=leave)
            address = queries.address_of(poll.panel, member)
            headers = {"Message-ID": f"<{message_id(member)}>", "List-Unsubscribe": f"<{leave}>"}
            mail = EmailMultiAlternatives(
                words.subject,
                words.text,
                settings.MAIL_FROM,
                [address],
                headers=headers,
                connection=connection,
            )
            mail.attach_alternative(words.html, "text/html")
            mail.send()
            Outbox.objects.create(
                panel=poll.panel_id, poll=0, member=member, round=1, state="accepted", due=0, tries=1
            )


def fill(poll: Poll) -> None:
    now = clock.now(settings.DATA.path)
    services.invite(poll, {}, on_opening=False, by=HOST, now=now)


def pump() -> None:
    """Run after run, as the background does, until nothing waits."""
    one = MailPump()
    while Outbox.objects.filter(poll__gt=0, state__in=("queued", "leased")).exists():
        one.run()


def fates() -> dict[str, int]:
    return dict(Counter(Outbox.objects.filter(poll__gt=0).values_list("state", flat=True)))
