"""The two letters that bring a link on request: to one's answers, and to one's ballot again."""

from datetime import datetime

from django.template.loader import render_to_string

from canvass.panel import letters
from canvass.panel.models import Letter
from canvass.polls.models import Poll


def bring_answers_link(poll: Poll, member: str, address: str, *, now: datetime) -> Letter:
    return _bring("answers_link", "answers", poll, member, address, now)


def bring_ballot_link(poll: Poll, member: str, address: str, *, now: datetime) -> Letter:
    return _bring("ballot_link", "ballot", poll, member, address, now)


def _bring(name: str, kind: str, poll: Poll, member: str, address: str, now: datetime) -> Letter:
    context = {"panel": poll.panel, "poll": poll, "address": address}
    subject, _, text = render_to_string(f"fieldwork/mail/{name}.txt", context).strip().partition("\n\n")
    html = render_to_string(f"fieldwork/mail/{name}.html", context)
    headers = {"Auto-Submitted": "auto-replied"}
    return letters.put(
        poll.panel,
        member,
        kind=kind,
        subject=subject,
        text=f"{text.strip()}\n",
        html=html,
        headers=headers,
        now=now,
    )
