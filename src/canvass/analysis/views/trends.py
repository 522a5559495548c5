"""Trends of the panel: questions asked again, with intervals, events, breaks of wording, and who changed."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from canvass import figures, tables
from canvass.analysis import events, made
from canvass.analysis.forms import EventForm
from canvass.analysis.models import MarkedEvent
from canvass.analysis.results import LEVEL
from canvass.analysis.trends import WELL_BEING, Series, Told, all_series, events_of, tell, trends_of
from canvass.analysis.views.downloads import BOOKS, book, picture
from canvass.figures import TrendExhibit
from canvass.instrument import Kind
from canvass.tables import Line, Trend, wording
from canvass.team.access import Role
from canvass.team.request import DeskRequest

ALL_OF_ONS = "ons4"
PICKED = ("of", "statistic", "option")
BY_MEAN = (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER)
type _Line = tuple[str, str | None]  # statistic, option
ANALYSTS = frozenset({Role.OWNER, Role.ANALYST})
NAMES = {"mean": "Means", "band": "ONS’s bands", "share": "Shares of answers", "top": "Among the first"}


@require_safe
def trends(request: DeskRequest, panel: str) -> HttpResponse:
    """The list, or one question, or the four of well-being together; what is picked stands in the address."""
    return page(request, EventForm())


def page(request: DeskRequest, form: EventForm, status: int = 200) -> HttpResponse:
    """What the address asks for, with the form that marks an event."""
    series = all_series(request.panel)
    of, marked = request.GET.get("of", ""), events.marked(request.panel)
    context = {
        "series": series,
        "well_being": any(one.name in WELL_BEING for one in series),
        "events": marked,
        "form": form,
        "may_mark": bool(request.roles & ANALYSTS),
        "of": of,
        "address": picked(request),
    }
    if of:
        wanted = [one for one in series if one.name == of or (of == ALL_OF_ONS and one.name in WELL_BEING)]
        if not wanted:
            messages.error(request, f"No question “{of}” was asked twice. Pick one from the list.")
            return redirect("analysis:trends", request.panel.slug)
        if request.GET.get("format") in BOOKS:
            return _file(request, trends_of(wanted, events_of(marked)))
        line, told = _told(request, wanted, marked)
        exhibit = _exhibit(request, line, told)
        if request.GET.get("format"):
            return picture(request, exhibit, f"{request.panel.slug}-trends")
        context |= _picture(exhibit, line, told)
    return render(request, "analysis/trends.html", context, status=status)


def picked(request: DeskRequest) -> str:
    """The part of the address that says which trend is looked at."""
    return urlencode({name: request.GET[name] for name in PICKED if request.GET.get(name)})


def _told(request: DeskRequest, picked: list[Series], marked: list[MarkedEvent]) -> tuple[_Line, list[Told]]:
    """The statistic and line that are looked at, and the trends; what is not there gives way to what is."""
    by_mean = picked[0].item.kind in BY_MEAN
    usual = "mean" if by_mean else "share"
    line = (request.GET.get("statistic") or usual, request.GET.get("option") or None)
    found = tell(picked, events_of(marked), line)
    there = _there(line, [one for told in found for one in told.trend.lines])
    return there, found if there == line else tell(picked, events_of(marked), there)


def _there(line: _Line, lines: Sequence[Line]) -> _Line:
    if lines and line[0] not in {one.statistic for one in lines}:
        line = (lines[0].statistic, None)
    if line[1] not in {one.option for one in lines if one.statistic == line[0]}:
        line = (line[0], None)
    return line


def _exhibit(request: DeskRequest, line: _Line, told: list[Told]) -> TrendExhibit:
    """The figure of one statistic. Raises Http404 where no question has two waves."""
    if not told:
        raise Http404
    statistic, option = line
    trends_ = tuple(one.trend for one in told)
    return TrendExhibit(
        trends=trends_,
        statistic=statistic,
        options=(option,) if option else (),
        source=f"{request.panel.source_line}, {wording.whole(len(trends_[0].waves))} polls",
        brand=request.panel.name,
        level=LEVEL,
        weighted=any(one.weighted for one in told),
    )


def _picture(exhibit: TrendExhibit, line: _Line, told: list[Told]) -> dict[str, Any]:
    trends_, (statistic, option) = exhibit.trends, line
    offered = dict.fromkeys(line.statistic for trend in trends_ for line in trend.lines)
    return {
        "picture": SafeString(figures.figure(exhibit, level=2)),
        "told": told,
        "told_waves": [(one, made.waves_of(one)) for one in told],
        "how_made": made.of_trends(exhibit, told),
        "statistic": statistic,
        "option": option,
        "options": [
            one for one in trends_[0].lines if len(trends_) == 1 and one.statistic == statistic and one.option
        ],
        "statistics": [(name, NAMES[name]) for name in offered if name in NAMES],
    }


def _file(request: DeskRequest, found: Sequence[Trend]) -> HttpResponse:
    """Every number and change of the trends, whichever is looked at."""
    sheets = [tables.trend_sheet(one) for one in found]
    notes = tables.reading_notes(LEVEL, population=True)
    name = f"{request.panel.slug}-trends"
    return book(request, name, lambda: tables.as_xlsx(sheets, notes), found)
