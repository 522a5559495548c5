"""Moving a member from one standing to another: first in the ballots store, then in the desk store.

The conditional update of the ballots row settles races: of two moves at once, one finds the state gone.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from canvass.panel.models import ConsentRecord, ConsentWording, Member, Standing, StandingEvent
from canvass.panel.refusals import PanelRefusal
from canvass.panel.states import MAILABLE, State
from canvass.team import audit
from canvass.team.audit import Actor


def move_ballots_row(member: Member, to: State, *, allowed: Collection[State], **changes: Any) -> bool:
    """Set the standing that fieldwork reads. False where the member is in none of the allowed states."""
    rows = Standing.objects.filter(member=member.key, panel_id=member.panel_id, state__in=allowed)
    return bool(rows.update(state=to, mailable=to in MAILABLE, **changes))


def follow_in_desk(
    member: Member,
    to: State,
    *,
    verb: str,
    by: Actor,
    now: datetime,
    paused_until: date | None = None,
    **changes: Any,
) -> Member:
    """The desk's side of a move: member, history and audit entry in one transaction."""
    with transaction.atomic():
        Member.objects.filter(pk=member.pk).update(
            state=to,
            paused_until=paused_until,
            left_at=(member.left_at or now) if to == State.LEFT else None,
            **changes,
        )
        if member.state != to:
            StandingEvent.objects.create(panel_id=member.panel_id, member=member, state=to, at=now)
        audit.record(verb, member.key, panel=member.panel, by=by, now=now)
    member.refresh_from_db()
    return member


def move(
    member: Member,
    to: State,
    *,
    allowed: Collection[State],
    refusal: str,
    verb: str,
    by: Actor,
    now: datetime,
    paused_until: date | None = None,
) -> Member:
    """One change of standing in both stores. Raises PanelRefusal with the sentence given."""
    if not move_ballots_row(member, to, allowed=allowed):
        raise PanelRefusal(refusal)
    return follow_in_desk(member, to, verb=verb, by=by, now=now, paused_until=paused_until)


def record_consent(
    member: Member, wording: ConsentWording, *, channel: str, now: datetime, basis: str = ""
) -> None:
    """Note that the member agreed; an open consent of the same kind ends at the same moment."""
    withdraw_consent(member, wording.kind, now=now)
    ConsentRecord.objects.create(
        panel_id=member.panel_id,
        member=member,
        kind=wording.kind,
        version=wording.version,
        digest=wording.digest,
        channel=channel,
        basis=basis,
        given_at=now,
    )


def withdraw_consent(member: Member, *kinds: str, now: datetime) -> None:
    ConsentRecord.objects.filter(member=member, kind__in=kinds, withdrawn_at=None).update(withdrawn_at=now)
