"""Marking what happened outside on the trends of a panel."""

from datetime import date, datetime

from django.db import transaction

from canvass.analysis.models import MarkedEvent
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel


def marked(panel: Panel) -> list[MarkedEvent]:
    """What happened outside, as the team marked it, the first to happen first."""
    return list(MarkedEvent.objects.filter(panel=panel, taken_away_at=None).order_by("first_day", "pk"))


@transaction.atomic
def mark(
    panel: Panel, label: str, first_day: date, last_day: date | None, *, name: str, by: Actor, now: datetime
) -> MarkedEvent:
    """Mark an event; name: who does, for the team's eyes."""
    made = MarkedEvent.objects.create(
        panel=panel, label=label, first_day=first_day, last_day=last_day, marked_at=now, marked_by=name
    )
    audit.record("event.marked", label, panel=panel, by=by, now=now, day=first_day.isoformat())
    return made


@transaction.atomic
def change(
    event: MarkedEvent,
    label: str,
    first_day: date,
    last_day: date | None,
    *,
    name: str,
    by: Actor,
    now: datetime,
) -> MarkedEvent:
    """Mark an event anew, in other words or on other days; what it was before is kept in history."""
    made = MarkedEvent.objects.create(
        panel=event.panel,
        label=label,
        first_day=first_day,
        last_day=last_day,
        marked_at=now,
        marked_by=name,
    )
    _hide(event, now)
    audit.record("event.changed", label, panel=event.panel, by=by, now=now, before=event.label)
    return made


@transaction.atomic
def put_back(event: MarkedEvent, *, instead_of: MarkedEvent, by: Actor, now: datetime) -> None:
    """Undo a change: show an event as it was before."""
    _hide(instead_of, now)
    event.taken_away_at = None
    event.save(update_fields=["taken_away_at"])
    audit.record("event.changed", event.label, panel=event.panel, by=by, now=now, before=instead_of.label)


def _hide(event: MarkedEvent, now: datetime) -> None:
    event.taken_away_at = now
    event.save(update_fields=["taken_away_at"])


@transaction.atomic
def take_away(event: MarkedEvent, *, by: Actor, now: datetime) -> None:
    """No longer show an event."""
    _hide(event, now)
    audit.record("event.taken_away", event.label, panel=event.panel, by=by, now=now)


@transaction.atomic
def bring_back(event: MarkedEvent, *, by: Actor, now: datetime) -> None:
    """Show an event again that was taken away."""
    event.taken_away_at = None
    event.save(update_fields=["taken_away_at"])
    audit.record("event.brought_back", event.label, panel=event.panel, by=by, now=now)
