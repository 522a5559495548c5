"""The tab whose room is still to come: what will be there."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from canvass.polls import room
from canvass.team.request import DeskRequest


@require_safe
def report(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    found = room.poll_or_404(request, poll)
    return render(request, "polls/report.html", room.context(request, found, "report"))
