"""Reads of mailings and of the outbox, for pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from canvass.fieldwork import outbox
from canvass.fieldwork.mailings import ARRIVED, Mailing, MailState, Outbox, Round
from canvass.fieldwork.models import Participation
from canvass.polls.models import Poll
from canvass.tables.disclosure import in_steps
from canvass.team.models import Panel

MAILS_A_PAGE = 50
REASONS = {
    "paused": "have paused",
    "pending": "have not confirmed their address",
    "bounced": "have an address that does not work",
    "lapsed": "are no longer in the profession, or not heard of",
    "left": "left in the meantime",
    "answered": "have answered already",
    "mailed": "were mailed already",
    "not invited": "were not invited",
    "outside": "are outside the chosen part",
    "closed": "were still waiting when the poll closed",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Who would be mailed, and who would not and why."""

    number: int
    skipped: Sequence[tuple[str, int]]  # (what they have or are, how many)


@dataclass(frozen=True, slots=True)
class RoundCount:
    """How the mails of one round stand."""

    label: str
    waiting: int
    arrived: int
    deferred: int
    refused: int
    unknown: int
    skipped: Sequence[tuple[str, int]]

    @property
    def skipped_in_all(self) -> int:
        return sum(number for _reason, number in self.skipped)


def reach(poll: Poll, round_: Round, part: dict[str, list[str]]) -> Reach:
    """Before sending: how many would be mailed, and the others by reason, in a fixed order.

    Who has answered is told in steps of five; a reminder is said to reach those left out by that as well, so
    that the two numbers move together.
    """
    found = outbox.reach(poll.panel_id, poll.pk, round_, part)
    number = found.get("", 0)
    if round_ is Round.REMINDER:
        answered = found.get("answered", 0)
        number += answered - in_steps(answered)
    return Reach(number, _in_words(found))


def _in_words(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    answered = reasons.get("answered", 0)
    told = {**reasons, "answered": in_steps(answered)}
    return [(words, told[reason]) for reason, words in REASONS.items() if told.get(reason)]


def participation_days(panel: Panel, member: str = "") -> list[tuple[date, str]]:
    """The day of each first hand-in with its member, in order of day: panel/ counts active members by it."""
    rows = Participation.objects.filter(panel=panel.pk, opened__isnull=False)
    if member:
        rows = rows.filter(member=member)
    found = rows.order_by("opened", "member").values_list("opened", "member")
    return [(day, who) for day, who in found if day is not None]


def mailings(poll: Poll) -> dict[str, object]:
    """The poll's mailings: those planned, and those begun, the first first."""
    found = list(Mailing.objects.filter(poll=poll).order_by("planned_at", "pk"))
    planned = [one for one in found if one.begun_at is None]
    return {
        "planned": planned,
        "begun": [one for one in found if one.begun_at],
        "invitation_planned": any(one.round == Round.INVITATION for one in planned),
        "reminder_planned": any(one.round == Round.REMINDER for one in planned),
        "reminded": any(one.round == Round.REMINDER and one.begun_at for one in found),
    }


def planned(poll: Poll, pk: int) -> Mailing | None:
    return Mailing.objects.filter(poll=poll, pk=pk).select_related("poll", "panel").first()


def rounds(poll: Poll) -> list[RoundCount]:
    """How the mails of each round stand, for rounds that have any."""
    counts = outbox.counts(poll.panel_id, poll.pk)
    reasons = outbox.reasons_skipped(poll.panel_id, poll.pk)
    return [
        _round(round_, counts, reasons) for round_ in Round if any(one == round_ for one, _state in counts)
    ]


def _round(
    round_: Round, counts: dict[tuple[int, str], int], reasons: dict[tuple[int, str], int]
) -> RoundCount:
    def number(*states: MailState) -> int:
        return sum(counts.get((round_, state), 0) for state in states)

    return RoundCount(
        "Invitation" if round_ is Round.INVITATION else "Reminder",
        waiting=number(MailState.QUEUED, MailState.LEASED, MailState.ATTEMPTING),
        arrived=number(*ARRIVED),
        deferred=number(MailState.DEFERRED),
        refused=number(MailState.REFUSED),
        unknown=number(MailState.UNKNOWN),
        skipped=_in_words({reason: number for (one, reason), number in reasons.items() if one == round_}),
    )


def kept_page(panel: Panel, *, page: str) -> "Page[Outbox]":
    """Invitations and reminders that were kept for reading, of the newest poll first."""
    kept = Outbox.objects.filter(panel=panel.pk, state=MailState.KEPT).order_by("-poll", "round", "member")
    return Paginator(kept, MAILS_A_PAGE).get_page(page)


def kept(panel: Panel, poll: Poll, member: str, round_: int) -> Outbox | None:
    found = Outbox.objects.filter(panel=panel.pk, poll=poll.pk, member=member, round=round_)
    return found.filter(state=MailState.KEPT).first()
