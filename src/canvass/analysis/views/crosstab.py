"""The crosstab explorer: any question by any division, and how each number was made."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from canvass.analysis import exporting, made
from canvass.analysis.cells import BASE, Grid, grid
from canvass.analysis.divisions import joined
from canvass.analysis.exploring import Asked, Exploration, explore
from canvass.analysis.results import LEVEL, Results, find_results
from canvass.analysis.views import downloads, picking
from canvass.analysis.views.address import Address
from canvass.analysis.views.parts import parts
from canvass.analysis.views.picking import Broken, Shelf, Typed
from canvass.polls import room
from canvass.tables.disclosure import Audience
from canvass.tables.letters import MEANING, explained
from canvass.team.request import DeskRequest

BOXES = {
    "add_row": ("Rows: a question", "R"),
    "add_by": ("Columns: a profile field or a question", "C"),
    "add_among": ("Only: a group of people", "O"),
}
SHOWN = {
    "letters": "Letters",
    "p": "Tests",
    "counts": "People and ranges",
    "points": "Every point of a scale",
    "nets": "Answers added together",
}


@require_safe
def crosstab(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Everything that is shown stands in the address, so that it can be sent to a colleague."""
    found = room.poll_or_404(request, poll)
    results = find_results(found, Audience.TEAM)
    if results is None or not results.all:
        raise Http404
    shelf = Shelf(results)
    typed = picking.typed(shelf, request.GET)
    if typed is not None and not typed.faults:
        return redirect(f"{request.path}?{typed.address}")
    address = typed.address if typed is not None else Address.of(request.GET)
    try:
        asked = picking.asked(shelf, address)
    except Broken as fault:
        messages.error(request, str(fault))
        return redirect(f"{request.path}?{fault.rest}" if fault.rest.pairs else request.path)
    exploration = explore(results, asked) if asked.wanted and asked.by else None
    if exploration is not None and request.GET.get("format"):
        return downloads.crosstabs(request, results, asked, exploration)
    context = room.context(request, found, "figures") | parts(request, found)
    context |= _picked(shelf, asked, address, typed) | _tables(request, results, asked, exploration, address)
    status = 422 if typed is not None else 200
    return render(request, "analysis/crosstab.html", context, status=status)


def _picked(shelf: Shelf, asked: Asked, address: Address, typed: Typed | None) -> dict[str, Any]:
    """What is picked, each with the address without it, and what else can be picked."""
    chips = [
        ("Rows", [(one.item.text, _without(address, "row", one.address, "net")) for one in asked.wanted]),
        ("Columns", [(one.label, _without(address, "by", one.name, "merge")) for one in asked.by]),
        ("Only", [(one.words, address.without("among", one.name)) for one in asked.among]),
        ("Put together", [(_words(shelf, one), address.without(*one)) for one in _together(address)]),
    ]
    return {
        "shelf": shelf,
        "address": address,
        "chips": [(label, found) for label, found in chips if found],
        "swapped": picking.swapped(asked, address),
        "offers": [
            (one.label, picking.widened(address, one)) for one in asked.by if one.wider and not one.together
        ],
        "mergeable": [(one, one.groups(shelf.rows).labels) for one in asked.by],
        "nettable": [(one, picking.answers_of(one.item)) for one in asked.wanted],
        "suggested": _suggested(shelf),
        "boxes": _boxes(shelf, typed),
        "faults": typed.faults if typed is not None else {},
        "together_faults": typed is not None and any(box not in BOXES for box in typed.faults),
    }


def _without(address: Address, key: str, name: str, together: str) -> Address:
    """Without a row or a column, and what is put together of it."""
    return address.without(key, name).without_any(together, f"{name}:")


def _together(address: Address) -> list[tuple[str, str]]:
    return [(key, value) for key in ("merge", "net") for value in address.all(key)]


def _words(shelf: Shelf, together: tuple[str, str]) -> str:
    """The labels of groups, or of answers, that are put together."""
    key, value = together
    name, _, chosen = value.rpartition(":")
    labels = chosen.split(picking.BETWEEN)
    if key == "net":
        known = dict(picking.answers_of(shelf.results.at(name).item))
        labels = [known[one] for one in labels]
    return joined(labels)


