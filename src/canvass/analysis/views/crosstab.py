"""The crosstab explorer: any question by any division, and how each number was made."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from canvass import tables
from canvass.analysis import made
from canvass.analysis.cells import Grid, grid
from canvass.analysis.divisions import (
    BETWEEN,
    Division,
    UnknownDivision,
    divisions,
    find_division,
    find_result,
    with_merges,
)
from canvass.analysis.exploring import Exploration, explore, weighted_rows
from canvass.analysis.results import LEVEL, Results, find_results
from canvass.analysis.views.parts import parts
from canvass.polls import room
from canvass.tables.disclosure import Audience, Offer
from canvass.team.request import DeskRequest

SHOWN = ("letters", "p", "counts", "points")
AT_MOST = 20  # questions, and divisions, on one page


@require_safe
def crosstab(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Everything that is shown stands in the address, so that it can be sent to a colleague."""
    found = room.poll_or_404(request, poll)
    results = find_results(found, Audience.TEAM)
    if results is None or not results.all:
        raise Http404
    known = divisions(results, weighted_rows(results, results.all[0]))
    if request.GET.get("add_row") or request.GET.get("add_by"):
        return _added(request, results, known)
    audience = Audience.PUBLIC if request.GET.get("audience") == "public" else Audience.TEAM
    try:
        wanted = [find_result(results, name) for name in request.GET.getlist("row")[:AT_MOST]]
        merged = with_merges(known, request.GET.getlist("merge"))
        by = [find_division(merged, name) for name in request.GET.getlist("by")[:AT_MOST]]
    except UnknownDivision as fault:
        messages.error(request, str(fault))
        return redirect(request.path)
    exploration = explore(results, wanted, by, audience) if wanted and by else None
    if exploration is not None and request.GET.get("format") == "xlsx":
        return _workbook(results, exploration)
    shown = {name: name in request.GET.getlist("show") for name in SHOWN}
    grids = [grid(one, points=shown["points"]) for one in exploration.tables] if exploration else []
    context = room.context(request, found, "figures") | parts(request, found)
    context |= {
        "results": results,
        "known": known,
        "wanted": [(one, _without(request.GET, "row", one.address)) for one in wanted],
        "by": [(one, _without(request.GET, "by", one.name)) for one in by],
        "merges": [
            (" + ".join(one.rpartition(":")[2].split(BETWEEN)), _without(request.GET, "merge", one))
            for one in request.GET.getlist("merge")
        ],
        "offers": [(one.label, _widened(request.GET, one)) for one in by if one.wider and not one.together],
        "nearest": [
            (one.label, offer.words, _merged(request.GET, one, offer))
            for one, offer in (exploration.offers if exploration else ())
        ],
        "suggested": _suggested(results, known),
        "exploration": exploration,
        "grids": grids,
        "shown": shown,
        "toggles": [(name, shown[name], _toggled(request.GET, "show", name)) for name in SHOWN],
        "public": audience is Audience.PUBLIC,
        "as_public": _toggled(request.GET, "audience", "public"),
        "kept": [(key, value) for key, values in request.GET.lists() for value in values if key != "ask"],
        "address": request.GET.urlencode(),
        "asked": _asked(request, results, exploration, grids),
    }
    return render(request, "analysis/crosstab.html", context)


def _added(request: DeskRequest, results: Results, known: Sequence[Division]) -> HttpResponse:
    """What was typed into a search box, put into the address by its own name."""
    query = request.GET.copy()
    typed_row, typed_by = query.pop("add_row", [""])[0], query.pop("add_by", [""])[0]
    try:
        if typed_row:
            address = find_result(results, typed_row).address
            query.setlist("row", list(dict.fromkeys([*query.getlist("row"), address])))
        if typed_by:
            name = find_division(known, typed_by).name
            query.setlist("by", list(dict.fromkeys([*query.getlist("by"), name])))
    except UnknownDivision as fault:
        messages.error(request, str(fault))
    return redirect(f"{request.path}?{query.urlencode()}")


def _without(query: QueryDict, key: str, value: str) -> str:
    left = query.copy()
    left.setlist(key, [one for one in left.getlist(key) if one != value])
    left.pop("ask", None)
    return left.urlencode()


def _toggled(query: QueryDict, key: str, value: str) -> str:
    if value in query.getlist(key):
        return _without(query, key, value)
    more = query.copy()
    more.appendlist(key, value)
    return more.urlencode()


def _widened(query: QueryDict, division: Division) -> str:
    more = query.copy()
    for wider in division.wider:
        more.appendlist("merge", f"{division.name}:{BETWEEN.join(wider.labels)}")
    return more.urlencode()


def _merged(query: QueryDict, division: Division, offer: Offer) -> str:
    more = query.copy()
    for merge in offer.merges:
        more.appendlist("merge", f"{division.name}:{BETWEEN.join(merge.labels)}")
    return more.urlencode()


def _suggested(results: Results, known: Sequence[Division]) -> list[tuple[str, str]]:
    """A few tables to begin with: what was planned before fieldwork, else the first question by fields."""
    found = [
        (f"{result.item.text} by {division.label}", {"row": result.address, "by": division.name})
        for result in results.all
        if not result.is_text
        for division in known
        if results.instrument.plans(result.item.id, division.planned_name)
    ]
    first = next((result for result in results.all if not result.is_text), None)
    if not found and first is not None:
        found = [
            (f"{first.item.text} by {division.label}", {"row": first.address, "by": division.name})
            for division in known[:3]
            if division.planned_name != first.item.id
        ]
    return [(words, urlencode(query)) for words, query in found]


def _asked(
    request: DeskRequest, results: Results, exploration: Exploration | None, grids: Sequence[Grid]
) -> dict[str, object] | None:
    """The number that is asked about, with how it was made; None where none is."""
    try:
        table, line, column = (int(part) for part in request.GET.get("ask", "").split("."))
        if exploration is None or min(table, line, column) < 0:
            return None
        cell = grids[table].cell(line, column)
    except (ValueError, IndexError):
        return None
    return {
        "cell": cell,
        "grid": grids[table],
        "line": grids[table].lines[line].label,
        "rows": made.of_cell(results, grids[table], cell, column),
    }


def _workbook(results: Results, exploration: Exploration) -> HttpResponse:
    """Every table as a sheet of one workbook."""
    crosstabs = [part.crosstab for one in exploration.tables for part in one.parts]
    sheets = tables.sheets(crosstabs, LEVEL)
    notes = (*tables.reading_notes(LEVEL, results.counted.population is not None), exploration.note)
    response = HttpResponse(
        tables.as_xlsx(sheets, notes),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="{results.poll.slug}-crosstabs.xlsx"'
    return response
