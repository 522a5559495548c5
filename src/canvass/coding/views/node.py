"""One code or theme: its words and versions, merging, splitting, retiring, its memos."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from canvass.coding import bench, offering, services, tree
from canvass.coding.bench import Wanted
from canvass.coding.forms import NodeForm
from canvass.coding.ledgers import Room
from canvass.coding.naming import new_id, typed
from canvass.coding.views.parts import context, me, names, opened
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import MEMO_KINDS, Act, Level, Node, Standing, StudyRefused, acts

SHOWN = 100  # answers, to be chosen for a split
NEAR = 10  # answers that are looked at next


def node(request: DeskRequest, panel: str, study: str, node: str) -> HttpResponse:
    """GET shows it; POST does one thing to it."""
    with opened(request, study) as (found, room):
        known = room.state.nodes.get(node)
        if known is None:
            raise Http404
        form = NodeForm(request.POST if request.POST.get("do") == "reword" else None, node=known)
        status = 200
        if request.method == "POST":
            try:
                services.do(found, _act(request.POST, form, known), by=actor(request), now=now())
            except StudyRefused as refusal:
                messages.error(request, str(refusal))
                status = 422
            else:
                messages.success(request, "Done. It can be undone above.")
                return redirect(request.path)
        shown = context(request, found, room) | _shown(request, room, known, form)
        shown["next"] = reverse("coding:node", args=[panel, study, node])
        return render(request, "coding/node.html", shown, status=status)


def _shown(request: DeskRequest, room: Room, node: Node, form: NodeForm) -> dict[str, object]:
    state = room.state
    siblings = [
        one
        for one in state.nodes.values()
        if one.level is node.level and one.standing is Standing.ACTIVE and one.id != node.id
    ]
    holding = bench.found(room, Wanted(code=node.id), me(request), request.roles)
    memos = [memo for memo in state.memos.values() if memo.on == f"node:{node.id}"]
    called = names({memo.by for memo in memos})
    return {
        "node": node,
        "form": form,
        "is_code": node.level is Level.CODE,
        "into": state.nodes.get(state.standing_for(node.id)),
        "siblings": sorted(siblings, key=lambda one: one.name.casefold()),
        "parents": [state.nodes[parent] for parent in state.parents.get(node.id, ())],
        "targets": tree.parents_for(state, node),
        "over": [one for one, _themes in tree.overarching(state)] if node.level is Level.THEME else [],
        "answers": _lines(request, room, holding[:SHOWN]),
        "answers_of_all": len(holding),
        "versions": [
            state.versions[node.id, version]
            for version in range(node.version, 0, -1)
            if (node.id, version) in state.versions
        ],
        "memos": [(memo, called[memo.by], parse_datetime(memo.at)) for memo in memos],
        "memo_kinds": MEMO_KINDS,
        "standing": node.standing.value,
        **_near(request, room, node, holding),
    }


def _near(request: DeskRequest, room: Room, node: Node, holding: list[str]) -> dict[str, object]:
    """To look at next: uncoded answers most like it, coded ones least like it. Nothing in a blind pass."""
    if node.standing is not Standing.ACTIVE or not offering.may_see(room, me(request)):
        return {}
    uncoded = bench.found(room, Wanted(state="uncoded"), me(request), request.roles)
    like = room.help.most_like(holding, uncoded, NEAR)
    unlike = room.help.least_like(holding, NEAR)
    return {
        "like": [room.state.corpus.answer(answer) for answer in like],
        "unlike": [(line, _value(room, line, node)) for line in _lines(request, room, unlike)],
    }


def _lines(request: DeskRequest, room: Room, answers: list[str]) -> list[bench.Line]:
    return [bench.line(room, answer, me(request)) for answer in answers]


def _value(room: Room, line: bench.Line, node: Node) -> str:
    """What takes the code from a line; "" where it holds none of its own, as under a theme."""
    return next((chip.value for chip in line.chips if chip.node.id == node.id), "")


def _act(form: QueryDict, words: NodeForm, node: Node) -> Act:
    make = _BY_NAME.get(form.get("do", ""))
    if form.get("do") == "reword":
        return words.act()
    if make is None:
        raise StudyRefused("That cannot be done here. Use the buttons on the page.")
    return make(form, node)


def _merge(form: QueryDict, node: Node) -> Act:
    return acts.MergeNodes((node.id,), form.get("into", ""))


def _split(form: QueryDict, node: Node) -> Act:
    return acts.SplitCode(node.id, new_id(), typed(form.get("name", "")), tuple(form.getlist("answers")))


def _retire(_form: QueryDict, node: Node) -> Act:
    return acts.RetireNode(node.id)


def _bring_back(_form: QueryDict, node: Node) -> Act:
    return acts.BringBackNode(node.id)


def _put(form: QueryDict, node: Node) -> Act:
    return acts.PutNode(node.id, form.get("under", ""), reason=form.get("reason", "").strip())


def _take_out(form: QueryDict, node: Node) -> Act:
    return acts.TakeOutNode(node.id, form.get("under", ""))


def _memo(form: QueryDict, node: Node) -> Act:
    text = form.get("memo", "").replace("\r\n", "\n").strip()
    known = form.get("known", "")
    if not text and not known:
        raise StudyRefused("Write the memo first.")
    return acts.WriteMemo(known or new_id(), f"node:{node.id}", form.get("memo_kind", "analytic"), text)


_BY_NAME: Mapping[str, Callable[[QueryDict, Node], Act]] = {
    "merge": _merge,
    "split": _split,
    "retire": _retire,
    "bring_back": _bring_back,
    "put": _put,
    "take_out": _take_out,
    "memo": _memo,
}