def _boxes(shelf: Shelf, typed: Typed | None) -> list[dict[str, object]]:
    """The search boxes, each with what can be picked; what was not found stays in its box."""
    known = {
        "add_row": [one.item.text for one in shelf.questions],
        "add_by": [one.label for one in shelf.divisions],
        "add_among": [one.words for one in shelf.parts],
    }
    faults = typed.faults if typed is not None else {}
    return [
        {
            "name": name,
            "label": label,
            "key": key,
            "known": known[name],
            "fault": faults.get(name),
            "near": _near(typed, name) if typed is not None and name in faults else [],
            "typed": typed.words.get(name, "") if typed is not None and name in faults else "",
        }
        for name, (label, key) in BOXES.items()
    ]


def _near(typed: Typed, box: str) -> list[tuple[str, Address]]:
    """What can be picked instead of what was typed, each with its address."""
    key = box.removeprefix("add_")
    return [(one.words, typed.address.plus(key, one.name)) for one in typed.faults[box].near]


def _tables(
    request: DeskRequest,
    results: Results,
    asked: Asked,
    exploration: Exploration | None,
    address: Address,
) -> dict[str, Any]:
    """The tables, how they are shown, and the number that is asked about."""
    shown = {name: name in address.all("show") for name in SHOWN}
    made_of = exploration.tables if exploration else ()
    lettered, sort = shown["letters"] or "ask" in request.GET, address.first("sort")
    grids = [grid(one, points=shown["points"], lettered=lettered, sort=sort) for one in made_of]
    nearest = exploration.offers if exploration else ()
    return {
        "results": results,
        "exploration": exploration,
        "grids": grids,
        "only": exporting.confined(asked),
        "shown": shown,
        "toggles": [(label, shown[name], address.toggled("show", name)) for name, label in SHOWN.items()],
        "public": asked.audience is Audience.PUBLIC,
        "as_public": address.toggled("audience", "public"),
        "nearest": [
            (one.label, offer.words, picking.merged(address, one, [merge.labels for merge in offer.merges]))
            for one, offer in nearest
        ],
        "here": str(address),
        "unsorted": str(address.without("sort")),
        "letters_mean": MEANING,
        "letters_explained": explained(LEVEL),
        "asked": _asked(request, results, asked, grids),
    }


def _suggested(shelf: Shelf) -> list[tuple[str, Address]]:
    """A few tables to begin with: what was planned before fieldwork, else the first question by fields."""
    plans, questions = shelf.results.instrument.plans, shelf.questions
    found = [
        (result, division)
        for result in questions
        for division in shelf.divisions
        if plans(result.item.id, division.planned_name)
    ]
    if not found and questions:
        others = (one for one in shelf.divisions[:3] if one.planned_name != questions[0].item.id)
        found = [(questions[0], division) for division in others]
    return [
        (f"{one.item.text} by {by.label}", Address((("row", one.address), ("by", by.name))))
        for one, by in found
    ]


def _asked(
    request: DeskRequest, results: Results, asked: Asked, grids: Sequence[Grid]
) -> dict[str, object] | None:
    """The number that is asked about ("table.line.column", "b" for the line of bases); None where none is."""
    table, _, place = request.GET.get("ask", "").partition(".")
    line, _, column = place.partition(".")
    if not (table.isdecimal() and column.isdecimal() and (line == "b" or line.isdecimal())):
        return None
    try:
        held = grids[int(table)]
        head = held.heads[int(column)]
        told = {"table": int(table), "key": f"{table}.{line}.{column}", "group": head.label}
        if line == "b":
            return told | {
                "line": BASE,
                "value": head.base,
                "rows": made.of_base(results, asked, held, int(column)),
            }
        found = held.lines[int(line)]
    except IndexError:
        return None
    return told | {
        "line": found.label,
        "value": found.cells[int(column)].value,
        "rows": made.of_cell(results, asked, held, found, int(column)),
    }
