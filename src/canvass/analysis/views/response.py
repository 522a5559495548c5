"""Response over months: how many answered what, best and worst questions, and signed notes on why."""

from datetime import date, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from canvass import tables
from canvass.analysis import made, responding
from canvass.analysis.forms import NoteForm, PeriodForm
from canvass.analysis.models import ResponseNote
from canvass.analysis.responding import NoteRefused, Period
from canvass.analysis.views.downloads import book
from canvass.polls import room
from canvass.tables import QuestionResponse, ResponseAnalytics, ResponseGroup
from canvass.tables import wording as words
from canvass.team.access import Role
from canvass.team.request import DeskRequest, actor, now

PERIOD = (
    *(f"{day}_{part}" for day in ("first_day", "last_day") for part in ("day", "month", "year")),
    "category",
)
HALF_A_YEAR = timedelta(days=182)
WORDERS = frozenset({Role.OWNER, Role.POLL_AUTHOR, Role.ANALYST, Role.PUBLISHER})
AT_MOST = 5  # best and worst questions


@require_safe
def response(request: DeskRequest, panel: str) -> HttpResponse:
    """The last half-year, or the period in the address."""
    today = timezone.localdate(now())
    names = responding.categories_of(request.panel)
    usual = {"first_day": today - HALF_A_YEAR, "last_day": today, "category": ""}
    form = PeriodForm(request.GET if "first_day_day" in request.GET else None, names=names, initial=usual)
    period = Period(today - HALF_A_YEAR, today)
    if form.is_bound and form.is_valid():
        period = form.period()
    found = responding.analytics(request.panel, period)
    if found is not None and request.GET.get("format"):
        return _file(request, found)
    context = {
        "form": form,
        "period": period,
        "found": found,
        "lead": responding.lead(found) if found else "",
        "groups": _groups(found) if found else [],
        "ends": _ends(found) if found else [],
        "how_made": made.of_response(found) if found else (),
        "any_asked": bool(names),
        "address": _period(request),
        "may_note": bool(request.roles & WORDERS),
        "notes": responding.notes_of(request.panel),
    }
    return render(request, "analysis/response.html", context, status=422 if form.errors else 200)


def _period(request: DeskRequest) -> str:
    """The part of the address that says which period is looked at."""
    return urlencode({name: request.GET[name] for name in PERIOD if name in request.GET})


def _back(request: DeskRequest) -> HttpResponse:
    kept, address = _period(request), reverse("analysis:response", args=[request.panel.slug])
    return redirect(f"{address}?{kept}" if kept else address)


def _groups(found: ResponseAnalytics) -> list[tuple[str, list[tuple[str, ResponseGroup]]]]:
    """Each way to take questions together: its name, and its groups by what they are called."""
    months = [(words.month(date.fromisoformat(f"{one.label}-01")), one) for one in found.by_month]
    return [
        ("Category", [(one.label, one) for one in found.by_category]),
        ("Month", months),
        ("Season", [(one.label.capitalize(), one) for one in found.by_season]),
        ("Days open", [(one.label, one) for one in found.by_days_open]),
    ]


def _ends(found: ResponseAnalytics) -> list[tuple[str, tuple[QuestionResponse, ...]]]:
    """Best and worst, without a question that would stand in both."""
    half = min(AT_MOST, len(found.questions) // 2)
    return (
        [("Highest conversion", found.best(half)), ("Lowest conversion", found.worst(half))] if half else []
    )


def _file(request: DeskRequest, found: ResponseAnalytics) -> HttpResponse:
    name = f"{request.panel.slug}-response-{found.first_day}-{found.last_day}"
    return book(request, name, lambda: tables.as_xlsx(tables.response_sheets(found), ()), [found])


def note(request: DeskRequest, panel: str, poll: str, item: str) -> HttpResponse:
    """GET asks why a question got many or few answers; POST signs the note."""
    held = room.poll_or_404(request, poll)
    question = _question(request, held.opens.date() if held.opens else None, poll, item)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        role = next(role for role in Role if role in request.roles & WORDERS)
        try:
            responding.write_note(
                request.panel,
                held,
                item,
                form.cleaned_data["text"],
                role=role,
                name=request.user.name,
                by=actor(request),
                now=now(),
            )
        except NoteRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "The note is signed.")
            return _back(request)
    context = {"form": form, "question": question, "address": _period(request)}
    return render(request, "analysis/response_note.html", context, status=422 if form.errors else 200)


def _question(request: DeskRequest, day: date | None, poll: str, item: str) -> QuestionResponse:
    found = responding.analytics(request.panel, Period(day, day)) if day else None
    for one in found.questions if found else ():
        if (one.poll, one.item) == (poll, item):
            return one
    raise Http404


@require_POST
def take_back(request: DeskRequest, panel: str, note: int) -> HttpResponse:
    """Take a note back, or bring it back."""
    held = ResponseNote.objects.select_related("poll").filter(panel=request.panel, pk=note).first()
    if held is None:
        raise Http404
    responding.take_back(held, by=actor(request), now=now())
    if held.taken_back_at:
        again = reverse("analysis:take_back_note", args=[panel, note])
        kept = _period(request)
        undo = f"{again}?{kept}" if kept else again
        messages.success(request, "The note is taken back.", extra_tags=f"undo:{undo}")
    else:
        messages.success(request, "The note is back.")
    return _back(request)
