"""The team's side of the library: what is public, and the page that publishes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from canvass.analysis.results import find_results
from canvass.library import checklist, pages, services
from canvass.library.models import Publication
from canvass.polls import room
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, State
from canvass.team.request import DeskRequest, actor, now


@require_safe
def shelf(request: DeskRequest, panel: str) -> HttpResponse:
    """What is public, and which closed polls are not."""
    public = Publication.objects.filter(panel=request.panel).prefetch_related("figures")
    waiting = Poll.objects.filter(panel=request.panel, state=State.CLOSED).defer("text")
    context = {
        "publications": public.order_by("-last_day", "-pk"),
        "waiting": waiting.order_by("-closes_at", "-pk"),
    }
    return render(request, "library/desk.html", context)


def publish(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """GET asks with a checklist; POST publishes."""
    found = room.poll_or_404(request, poll)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            services.publish(found, by=actor(request), now=now())
        except PollRefused as refused:
            refusal, status = str(refused), 422
        else:
            messages.success(request, f"{found.title} is published.")
            return redirect("library:desk", panel=panel)
    lines = checklist.checks(found, find_results(found))
    context = room.context(request, found, "figures") | {
        "checks": lines,
        "ready": not checklist.hindrances(lines),
        "refusal": refusal,
    }
    return render(request, "library/publish.html", context, status=status)


@require_safe
def preview(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """The page as it would be published now."""
    found = room.poll_or_404(request, poll)
    try:
        results = checklist.publishable(found)
    except PollRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("library:publish", panel=panel, poll=poll)
    return HttpResponse(pages.poll_page(results, now()), headers={"Cache-Control": "private, no-store"})
