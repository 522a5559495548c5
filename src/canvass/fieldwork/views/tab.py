"""The Fieldwork tab of the poll room: what is mailed and when, and the funnel, live while it is open."""

from collections.abc import Iterator
from hashlib import blake2s
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from canvass import figures
from canvass.fieldwork import funnel, queries
from canvass.polls import room
from canvass.polls.models import Poll
from canvass.team.request import DeskRequest, now

UNCHANGED = 204  # htmx then leaves the page as it is


@require_safe
@never_cache
def tab(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    found = room.poll_or_404(request, poll)
    context = room.context(request, found, "fieldwork") | {
        "mailings": queries.mailings(found),
        "live": _live(request, found),
        "sending": bool(settings.SMTP_URL),
    }
    return render(request, "fieldwork/tab.html", context)


@require_safe
@never_cache
def live(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """The part that moves, asked for every few seconds; nothing at all where nothing has moved."""
    found = room.poll_or_404(request, poll)
    shown = _live(request, found)
    if shown["mark"] == request.GET.get("seen"):
        return HttpResponse(status=UNCHANGED)
    return HttpResponse(shown["html"])


def _live(request: DeskRequest, poll: Poll) -> dict[str, Any]:
    """The moving part as HTML, and a mark that changes with it."""
    context = {"panel": request.panel, "poll": poll, "rounds": queries.rounds(poll)}
    if poll.version:
        counted = funnel.funnel_of(poll, now=now())
        context |= {"funnel": counted, "picture": _picture(poll, counted)}
    inner = render_to_string("fieldwork/moving.html", context, request=None)
    mark = blake2s(inner.encode(), digest_size=8).hexdigest()
    html = render_to_string("fieldwork/live.html", context | {"inner": inner, "mark": mark}, request=None)
    return {"html": html, "mark": mark}


def _picture(poll: Poll, counted: funnel.Funnel) -> SafeString:
    """The funnel as a figure with its data table."""
    assert poll.opens is not None  # a frozen version has both
    assert poll.closes is not None
    exhibit = figures.FunnelExhibit(
        funnel=counted.counts,
        first_day=poll.opens.date(),
        last_day=poll.closes.date(),
        mode="online" if counted.measured else "collected elsewhere and imported",
        source=poll.source_line,
        marks=("Still open",) if counted.counts.stepped else (),
        notes=tuple(_notes(counted)),
        brand=poll.panel.name,
    )
    return SafeString(figures.figure(exhibit))


def _notes(counted: funnel.Funnel) -> Iterator[str]:
    """What explains the counts."""
    if not counted.measured:
        yield "Opened: not measured, because the answers were collected elsewhere."
    elif (counted.counts.steps[funnel.MAILED_AT].count or 0) > (counted.counts.steps[1].count or 0):
        yield "More were mailed than can be mailed: some have since paused, left, or cannot be reached."
