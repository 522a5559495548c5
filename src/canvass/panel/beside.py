"""The panel beside its workforce, as a value that tables print and figures draw."""

from collections.abc import Sequence
from datetime import date

from canvass.panel import profiles, queries
from canvass.panel.models import ProfileField, Workforce
from canvass.tables import disclosure
from canvass.tables.composition import Composition, CompositionOverTime, FieldComposition, Part
from canvass.tables.disclosure import Audience
from canvass.team.models import Panel


def workforce_of(panel: Panel) -> Workforce | None:
    """The targets in force; None where the panel is compared with nobody."""
    newest = Workforce.objects.filter(panel=panel).order_by("-version").first()
    return newest if newest and newest.shares else None


def earlier_workforces(panel: Panel) -> list[Workforce]:
    """The targets that held before those of today, the newest first, each version of the numbers once."""
    held = workforce_of(panel)
    told = [(held.source, held.shares)] if held else []
    kept = []
    for one in Workforce.objects.filter(panel=panel).order_by("-version"):
        if one.shares and (one.source, one.shares) not in told:
            told.append((one.source, one.shares))
            kept.append(one)
    return kept


def composition(panel: Panel, day: date, audience: Audience = Audience.TEAM) -> Composition:
    """Registered members by every profile field, beside the workforce where its shares are known, as this
    audience may see them."""
    workforce = workforce_of(panel)
    fields = tuple(_field(panel, field, workforce) for field in profiles.fields_of(panel))
    (shown,) = disclosure.release([Composition(day, fields)], audience)
    return shown


def over_time(panel: Panel, field: ProfileField, days: Sequence[date]) -> CompositionOverTime:
    """One profile field of those registered at the end of each day, beside the workforce of today, as the
    team may see it."""
    workforce = workforce_of(panel)
    targets = workforce.shares.get(field.name, {}) if workforce else {}
    by_day = queries.composition_over(panel, field.name, field.options, days)
    counted = CompositionOverTime(
        name=field.name,
        label=field.label,
        days=tuple(days),
        bases=tuple(map(sum, by_day)),
        categories=tuple(field.options),
        counts=tuple(zip(*by_day, strict=True)),
        targets=tuple(map(targets.get, field.options)) if targets else (),
        source=workforce.source if workforce and targets else "",
    )
    (shown,) = disclosure.release([counted], Audience.TEAM)
    return shown


def _field(panel: Panel, field: ProfileField, workforce: Workforce | None) -> FieldComposition:
    *held, (_, not_said) = queries.composition(panel, field.name, field.options)
    base = sum(people for _, people in held)
    targets = workforce.shares.get(field.name, {}) if workforce else {}
    parts = tuple(
        Part(
            label=option,
            panel=people,
            answered=None,
            panel_share=people / base if base else None,
            answered_share=None,
            target_share=targets.get(option),
        )
        for option, people in held
    )
    source = workforce.source if workforce and targets else ""
    return FieldComposition(
        field.name, field.label, parts, base, None, panel_not_said=not_said, source=source
    )
