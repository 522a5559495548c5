"""The yearly question, "Are you still working in this profession?": who is asked, and how many said yes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from canvass.panel.models import Member
from canvass.panel.states import REGISTERED, State
from canvass.team.models import Panel

YEAR = timedelta(days=365)
GRACE = timedelta(days=30)  # after the second mail without an answer
ANSWERABLE = REGISTERED - {State.LAPSED}  # who lapsed has answered


@dataclass(frozen=True, slots=True)
class LastWords:
    """Of those registered now: how many confirmed within a year, and how many two mails got no word from."""

    registered: int
    within_year: int
    silent: int


def due(panel: Panel, *, now: datetime) -> QuerySet[Member]:
    """Members who get mail and are to be asked now, in order of joining."""
    never_yet = Q(ask_again_at=None, confirmed_at__lte=now - YEAR)
    found = Member.objects.filter(panel=panel, state=State.ACTIVE)
    return found.filter(never_yet | Q(ask_again_at__lte=now)).order_by("confirmed_at", "pk")


def is_asked(member: Member, *, now: datetime) -> bool:
    """Whether the member's page asks: a year after they confirmed or last said yes, mail or no mail."""
    said = [at for at in (member.confirmed_at, member.reaffirmed_at) if at is not None]
    return member.panel.asks_yearly and member.state in ANSWERABLE and max(said, default=now) <= now - YEAR


def last_words(panel: Panel, *, now: datetime) -> LastWords:
    """Confirmed: on the day of joining, and by each yes since then."""
    registered = Member.objects.filter(panel=panel, state__in=REGISTERED)
    recent = Q(confirmed_at__gt=now - YEAR) | Q(reaffirmed_at__gt=now - YEAR)
    graced = Q(asked_in_vain=2, ask_again_at__lte=now + YEAR - GRACE)  # asked a year before ask_again_at
    silent = registered.filter(state__in=ANSWERABLE).filter(graced | Q(asked_in_vain__gt=2))
    return LastWords(registered.count(), registered.filter(recent).count(), silent.count())
