"""The desk's first page and the table of polls."""

from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from canvass.polls import categories, queries
from canvass.polls import home as reads
from canvass.polls.queries import Filters
from canvass.polls.room import WRITERS
from canvass.team.access import Role
from canvass.team.request import DeskRequest, now

PAGE = 50  # polls on one page of the table
TASKS = 6  # shown at once on the first page; the others unfold
MEMBER_KEEPERS = frozenset({Role.OWNER, Role.PANEL_MANAGER})


@require_safe
def home(request: DeskRequest, panel: str) -> HttpResponse:
    """What needs the team now, what is under way, this week's responses, the panel's growth."""
    at = now()
    today = at.astimezone(ZoneInfo(request.panel.time_zone)).date()
    keeps_members = bool(request.roles & MEMBER_KEEPERS)
    tasks = reads.tasks(request.panel, at) + (reads.bounces(request.panel, at) if keeps_members else [])
    context = {
        "tasks": tasks[:TASKS],
        "further": tasks[TASKS:],
        "under_way": reads.under_way(request.panel),
        "week": reads.week(request.panel, today),
        "growth": reads.growth(request.panel, today),
        "keeps_members": keeps_members,
        "any_polls": any(queries.number_by_state(request.panel).values()),
        "may_write": bool(request.roles & WRITERS),
    }
    return render(request, "polls/home.html", context)


@require_safe
def index(request: DeskRequest, panel: str) -> HttpResponse:
    """Every poll of the panel, by state, with filters in the address."""
    asked = request.GET
    filters = Filters(
        words=asked.get("q", "").replace("\x00", "")[:200],
        state=asked.get("state", ""),
        category=asked.get("category", ""),
        series=asked.get("series", ""),
        sort=asked.get("sort", ""),
    )
    rows = queries.listed(request.panel, filters)
    numbers = queries.number_by_state(request.panel)
    page = Paginator(rows, PAGE).get_page(asked.get("page"))
    lines = queries.lines_found([row.poll for row in page], filters.words) if filters.words else {}
    context = {
        "page": page,
        "rows": [(row, lines.get(row.poll.pk, "")) for row in page],
        "found": len(rows),
        "filters": filters,
        "numbers": numbers,
        "all_polls": sum(numbers.values()),
        "categories": categories.choices(queries.written(request.panel, "category")),
        "series": queries.written(request.panel, "series"),
        "may_write": bool(request.roles & WRITERS),
    }
    return render(request, "polls/index.html", context)
