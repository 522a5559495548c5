"""Trends of the panel: questions asked again, with intervals, events, breaks of wording, and who changed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from canvass import figures, tables
from canvass.analysis import events
from canvass.analysis.forms import EventForm
from canvass.analysis.models import MarkedEvent
from canvass.analysis.results import LEVEL
from canvass.analysis.trends import WELL_BEING, Series, Told, all_series, events_of, tell
from canvass.figures import TrendExhibit
from canvass.tables import wording
from canvass.team.access import Role
from canvass.team.request import DeskRequest, actor, now

ALL_OF_ONS = "ons4"
ANALYSTS = frozenset({Role.OWNER, Role.ANALYST})
NAMES = {"mean": "Means", "band": "ONS’s bands", "share": "Shares of answers", "top": "Among the first"}


@require_safe
def trends(request: DeskRequest, panel: str) -> HttpResponse:
    """The list, or one question, or the four of well-being together; what is picked stands in the address."""
    series = all_series(request.panel)
    of = request.GET.get("of", "")
    context = _list(request, series, EventForm()) | {"of": of}
    if of:
        picked = [one for one in series if one.name == of or (of == ALL_OF_ONS and one.name in WELL_BEING)]
        if not picked:
            messages.error(request, f"No question “{of}” was asked twice. Pick one from the list.")
            return redirect(request.path)
        line, told = _told(request, picked, context["events"])
        if request.GET.get("format") == "xlsx":
            return _workbook(request, told)
        context |= _picture(request, line, told)
    return render(request, "analysis/trends.html", context)


def _list(request: DeskRequest, series: list[Series], form: EventForm) -> dict[str, Any]:
    """What stands on the page of every trend: the questions, the events, and the form that marks one."""
    return {
        "series": series,
        "well_being": any(one.name in WELL_BEING for one in series),
        "events": events.marked(request.panel),
        "form": form,
        "may_mark": bool(request.roles & ANALYSTS),
    }


def _told(
    request: DeskRequest, picked: list[Series], marked: list[MarkedEvent]
) -> tuple[tuple[str, str | None], list[Told]]:
    """The statistic and line that are looked at, and the trends; what is not there gives way to what is."""
    line = (request.GET.get("statistic") or "mean", request.GET.get("option") or None)
    found = tell(picked, events_of(marked), line)
    lines = [one for told in found for one in told.trend.lines]
    if lines and line[0] not in {one.statistic for one in lines}:
        line = (lines[0].statistic, None)
    if line[1] not in {one.option for one in lines if one.statistic == line[0]}:
        line = (line[0], None)
    return line, found


def _picture(request: DeskRequest, line: tuple[str, str | None], told: list[Told]) -> dict[str, Any]:
    if not told:
        raise Http404
    statistic, option = line
    trends_ = tuple(one.trend for one in told)
    exhibit = TrendExhibit(
        trends=trends_,
        statistic=statistic,
        options=(option,) if option else (),
        source=f"{request.panel.source_line}, {wording.whole(len(trends_[0].waves))} polls",
        brand=request.panel.name,
        level=LEVEL,
        weighted=any(one.weighted for one in told),
    )
    offered = dict.fromkeys(line.statistic for trend in trends_ for line in trend.lines)
    return {
        "picture": SafeString(figures.figure(exhibit, level=2)),
        "told": told,
        "statistic": statistic,
        "option": option,
        "options": [
            one for one in trends_[0].lines if len(trends_) == 1 and one.statistic == statistic and one.option
        ],
        "statistics": [(name, NAMES[name]) for name in offered if name in NAMES],
    }


def _workbook(request: DeskRequest, told: list[Told]) -> HttpResponse:
    sheets = [tables.trend_sheet(one.trend) for one in told]
    notes = tables.reading_notes(LEVEL, population=True)
    response = HttpResponse(
        tables.as_xlsx(sheets, notes),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="{request.panel.slug}-trends.xlsx"'
    return response


@require_POST
def mark_event(request: DeskRequest, panel: str) -> HttpResponse:
    """Mark what happened outside."""
    form = EventForm(request.POST)
    if not form.is_valid():
        context = _list(request, all_series(request.panel), form)
        return render(request, "analysis/trends.html", context, status=422)
    told = form.cleaned_data
    events.mark(
        request.panel,
        told["label"],
        told["first_day"],
        told["last_day"],
        name=request.user.name,
        by=actor(request),
        now=now(),
    )
    messages.success(request, f"“{told['label']}” is marked on the trends.")
    return redirect("analysis:trends", panel)


@require_POST
def unmark_event(request: DeskRequest, panel: str, event: int) -> HttpResponse:
    """Take an event away, or bring it back."""
    held = MarkedEvent.objects.filter(panel=request.panel, pk=event).first()
    if held is None:
        raise Http404
    if held.taken_away_at is None:
        events.take_away(held, by=actor(request), now=now())
        back = reverse("analysis:unmark_event", args=[panel, event])
        messages.success(request, f"“{held.label}” is taken away.", extra_tags=f"undo:{back}")
    else:
        events.bring_back(held, by=actor(request), now=now())
        messages.success(request, f"“{held.label}” is back.")
    return redirect("analysis:trends", panel)
