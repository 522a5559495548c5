"""Two coders: open a comparison, see how far they agree, settle what they disagree on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from canvass.coding import bench, comparing, services
from canvass.coding.comparing import Comparison
from canvass.coding.forms import CompareForm
from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.coding.naming import new_id
from canvass.coding.views.parts import context, me, names, opened
from canvass.team.access import Role
from canvass.team.models import Membership
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import Level, StudyRefused, acts

CODING = (Role.CODER, Role.OWNER)


@require_safe
def coders(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Every comparison, and a form for a new one."""
    with opened(request, study) as (found, room):
        return _coders(request, found, room)


@require_POST
def compare(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Freeze the codebook and give two coders the same sample, blind."""
    with opened(request, study) as (found, room):
        form = _form(request, room, request.POST)
        if not form.is_valid():
            return _coders(request, found, room, form, status=422)
        given = form.cleaned_data
        try:
            opening = comparing.opening(
                room, (given["first"], given["second"]), given["size"], given["seed"], (new_id(), new_id())
            )
            services.do_all(found, opening, as_="comparison_opened", by=actor(request), now=now())
        except StudyRefused as refusal:
            form.add_error("first", str(refusal))
            return _coders(request, found, room, form, status=422)
        messages.success(request, "Both coders have their sample. Neither sees what the other codes.")
        return redirect("coding:coders", panel, study)


@require_POST
def close(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """End one's own pass."""
    with opened(request, study) as (found, room):
        one = room.state.passes.get(request.POST.get("pass", ""))
        if one is None or one.coder != me(request):
            raise Http404
        try:
            services.do(found, acts.ClosePass(one.id), by=actor(request), now=now())
        except StudyRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("coding:coders", panel, study)


def compared(request: DeskRequest, panel: str, study: str, comparison: str) -> HttpResponse:
    """GET shows what two coders agree on, once both are done; POST settles one answer."""
    with opened(request, study) as (found, room):
        one = _comparison(room, comparison)
        if one.is_open:
            raise Http404
        if request.method == "POST":
            try:
                services.do(found, _settling(request.POST, room, one), by=actor(request), now=now())
            except StudyRefused as refusal:
                messages.error(request, str(refusal))
            return redirect(f"{request.path}#d-{request.POST.get('answer', '')[:40]}")
        figures = comparing.agreed(room.state, one)
        shown = context(request, found, room) | {
            "comparison": one,
            "called": _called(one),
            "figures": figures,
            "same": figures.units - len(comparing.apart_as_given(room.state, one)),
            "is_reflexive": room.state.approach.get("") == "reflexive",
            "by_code": sorted(
                ((room.state.nodes[code.code], code) for code in figures.codes),
                key=lambda pair: (pair[1].together - pair[1].anybody, pair[0].name.casefold()),
            ),
            "apart": comparing.apart(room.state, one),
            "codes": bench.active_codes(room.state),
        }
        return render(request, "coding/compared.html", shown)


def _coders(
    request: DeskRequest, study: Study, room: Room, form: CompareForm | None = None, status: int = 200
) -> HttpResponse:
    found = comparing.comparisons(room.state)
    shown = context(request, study, room) | {
        "comparisons": [(one, _called(one), _rows(request, room, one)) for one in found],
        "form": form or _form(request, room, None),
        "is_reflexive": room.state.approach.get("") == "reflexive",
        "candidates": len(comparing.candidates(room)),
        "codes": [node for node in room.state.nodes.values() if node.level is Level.CODE],
    }
    return render(request, "coding/coders.html", shown, status=status)


def _rows(request: DeskRequest, room: Room, one: Comparison) -> list[dict[str, Any]]:
    called = names({one.first.coder, one.second.coder})
    rows = []
    for each in (one.first, one.second):
        through, of_all = comparing.how_far(room.state, each)
        rows.append(
            {
                "name": called[each.coder],
                "mine": each.coder == me(request),
                "pass": each,
                "through": through,
                "all": of_all,
            }
        )
    return rows


def _called(one: Comparison) -> tuple[str, str]:
    called = names({one.first.coder, one.second.coder})
    return called[one.first.coder], called[one.second.coder]


def _form(request: DeskRequest, room: Room, data: QueryDict | None) -> CompareForm:
    team = Membership.objects.filter(panel=request.panel, role__in=CODING).select_related("staff")
    people = {f"staff:{one.staff_id}": one.staff.name for one in team.order_by("staff__name", "pk")}
    return CompareForm(data, people=list(people.items()), seed=len(room.state.passes) // 2 + 1)


def _comparison(room: Room, name: str) -> Comparison:
    for one in comparing.comparisons(room.state):
        if one.id == name:
            return one
    raise Http404


def _settling(form: QueryDict, room: Room, one: Comparison) -> acts.Adjudicate:
    nodes = tuple(form.getlist("codes"))
    if any(node and node not in room.state.nodes for node in nodes):
        raise StudyRefused("One of the codes is not in the codebook. Load the page again.")
    return acts.Adjudicate(
        form.get("answer", ""),
        one.passes,
        tuple(sorted(set(filter(None, nodes)))),
        form.get("reason", "").strip(),
    )
