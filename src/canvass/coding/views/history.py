"""The history of a study: every step, who did it, and undo or redo of any of them."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from canvass.coding.phrases import names_of, phrase
from canvass.coding.views.parts import context, me, names, opened
from canvass.team.request import DeskRequest
from canvass.words.study import Entry, acts

STEPS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the history."""

    entry: Entry
    words: str
    who: str
    is_undone: bool
    rests: str  # why; "" where it counts
    is_about_steps: bool  # an undo or redo

    @property
    def at(self) -> object:
        return parse_datetime(self.entry.at)


@require_safe
def history(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    with opened(request, study) as (found, room):
        ledger = room.ledger
        entries = [
            entry
            for entry in reversed(ledger.entries)
            if "resting" not in request.GET or entry.seq in ledger.resting
        ]
        page = Paginator(entries, STEPS_A_PAGE).get_page(request.GET.get("page", "1"))
        known, called = names_of(ledger.entries), names({entry.by for entry in page})
        steps = [
            Step(
                entry,
                phrase(entry, room.state, known, me(request)),
                called[entry.by],
                entry.seq in ledger.undone,
                ledger.resting.get(entry.seq, ""),
                isinstance(entry.act, acts.Undo | acts.Redo),
            )
            for entry in page
        ]
        shown = context(request, found, room) | {
            "page": page,
            "steps": steps,
            "resting": len(ledger.resting),
            "only_resting": "resting" in request.GET,
        }
        return render(request, "coding/history.html", shown)
