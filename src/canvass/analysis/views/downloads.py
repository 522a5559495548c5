"""What a page shows as files. What they hold stands in the address, beside the format that is asked for."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from canvass import figures, tables
from canvass.analysis import exporting
from canvass.analysis.exploring import Asked, ByDivision, Exploration
from canvass.analysis.results import Results
from canvass.figures import AnyExhibit
from canvass.tables.records import Recorded
from canvass.team.request import DeskRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOKS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json"}
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def crosstabs(request: DeskRequest, results: Results, asked: Asked, exploration: Exploration) -> HttpResponse:
    """?format=xlsx, csv or json of all tables; svg or png of one: &picture=table.part. Raises Http404."""
    name = f"{results.poll.slug}-crosstabs"
    if request.GET["format"] not in BOOKS:
        return picture(request, exporting.picture(results, asked, _part(request, exploration)), name)
    makers: dict[str, Callable[[], str | bytes]] = {
        "xlsx": lambda: exporting.as_xlsx(results, asked, exploration),
        "csv": lambda: exporting.as_csv(exploration),
        "json": lambda: _json(exporting.as_json(results, asked, exploration)),
    }
    return _as_file(request, BOOKS, name, makers[request.GET["format"]])


def _part(request: DeskRequest, exploration: Exploration) -> ByDivision:
    table, _, part = request.GET.get("picture", "0.0").partition(".")
    if not (table.isdecimal() and part.isdecimal()):
        raise Http404
    try:
        return exploration.tables[int(table)].parts[int(part)]
    except IndexError:
        raise Http404 from None


def book(
    request: DeskRequest, name: str, xlsx: Callable[[], bytes], found: Sequence[Recorded]
) -> HttpResponse:
    """?format=xlsx, csv or json of tables that are records. Raises Http404."""
    makers: dict[str, Callable[[], str | bytes]] = {
        "xlsx": xlsx,
        "csv": lambda: tables.records_as_csv(*found),
        "json": lambda: _json([tables.records_as_json(one) for one in found]),
    }
    return _as_file(request, BOOKS, name, makers[_format(request, BOOKS)])


def picture(request: DeskRequest, exhibit: AnyExhibit, name: str) -> HttpResponse:
    """?format=svg or png of a figure. Raises Http404."""
    kind = _format(request, PICTURES)
    svg = figures.draw(exhibit)
    return _as_file(request, PICTURES, name, lambda: svg if kind == "svg" else figures.png(svg))


def _format(request: DeskRequest, known: dict[str, str]) -> str:
    kind = request.GET.get("format", "")
    if kind not in known:
        raise Http404
    return kind


def _as_file(
    request: DeskRequest, known: dict[str, str], name: str, make: Callable[[], str | bytes]
) -> HttpResponse:
    """An answer that a browser keeps under this name and the format's ending."""
    kind = _format(request, known)
    answer = HttpResponse(make(), content_type=known[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
