"""How many people took part, by poll and by day, for the desk (settings.POLL_COUNTS and HAND_INS)."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count

from canvass.fieldwork.mailings import MAILED, Outbox, Round
from canvass.fieldwork.models import Ballot, CollectedElsewhere, Participation, Withdrawal
from canvass.polls.doors import PollCount
from canvass.team.models import Panel


def poll_counts(panel: Panel, polls: Collection[int]) -> Mapping[int, PollCount]:
    """Took part = ballots + withdrawn, by poll."""
    ballots = Ballot.objects.filter(panel=panel.pk, poll__in=polls).values_list("poll")
    took_part: dict[int, int] = dict(ballots.annotate(number=Count("key")))
    for poll, number in Withdrawal.objects.filter(panel=panel.pk, poll__in=polls).values_list(
        "poll", "count"
    ):
        took_part[poll] = took_part.get(poll, 0) + number
    mailed = {**_mailed(panel, polls), **_invited(panel, polls)}
    return {
        poll: PollCount(mailed.get(poll), took_part.get(poll, 0)) for poll in took_part.keys() | mailed.keys()
    }


def hand_ins(panel: Panel, since: date) -> Mapping[date, int]:
    """First hand-ins to any poll, by day, from `since` on."""
    begun = Participation.objects.filter(panel=panel.pk, opened__gte=since).values_list("opened")
    return dict(begun.annotate(number=Count("member")).order_by())


def _mailed(panel: Panel, polls: Collection[int]) -> Mapping[int, int]:
    """How many were mailed an invitation, by poll."""
    sent = Outbox.objects.filter(
        panel=panel.pk, poll__in=polls, round=Round.INVITATION, state__in=MAILED
    ).values_list("poll")
    return dict(sent.annotate(number=Count("member")))


def _invited(panel: Panel, polls: Collection[int]) -> Mapping[int, int]:
    """How many were invited elsewhere, for polls whose answers were imported."""
    known = CollectedElsewhere.objects.filter(panel=panel.pk, poll__in=polls)
    return {one.poll: one.invited for one in known if one.invited is not None}
