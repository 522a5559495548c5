"""Events: marked, changed, taken away and put back; each leads back to the trend that was looked at."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canvass.analysis import events
from canvass.analysis.forms import EventForm
from canvass.analysis.models import MarkedEvent
from canvass.analysis.views import trends
from canvass.team.request import DeskRequest, actor, now


@require_POST
def mark(request: DeskRequest, panel: str) -> HttpResponse:
    """Mark what happened outside."""
    form = EventForm(request.POST)
    if not form.is_valid():
        return trends.page(request, form, status=422)
    made = events.mark(request.panel, **_told(request, form))
    messages.success(request, f"“{made.label}” is marked on the trends.")
    return _back(request)


def change(request: DeskRequest, panel: str, event: int) -> HttpResponse:
    """GET shows an event in a form; POST changes it."""
    held = _event_or_404(request, event, is_shown=True)
    known = {"label": held.label, "first_day": held.first_day, "last_day": held.last_day}
    form = EventForm(request.POST or None, initial=known)
    if form.is_valid():
        made = events.change(held, **_told(request, form))
        undo = _address(request, "put_back_event", held.pk, made.pk)
        messages.success(request, f"“{made.label}” is changed.", extra_tags=f"undo:{undo}")
        return _back(request)
    context = {"form": form, "event": held, "address": trends.picked(request)}
    return render(request, "analysis/event.html", context, status=422 if form.errors else 200)


@require_POST
def put_back(request: DeskRequest, panel: str, event: int, instead_of: int) -> HttpResponse:
    """Undo a change."""
    held, later = _event_or_404(request, event), _event_or_404(request, instead_of)
    events.put_back(held, instead_of=later, by=actor(request), now=now())
    messages.success(request, f"“{held.label}” is as it was.")
    return _back(request)


@require_POST
def take_away(request: DeskRequest, panel: str, event: int) -> HttpResponse:
    """Take an event away, or bring it back."""
    held = _event_or_404(request, event)
    if held.taken_away_at is None:
        events.take_away(held, by=actor(request), now=now())
        undo = _address(request, "unmark_event", event)
        messages.success(request, f"“{held.label}” is taken away.", extra_tags=f"undo:{undo}")
    else:
        events.bring_back(held, by=actor(request), now=now())
        messages.success(request, f"“{held.label}” is back.")
    return _back(request)


def _event_or_404(request: DeskRequest, event: int, *, is_shown: bool = False) -> MarkedEvent:
    held = MarkedEvent.objects.filter(panel=request.panel, pk=event).first()
    if held is None or (is_shown and held.taken_away_at is not None):
        raise Http404
    return held


def _told(request: DeskRequest, form: EventForm) -> dict[str, Any]:
    return form.cleaned_data | {"name": request.user.name, "by": actor(request), "now": now()}


def _address(request: DeskRequest, route: str, *events_: int) -> str:
    """A route with the trend that is looked at."""
    kept = trends.picked(request)
    address = reverse(f"analysis:{route}", args=[request.panel.slug, *events_])
    return f"{address}?{kept}" if kept else address


def _back(request: DeskRequest) -> HttpResponse:
    return redirect(_address(request, "trends"))
