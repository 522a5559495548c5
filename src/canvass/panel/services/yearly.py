"""The yearly question, put by mail and answered by a button. A "no" is lapsing or leaving (membership)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from canvass.panel import letters, yearly
from canvass.panel.models import Letter, Member
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import membership
from canvass.panel.states import State
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel

NO_POLLS = "You get no polls at present. Let us mail you again first, from your page."
A_RUN = 100  # mails an hour: a panel that joined on one day does not hold up the confirmations of others


def ask(panel: Panel, *, by: Actor, now: datetime) -> int:
    """Mail the question to members whose year is over, unless the panel does not ask; how many.

    The desk is written last: after a crash the letters found written are not written again.
    """
    if not panel.asks_yearly:
        return 0
    with transaction.atomic():
        Panel.objects.select_for_update().get(pk=panel.pk)  # one pump at a time
        due = list(yearly.due(panel, now=now)[:A_RUN])
        if not due:
            return 0
        with transaction.atomic("identity"):
            written = _written(due, now=now)
            for member in due:
                if member.key not in written:
                    letters.write(panel, member.key, "yearly", now=now)
        Member.objects.filter(pk__in=[member.pk for member in due]).update(
            ask_again_at=now + yearly.YEAR, asked_in_vain=F("asked_in_vain") + 1
        )
        audit.record("panel.yearly_asked", panel.slug, panel=panel, by=by, now=now, members=len(due))
    return len(due)


def _written(due: list[Member], *, now: datetime) -> set[str]:
    """Who has this year's letter already."""
    letters_of_the_year = Letter.objects.filter(kind="yearly", created_at__gt=now - yearly.GRACE)
    return set(
        letters_of_the_year.filter(member__in=[one.key for one in due]).values_list("member", flat=True)
    )


def reaffirm(member: Member, *, by: Actor, now: datetime) -> Member:
    """They still work in the profession, and are asked again in a year. Raises PanelRefusal."""
    if member.state not in yearly.ANSWERABLE:
        raise PanelRefusal(membership.LEFT if member.state == State.LEFT else NO_POLLS)
    with transaction.atomic():
        Member.objects.filter(pk=member.pk).update(
            reaffirmed_at=now, ask_again_at=now + yearly.YEAR, asked_in_vain=0
        )
        audit.record("member.reaffirmed", member.key, panel=member.panel, by=by, now=now)
    member.refresh_from_db()
    return member
