"""How many people took part in each poll, for lists and the poll room (settings.POLL_COUNTS)."""

from collections.abc import Collection, Mapping

from django.db.models import Count

from canvass.fieldwork.models import Ballot, Withdrawal
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
    return {poll: PollCount(took_part=number) for poll, number in took_part.items()}
