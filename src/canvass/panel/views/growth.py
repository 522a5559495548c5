"""How the panel grew, and how it is made up, month by month."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from canvass import figures
from canvass.panel import beside, profiles, queries
from canvass.panel.models import ProfileField
from canvass.panel.queries import Headcount
from canvass.team.models import Panel
from canvass.team.request import DeskRequest, now

_STANDINGS = (
    "Registered: confirmed and not left. Mailable: registered, and neither paused, bounced nor lapsed. "
    "Active: registered, and took part in a poll within the year before."
)


@require_safe
def growth(request: DeskRequest, panel: str) -> HttpResponse:
    """Registered, mailable and active; a profile field, named in the address, over time; today's numbers."""
    days = queries.month_ends(request.panel, timezone.localdate(now()))
    months = queries.standing_over(request.panel, days)
    active = queries.active_over(request.panel, days)
    fields = profiles.fields_of(request.panel)
    named = (field for field in fields if field.name == request.GET.get("field"))
    shown = next(named, fields[0] if fields else None)
    over_time = len(days) > 1
    context = {
        "today": months[-1],
        "active": active[-1],
        "has_begun": over_time or months[-1].registered,
        "growth": _growth(request.panel, months, active) if over_time else "",
        "fields": fields,
        "shown": shown,
        "over_time": _over_time(request.panel, shown, days) if over_time and shown else "",
        "sources": queries.by_source(request.panel),
        "composition": [
            (field, queries.composition(request.panel, field.name, field.options)) for field in fields
        ],
    }
    return render(request, "panel/growth.html", context)


def _growth(panel: Panel, months: Sequence[Headcount], active: Sequence[int]) -> SafeString:
    exhibit = figures.GrowthExhibit(
        days=tuple(month.day for month in months),
        lines=(
            ("Registered", tuple(month.registered for month in months)),
            ("Mailable", tuple(month.mailable for month in months)),
            ("Active", tuple(active)),
        ),
        notes=(_STANDINGS,),
        source=panel.source_line,
        brand=panel.name,
    )
    return SafeString(figures.figure(exhibit, level=2))


def _over_time(panel: Panel, field: ProfileField, days: Sequence[date]) -> SafeString:
    exhibit = figures.CompositionExhibit(
        composition=beside.over_time(panel, field, days),
        notes=("Each member counts by the profile as it stands today.",),
        source=panel.source_line,
        brand=panel.name,
    )
    return SafeString(figures.figure(exhibit))
