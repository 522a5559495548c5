"""Mails to members: rendered here, sent by the mail pump, or kept for reading where no mail server is set.

A letter names the member's key; the address is looked up when it is sent, so one who was erased in the
meantime gets none.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from canvass.panel import links
from canvass.panel.identity import Letter
from canvass.panel.links import Purpose
from canvass.team.models import Panel

UNSUBSCRIBABLE = frozenset({"welcome", "yearly"})  # not answers to what somebody has just asked for


def my_page(member: str, *, now: datetime) -> str:
    """The address of a member's own page, for the foot of every mail."""
    return settings.BASE_URL + reverse("panel:me", args=[links.make(Purpose.ME, member, now=now)])


def join_page(panel: Panel) -> str:
    return settings.BASE_URL + reverse("panel:join", args=[panel.slug])


def page_of_wish(wish: str, *, now: datetime) -> str:
    """The address of the page on which a new address is confirmed."""
    token = links.make(Purpose.ADDRESS, wish, now=now)
    return settings.BASE_URL + reverse("panel:confirm_address", args=[token])


def leaving_page(member: str, *, now: datetime) -> str:
    """The address that leaves the panel: a page with one button, and RFC 8058's POST for mail programs."""
    return settings.BASE_URL + reverse("panel:leave", args=[links.make(Purpose.ME, member, now=now)])


def headers_for(member: str, *, now: datetime) -> dict[str, str]:
    """The headers that let a mail program show "unsubscribe" and act on it by POST (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{leaving_page(member, now=now)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def put(
    panel: Panel,
    member: str,
    *,
    kind: str,
    subject: str,
    text: str,
    html: str,
    now: datetime,
    headers: dict[str, str] | None = None,
    to: str = "",
) -> Letter:
    """Queue one finished mail for the pump, or keep it for reading where no mail server is set.

    `to`: where it goes, if not to the member's address.
    """
    return Letter.objects.create(
        panel_id=panel.pk,
        member=member,
        kind=kind,
        address=(to or None) if settings.SMTP_URL else None,  # what is kept goes nowhere
        subject=" ".join(subject.split()),  # a line break in a subject would begin a new header
        text=text,
        html=html,
        headers=headers or {},
        state="queued" if settings.SMTP_URL else "kept",
        due_at=now,
        created_at=now,
    )


def write(panel: Panel, member: str, kind: str, *, now: datetime, to: str = "", **facts: Any) -> Letter:
    """One of the panel's own letters: its templates lie in panel/mail/ under its kind."""
    own = my_page(member, now=now)
    context = {
        "panel": panel,
        "my_page": own,
        "still_page": f"{own}still",
        "join_page": join_page(panel),
        **facts,
    }
    if kind == "confirm":
        token = links.make(Purpose.CONFIRM, member, now=now)
        context["confirm_page"] = settings.BASE_URL + reverse("panel:confirm", args=[token])
    subject, _, text = render_to_string(f"panel/mail/{kind}.txt", context).strip().partition("\n\n")
    html = render_to_string(f"panel/mail/{kind}.html", context)
    headers = headers_for(member, now=now) if kind in UNSUBSCRIBABLE else {"Auto-Submitted": "auto-replied"}
    return put(
        panel,
        member,
        kind=kind,
        subject=subject,
        text=text.strip() + "\n",
        html=html,
        headers=headers,
        now=now,
        to=to,
    )
