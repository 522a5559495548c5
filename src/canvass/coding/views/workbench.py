"""The workbench: a table of answers, what is done to one of them, and undo."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from canvass.coding import bench, doing, offering, services
from canvass.coding.bench import Line, Wanted
from canvass.coding.forms import FilterForm
from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.coding.offering import OnShow
from canvass.coding.phrases import names_of, phrase
from canvass.coding.views.parts import back, context, how_far, me, opened
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import MAIN, MASK_KINDS, MEMO_KINDS, Rests, StudyRefused, acts


@require_safe
def study(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Everything that is shown stands in the address, so that it can be sent to a colleague."""
    with opened(request, study) as (found, room):
        in_pass = _pass(request.GET, room, me(request))
        form = FilterForm(request.GET, room, bench.profiles_shown(room))
        wanted = form.wanted(in_pass)
        page = bench.page(room, wanted, me(request), request.roles, request.GET.get("page", "1"))
        shown = context(request, found, room) | {
            "form": form,
            "wanted": wanted,
            "in_pass": room.state.passes.get(in_pass),
            "page": page,
            "lines": [_shown(request, room, answer, in_pass) for answer in page],
            **_codes(room),
        }
        return render(request, "coding/study.html", shown)


@require_POST
def act(request: DeskRequest, panel: str, study: str, answer: str) -> HttpResponse:
    """Do one thing to an answer: htmx gets its line and the progress, a form goes back to its page."""
    refused = ""
    with opened(request, study) as (found, room):
        in_pass = _pass(request.POST, room, me(request))
        _must_see(request, room, answer, in_pass)
        try:
            seen = offering.seen(request.POST.get("offered", ""), answer, me(request), now())
            for one in doing.acts_of(request.POST, room, answer, in_pass, seen):
                services.do(found, one, by=actor(request), now=now())
        except StudyRefused as refusal:
            refused = str(refusal)
        if request.headers.get("HX-Request"):
            return _line(request, found, room, answer, in_pass, refused)
    if refused:
        messages.error(request, refused)
    return back(request, found, f"a-{answer}")


@require_safe
def offers(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """The suggestions on these lines as they are by now, for a page that is open."""
    with opened(request, study) as (_found, room):
        asked = request.GET.getlist("answer")[: bench.LINES_A_PAGE]
        for answer in asked:
            _must_see(request, room, answer, MAIN)
        shown = {"lines": [_shown(request, room, answer, MAIN) for answer in asked]}
        return render(request, "coding/offers.html", shown)


@require_POST
def step(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Undo or redo: the step of that number, or one's own newest."""
    anchor = ""
    with opened(request, study) as (found, room):
        try:
            what = _step(request.POST, room, me(request))
            about = room.ledger.entry(what.of)
            done = services.do(found, what, by=actor(request), now=now())
        except StudyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            anchor = f"a-{answer}" if (answer := getattr(about.act, "answer", "")) else ""
            verb = "Undone" if isinstance(what, acts.Undo) else "Done again"
            told = phrase(about, room.state, names_of(room.ledger.entries), me(request))
            messages.success(request, f"{verb}: {told}.{_stirred(room, done.stirred)}")
        return back(request, found, anchor)


def _stirred(room: Room, stirred: tuple[int, ...]) -> str:
    """What else does not count now, or counts again."""
    resting = sum(seq in room.ledger.resting for seq in stirred)
    again = len(stirred) - resting
    said = ""
    if resting:
        said += f" {resting} later {'step rests' if resting == 1 else 'steps rest'} until it is done again."
    if again:
        said += f" {again} {'step that rested counts' if again == 1 else 'steps that rested count'} again."
    return said


def _step(form: QueryDict, room: Room, person: str) -> acts.Undo | acts.Redo:
    redo = form.get("do") == "redo"
    of = form.get("of", "")
    if of.isascii() and of.isdigit() and len(of) < 9:
        return acts.Redo(int(of)) if redo else acts.Undo(int(of))
    entry = room.ledger.newest_redoable(person) if redo else room.ledger.newest_undoable(person)
    if entry is None:
        raise StudyRefused(f"There is nothing of yours to {'redo' if redo else 'undo'}.")
    return acts.Redo(entry.seq) if redo else acts.Undo(entry.seq)


def _line(
    request: DeskRequest, study: Study, room: Room, answer: str, in_pass: str, refused: str
) -> HttpResponse:
    line, suggested = _shown(request, room, answer, in_pass)
    shown = {
        "study": study,
        "line": line,
        "suggested": suggested,
        "in_pass": room.state.passes.get(in_pass),
        "refused": refused,
        "typed": request.POST.get("code", ""),
        "next": request.POST.get("next", ""),
        **how_far(request, room),
        **_codes(room),
    }
    return render(request, "coding/line_done.html", shown)


def _shown(request: DeskRequest, room: Room, answer: str, in_pass: str) -> tuple[Line, OnShow]:
    """A line, and the suggestions on it."""
    person = me(request)
    return (
        bench.line(room, answer, person, in_pass),
        offering.on_show(room, answer, person, in_pass, now()),
    )


def _codes(room: Room) -> dict[str, Any]:
    codes = bench.active_codes(room.state)
    return {
        "codes": [(node, room.tally.counts[node.id]) for node in codes],
        "memo_kinds": MEMO_KINDS,
        "mask_kinds": MASK_KINDS,
    }


def _pass(form: QueryDict, room: Room, person: str) -> str:
    """The pass that one works in, if it is one's own."""
    found = room.state.passes.get(form.get("pass", ""))
    return found.id if found is not None and found.coder == person else MAIN


def _must_see(request: DeskRequest, room: Room, answer: str, in_pass: str) -> None:
    """Raises Http404 for an answer that the visitor may not read."""
    try:
        question = room.state.corpus.answer(answer).question
    except Rests as error:
        raise Http404 from error
    if room.reading.questions[question].is_live and not bench.may_read_live(request.roles):
        raise Http404
    if in_pass != MAIN and answer not in bench.found(
        room, Wanted(in_pass=in_pass), me(request), request.roles
    ):
        raise Http404
