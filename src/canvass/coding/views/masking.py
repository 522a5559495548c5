"""What could name somebody: place by place, masked or left to stand."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from canvass.coding import bench, services
from canvass.coding import masking as places
from canvass.coding.bench import Wanted
from canvass.coding.ledgers import Room
from canvass.coding.naming import typed
from canvass.coding.views.parts import back, context, me, opened
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import StudyRefused

ANSWERS_A_PAGE = 25


@require_safe
def masking(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Every place that is not decided, answer by answer."""
    with opened(request, study) as (found, room):
        places_found = _found(request, room)
        by_answer = [
            (answer, list(spots))
            for answer, spots in groupby(places_found.spots, key=lambda spot: spot.answer)
        ]
        shown = context(request, found, room) | {
            "found": places_found,
            "page": Paginator(by_answer, ANSWERS_A_PAGE).get_page(request.GET.get("page", "1")),
        }
        return render(request, "coding/masking.html", shown)


@require_POST
def decide(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Mask the words of one place, or let them stand; on request wherever they are."""
    form, anchor = request.POST, "places"
    accepted = form.get("do") != "stand"
    replacement = typed(form.get("replacement", "")).strip("[] ") if accepted else ""
    with opened(request, study) as (found, room):
        try:
            if form.get("do") == "other" and not replacement:
                raise StudyRefused("Write what stood there, such as “manager”, then press “Mask as this”.")
            several = places.deciding(
                _found(request, room).spots,
                form.get("answer", ""),
                form.get("start", ""),
                form.get("end", ""),
                replacement,
                accepted,
                "together" in form,
            )
            if len(several) == 1:
                services.do(found, several[0], by=actor(request), now=now())
            else:
                services.do_all(found, several, as_="masked_together", by=actor(request), now=now())
        except StudyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            done = f"Masked as [{several[0].replacement}]" if accepted else "It may stand"
            where = f" in {len(several)} places, each a step of its own" if len(several) > 1 else ""
            messages.success(request, f"{done}{where}. It can be undone above.")
        if any(spot.answer.id == form.get("answer") for spot in _found(request, room).spots):
            anchor = f"a-{form.get('answer')}"
        return back(request, found, anchor)


def _found(request: DeskRequest, room: Room) -> places.Found:
    """Of the answers that the visitor may read."""
    answers = bench.found(room, Wanted(), me(request), request.roles)
    assert request.panel is not None
    return places.found(room, request.panel, answers)
