"""The page of the desk that shows a poll as members see it, for the builder's frame and on its own."""

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from canvass.fieldwork.preview import preview_page, preview_policy
from canvass.polls import queries, room
from canvass.team.request import DeskRequest

_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of Django's form field


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """The poll that its author is writing, clickable from page to page; nothing is stored."""
    found = room.poll_or_404(request, poll)
    questions = queries.previewed(found, request.user)
    if questions is None:
        return render(request, "fieldwork/no_preview.html", {"poll": found})
    state = {name: values for name, values in request.POST.lists() if name != _TOKEN}
    pictures = reverse("polls:picture", args=[panel, poll, "-"]).removesuffix("-")
    carry = {_TOKEN: get_token(request)}
    page = preview_page(questions, state, panel=found.panel.name, pictures=pictures, carry=carry)
    headers = {"Content-Security-Policy": preview_policy(questions), "Cache-Control": "private, no-cache"}
    return HttpResponse(page, headers=headers)
