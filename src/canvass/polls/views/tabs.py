"""The tabs whose rooms are still to come: what will be there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from canvass.polls import room
from canvass.team.request import DeskRequest


@require_safe
def words(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    return _to_come(request, poll, "words")


@require_safe
def report(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    return _to_come(request, poll, "report")


def _to_come(request: DeskRequest, slug: str, tab: str) -> HttpResponse:
    found = room.poll_or_404(request, slug)
    return render(request, f"polls/{tab}.html", room.context(request, found, tab))
