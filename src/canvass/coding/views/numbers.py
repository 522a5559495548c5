"""Numbers: who wrote, the themes of a question in people, by groups of them, and means by theme."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from canvass.coding.forms import NumbersForm
from canvass.coding.ledgers import Room
from canvass.coding.numbers import Asked, asked, levels, nodes_at, sentence, theme_table
from canvass.coding.numbers_by import beside
from canvass.coding.views.parts import context, opened
from canvass.tables.disclosure import Audience
from canvass.team.access import Role
from canvass.team.request import DeskRequest
from canvass.words.counts import WORDS
from canvass.words.study import Level

CODERS = frozenset({Role.OWNER, Role.CODER})


@require_safe
def numbers(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Tables alone, and no word that anybody wrote. Everything that is asked for stands in the address."""
    with opened(request, study) as (found, room):
        questions = room.reading.questions
        name = request.GET.get("question") or next(iter(questions))
        if name not in questions:
            raise Http404
        shown = context(request, found, room) | {
            "questions": list(questions.values()) if len(questions) > 1 else [],
            "question": questions[name],
            "may_code": bool(request.roles & CODERS),
            "may_read_live": True,  # nothing of an open poll is shown here
            "waiting": 0,
        }
        one = asked(room, questions[name])
        if one is not None:
            shown |= _tables(request, room, one)
        form = shown.get("form")
        return render(request, "coding/numbers.html", shown, status=422 if form and form.errors else 200)


def _tables(request: DeskRequest, room: Room, one: Asked) -> dict[str, Any]:
    divisions = one.divisions
    measures = {result.address: result for result in one.measures}
    used = levels(room)
    form = NumbersForm(
        request.GET,
        levels=used,
        by=[(name, division.label) for name, division in divisions.items()],
        means=[(address, result.item.text) for address, result in measures.items()],
    )
    whole = one.as_questions()
    told: dict[str, Any] = {
        "form": form,
        "counted": True,
        "sentence": sentence(whole),
        "base": whole.base,
        "lines": theme_table(one, whole.base),
        "rules": WORDS,
    }
    if not form.is_valid() or not told["lines"]:
        return told
    chosen = form.cleaned_data
    nodes = nodes_at(one, Level(chosen["level"]) if chosen["level"] else used[0])
    audience = Audience.PUBLIC if chosen["public"] else Audience.TEAM
    told["beside"] = beside(
        one,
        nodes,
        audience,
        division=divisions.get(chosen["by"]),
        measure=measures.get(chosen.get("mean", "")),
    )
    return told
