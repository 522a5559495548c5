"""What an invitation and a reminder say, and the bytes that one member gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import blake2s
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from canvass.fieldwork.journey import Journey
from canvass.fieldwork.links import LinkKeys, make_link
from canvass.fieldwork.mail_message import MARK, Template, header_address, one_line, slot, template
from canvass.fieldwork.mailings import Round
from canvass.fieldwork.pages import BallotPages
from canvass.fieldwork.sentences import PollFacts, confidentiality, day, minutes
from canvass.instrument import Instrument
from canvass.instrument.advice import seconds
from canvass.panel import links as member_links
from canvass.panel.links import Purpose
from canvass.polls.models import Poll

MOST_LINKS = 12  # a first question with more options is asked on the page alone


@dataclass(frozen=True, slots=True)
class Words:
    """A mail as its reader sees it; links hold slots until they are filled in."""

    subject: str
    text: str
    html: str

    def filled(self, values: Mapping[str, str]) -> "Words":
        text, html = (MARK.sub(lambda found: values[found[1]], part) for part in (self.text, self.html))
        return Words(self.subject, text, html)


@dataclass(frozen=True)
class Invitation:
    """One round of one poll: rendered once, filled in for each member."""

    poll: Poll
    questions: Instrument
    round: Round
    dated: datetime  # when the round began

    @cached_property
    def words(self) -> Words:
        return words_of(
            self.poll,
            self.questions,
            self.round,
            ballot=_address_of("ballot"),
            leave=f"{_address_of('me')}leave",
        )

    @cached_property
    def template(self) -> Template:
        panel = self.poll.panel
        return template(
            sender=(panel.name, settings.MAIL_FROM),
            dated=self.dated,
            subject=self.words.subject,
            text=self.words.text,
            html=self.words.html,
            headers=_headers(panel.slug, panel.name),
            key=f"{self.poll.pk} {self.round}",
        )

    def mail(self, member: str, address: str, values: Mapping[str, str]) -> bytes:
        """The bytes for one member. Raises AddressUnfit."""
        known = {
            "to": header_address(address),
            "message_id": message_id(f"{self.poll.pk} {member} {self.round}"),
        }
        return self.template.filled({**values, **known})


def words_of(poll: Poll, questions: Instrument, round_: Round, *, ballot: str, leave: str) -> Words:
    """The mail with these addresses of the ballot and of the page on which one pauses or leaves."""
    zone = poll.zone
    facts = PollFacts(
        poll.panel.name, questions.confidentiality, poll.closes_at and poll.closes_at.astimezone(zone)
    )
    context = {
        "panel": poll.panel,
        "questions": questions,
        "reminder": round_ is Round.REMINDER,
        "number": len(questions.items),
        "minutes": minutes(seconds(questions)),
        "closes": day(facts.closes) if facts.closes else "",
        "confidentiality": confidentiality(facts),
        "ballot": ballot,
        "leave": leave,
        "first": _first_question(questions, facts, ballot),
    }
    subject = f"{'Reminder: ' if context['reminder'] else ''}{questions.title}"
    text = render_to_string("fieldwork/mail/invitation.txt", context).strip() + "\n"
    html = render_to_string("fieldwork/mail/invitation.html", context)
    return Words(one_line(subject), text, html)


def personal(poll: int, member: str, keys: LinkKeys, *, now: datetime) -> dict[str, str]:
    """What fills the slots of one member's links."""
    return {"ballot": make_link(keys, poll, member), "me": member_links.make(Purpose.ME, member, now=now)}


def message_id(subject: str) -> str:
    """The same for the same mail, so that one sent twice is shown once. It tells nothing about the member."""
    key = settings.KEYS.get_or_make("mail")
    return f"{blake2s(subject.encode(), key=key, digest_size=16).hexdigest()}@{mail_host()}"


def mail_host() -> str:
    return header_address(settings.MAIL_FROM).rpartition("@")[2]


def _address_of(name: str) -> str:
    """The absolute address of a member's ballot or page, with a slot for the token."""
    if name == "ballot":
        return f"{settings.BASE_URL}/b/{slot('ballot')}"
    return settings.BASE_URL + reverse("panel:me", args=["TOKEN"]).replace("TOKEN", slot("me"))


def _headers(slug: str, name: str) -> dict[str, str]:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    quoted = "".join(letter for letter in one_line(name) if letter.isascii() and letter not in '"\\')
    return {
        "List-Id": f'"{quoted}" <{slug}.{host}>',
        "List-Unsubscribe": f"<{_address_of('me')}leave>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }


def _first_question(questions: Instrument, facts: PollFacts, ballot: str) -> dict[str, Any] | None:
    """The first question with a link for each option; None where it is asked on the page alone."""
    pages = BallotPages(Journey.of(questions), facts)
    item = questions.items[0]
    labels = [option.label for option in item.options]
    if item.scale and not labels:
        labels = [str(point) for point in item.scale.points()]
    if len(labels) > MOST_LINKS or not pages.mailable_answer(0):
        return None
    answers = [{"label": label, "href": f"{ballot}?a={at}"} for at, label in enumerate(labels)]
    return {"item": item, "answers": answers, "rating": not item.options}
