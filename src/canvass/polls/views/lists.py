"""The desk's first page and the table of polls."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from canvass.polls import categories, queries
from canvass.polls.queries import Filters
from canvass.polls.room import WRITERS
from canvass.team.request import DeskRequest, now

PAGE = 50  # polls on one page of the table


@require_safe
def home(request: DeskRequest, panel: str) -> HttpResponse:
    """What needs the team now, then what is open."""
    context = {
        "tasks": queries.tasks(request.panel, now()),
        "open_polls": queries.open_polls(request.panel),
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
    context = {
        "page": Paginator(rows, PAGE).get_page(asked.get("page")),
        "found": len(rows),
        "filters": filters,
        "numbers": numbers,
        "all_polls": sum(numbers.values()),
        "categories": categories.choices(queries.written(request.panel, "category")),
        "series": queries.written(request.panel, "series"),
        "may_write": bool(request.roles & WRITERS),
    }
    return render(request, "polls/index.html", context)
