"""The codebook: codes under themes under organising themes, moved by dragging or by forms."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from canvass.coding import services, tree
from canvass.coding.ledgers import Room
from canvass.coding.naming import new_id, typed
from canvass.coding.views.parts import back, context, opened
from canvass.team.access import Role
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import Act, Level, StudyRefused, acts

CODERS = frozenset({Role.OWNER, Role.CODER})


@require_safe
def codebook(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    with opened(request, study) as (found, room):
        branches = tree.branches(room)
        shown = context(request, found, room) | {
            "columns": tree.columns(room),
            "branches": branches,
            "targets": {
                level: tree.parents_for(room.state, branch.node)
                for branch in branches
                for level in [branch.node.level]
            },
            "overarching": tree.overarching(room.state),
            "levels": list(Level),
            "may_code": bool(request.roles & CODERS),
            "frozen": max(room.state.frozen, default=0),
        }
        return render(request, "coding/codebook.html", shown)


@require_POST
def shape(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Change where something lies, or make it: one act, then back to the codebook."""
    with opened(request, study) as (found, room):
        anchor = request.POST.get("node", "")
        try:
            make = _BY_NAME.get(request.POST.get("do", ""))
            if make is None:
                raise StudyRefused("That cannot be done to the codebook. Use the buttons on its page.")
            one = make(request.POST, room)
            services.do(found, one, by=actor(request), now=now())
            anchor = getattr(one, "node", anchor)
        except StudyRefused as refusal:
            messages.error(request, str(refusal))
        return back(request, found, f"n-{anchor}" if anchor.isalnum() else "")


def _make(form: QueryDict, _room: Room) -> Act:
    level = form.get("level", "")
    if level not in list(Level):
        raise StudyRefused("Choose what to make: a code, or a theme of some level.")
    return acts.MakeNode(new_id(), Level(level), typed(form.get("name", "")))


def _put(form: QueryDict, _room: Room) -> Act:
    node, under = form.get("node", ""), form.get("under", "")
    leaving = form.get("leaving", "")
    return acts.PutNode(
        node,
        under,
        before=form.get("before", ""),
        leaving="" if leaving == under else leaving,
        reason=form.get("reason", "").strip(),
    )


def _take_out(form: QueryDict, _room: Room) -> Act:
    return acts.TakeOutNode(form.get("node", ""), form.get("under", ""))


def _freeze(form: QueryDict, room: Room) -> Act:
    return acts.FreezeCodebook(max(room.state.frozen, default=0) + 1, typed(form.get("note", "")))


_BY_NAME: Mapping[str, Callable[[QueryDict, Room], Act]] = {
    "make": _make,
    "put": _put,
    "take_out": _take_out,
    "freeze": _freeze,
}
