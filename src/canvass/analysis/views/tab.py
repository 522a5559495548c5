"""The Figures tab of the poll room."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from canvass import figures
from canvass.analysis import made, method, services
from canvass.analysis.forms import TitleForm
from canvass.analysis.models import Counted, FigureTitle
from canvass.analysis.results import Result, Results, earlier_titles, is_counted, results
from canvass.analysis.views.parts import parts
from canvass.polls import room
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, State
from canvass.tables.disclosure import Audience
from canvass.team.access import Role
from canvass.team.request import DeskRequest, actor, now

WORDERS = frozenset({Role.OWNER, Role.POLL_AUTHOR, Role.ANALYST, Role.PUBLISHER})
PUBLISHERS = frozenset({Role.OWNER, Role.PUBLISHER})


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on the tab."""

    result: Result
    picture: SafeString
    form: TitleForm
    how_made: tuple[tuple[str, str], ...]
    earlier: tuple[FigureTitle, ...]  # wordings before the one that holds


@require_safe
def tab(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Every figure of a counted poll; before that, what will be here."""
    found = room.poll_or_404(request, poll)
    return _tab(request, found)


@require_POST
def word_title(request: DeskRequest, panel: str, poll: str, figure: str) -> HttpResponse:
    """Give a figure the title that was typed."""
    found = room.poll_or_404(request, poll)
    if not is_counted(found) or figure not in Counted.objects.get(poll=found).cubes:
        raise Http404
    form = TitleForm(request.POST, auto_id=f"{figure}_%s")
    if not form.is_valid():
        return _tab(request, found, {figure: form}, status=422)
    title = form.cleaned_data["title"]
    try:
        services.word_title(found, figure, title, name=request.user.name, by=actor(request), now=now())
    except PollRefused as refusal:
        form.add_error("title", str(refusal))
        return _tab(request, found, {figure: form}, status=422)
    messages.success(request, "The title is changed." if title else "The drafted title is back.")
    return redirect(f"{reverse('analysis:tab', args=[panel, poll])}#{figure}")


def _tab(
    request: DeskRequest, poll: Poll, typed: dict[str, TitleForm] | None = None, status: int = 200
) -> HttpResponse:
    context = room.context(request, poll, "figures")
    if not is_counted(poll):
        return render(request, "analysis/not_counted.html", context, status=status)
    context |= parts(request, poll) | _figures(results(poll, Audience.TEAM), typed or {})
    context["may_word"] = poll.state == State.CLOSED and bool(request.roles & WORDERS)
    context["may_publish"] = poll.state == State.CLOSED and bool(request.roles & PUBLISHERS)
    return render(request, "analysis/figures.html", context, status=status)


def _figures(found: Results, typed: dict[str, TitleForm]) -> dict[str, Any]:
    history = earlier_titles(found.poll)
    shown = []
    for result in found.all:
        earlier = history.get(result.address, [])
        form = typed.get(result.address) or TitleForm(
            initial={"title": result.exhibit.title}, auto_id=f"{result.address}_%s"
        )
        picture = SafeString(figures.figure(result.exhibit, level=2))
        shown.append(Shown(result, picture, form, made.of_figure(found, result), tuple(earlier[1:])))
    return {
        "results": found,
        "shown": shown,
        "how_done": method.rows(found),
        "faulty": next(iter(typed.values()), None),
    }
