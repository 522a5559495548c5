"""The Fieldwork tab of the poll room: what is mailed and when, and the funnel, live while it is open."""

from hashlib import blake2s
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

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
        context["funnel"] = funnel.funnel_of(poll, now=now())
    inner = render_to_string("fieldwork/moving.html", context, request=None)
    mark = blake2s(inner.encode(), digest_size=8).hexdigest()
    html = render_to_string("fieldwork/live.html", context | {"inner": inner, "mark": mark}, request=None)
    return {"html": html, "mark": mark}
