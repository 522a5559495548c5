"""Weights of a counted poll: "do not weight" first, an attempt beside it, and what it would change."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from canvass.analysis import made, services, weighting
from canvass.analysis.forms import NO_CAP, WeightsForm
from canvass.analysis.models import PollWeights
from canvass.analysis.results import Results, find_results
from canvass.analysis.trying import Attempt, attempt
from canvass.analysis.views.parts import parts
from canvass.panel import beside
from canvass.panel.models import Workforce
from canvass.polls import room
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, State
from canvass.statistics import WeightingError
from canvass.tables.disclosure import Audience
from canvass.team.request import DeskRequest, actor, now


def weights(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """GET shows what holds, or tries the variables in the address; POST decides."""
    found = room.poll_or_404(request, poll)
    workforce = beside.workforce_of(request.panel)
    known = weighting.variables(found, workforce)
    results = find_results(found, Audience.TEAM)
    if results is None:
        raise Http404
    if request.method == "POST" and "none" in request.POST:
        return _decided(request, found, (), None)
    typed = request.POST or (request.GET if request.GET else None)
    form = WeightsForm(typed, variables=known, initial=_initial(results.weights))
    tried = None
    if workforce is not None and form.is_valid():
        try:
            if request.method == "POST":
                return _decided(request, found, form.cleaned_data["by"], form.cap())
            tried = attempt(results, workforce, known, form.cleaned_data["by"], form.cap())
        except WeightingError as fault:
            form.add_error("by", str(fault))
    context = (
        room.context(request, found, "figures")
        | parts(request, found)
        | _attempt(results, workforce, tried, looks_on=bool(typed))
        | {
            "results": results,
            "known": known,
            "workforce": workforce,
            "form": form,
            "may_decide": found.state == State.CLOSED,
            "earlier": _earlier(found),
            "held_in_words": weighting.in_words(results.weights) if results.weights else "",
        }
    )
    return render(request, "analysis/weights.html", context, status=422 if form.errors else 200)


def _attempt(
    results: Results, workforce: Workforce | None, tried: Attempt | None, *, looks_on: bool
) -> dict[str, object]:
    """The weights that are tried; where none are asked for, those in force."""
    decision = None if looks_on else results.weights
    if decision is not None and decision.workforce is not None:
        workforce = decision.workforce
        known = weighting.variables(results.poll, workforce)
        tried = attempt(results, workforce, known, decision.fields, decision.trim)
    how_made = made.of_weights(results, workforce, tried) if workforce and tried else ()
    return {"attempt": tried, "is_held": decision is not None, "how_made": how_made}


def _earlier(poll: Poll) -> list[tuple[PollWeights, str]]:
    """Every decision, the newest first, and what it weights by; "" where it does not weight."""
    decisions = PollWeights.objects.filter(poll=poll).order_by("-pk")
    return [(one, weighting.named(poll, one.fields) if one.fields else "") for one in decisions]


def _initial(held: PollWeights | None) -> dict[str, object]:
    if held is None:
        return {}
    return {"by": held.fields, "trim": f"{held.trim:g}" if held.trim else NO_CAP}


def _decided(
    request: DeskRequest, poll: Poll, by: tuple[str, ...] | list[str], cap: float | None
) -> HttpResponse:
    """Weight, or do not; raises WeightingError."""
    try:
        services.weight(poll, by, trim=cap, name=request.user.name, by=actor(request), now=now())
    except PollRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = "The poll’s figures are weighted." if by else "The poll’s figures are not weighted."
        messages.success(request, said)
    return redirect("analysis:weights", poll.panel.slug, poll.slug)
