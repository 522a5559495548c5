"""Tags and filters that every template may use."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm, Field, SelectDateWidget
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils import timezone

from canvass.tables import wording
from canvass.web import navigation, sparkline

register = template.Library()
COMPONENTS = "web/components"
GROUPED = frozenset({"radio", "checkbox"})


# Numbers and dates, as look.md's "Words" sets them


@register.filter
def number(value: float | None) -> str:
    """1237 -> 1,237; 7.04 -> 7.0; nothing -> an en dash."""
    return wording.whole(value) if isinstance(value, int) else wording.mean(value)


@register.filter
def percent(share: float | None, places: int = 0) -> str:
    """A share from 0 to 1 as per cent: 0.674 -> 67%; nothing -> an en dash."""
    return wording.ABSENT if share is None else f"{wording.rounded(share, places + 2) * 100:.{places}f}%"


@register.filter
def points(difference: float | None) -> str:
    """A difference of two shares in points: 0.052 -> +5.2; nothing -> an en dash."""
    return wording.ABSENT if difference is None else wording.points(difference)


@register.filter
def signed(difference: float) -> str:
    """A difference of two means with its sign: 0.31 -> +0.3."""
    return wording.signed(difference)


@register.filter
def p_words(p: float) -> str:
    """A p as it is written: p = 0.012, p under 0.001."""
    return wording.p_value(p)


@register.filter
def day(value: date | None) -> str:
    """18 January 2022, in the time zone that is active."""
    return wording.ABSENT if value is None else wording.day(_local(value))


@register.filter
def moment(value: datetime | None) -> str:
    """18 January 2022, 14:05, in the time zone that is active."""
    return wording.ABSENT if value is None else f"{day(value)}, {_local(value):%H:%M}"


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def counted(count: int, words: str) -> str:
    """{{ n|counted:"answer,answers" }} -> 1 answer, 1,237 answers."""
    one, many = words.split(",")
    return f"{wording.whole(count)} {one if count == 1 else many}"


# Forms: one template for every field in the product


@register.inclusion_tag(f"{COMPONENTS}/field.html")
def field(bound: BoundField, look: str = "", low: str = "", high: str = "") -> dict[str, Any]:
    """One field with label, hint, error and control. `look`: "scale" (0-10, `low` and `high` say its ends) or
    "editor" (a text with line numbers)."""
    bound.form.use_required_attribute = False  # errors are said by the page, not by the browser
    widget = bound.field.widget
    parts = _date_parts(bound)
    kind = look or ("date" if parts else getattr(widget, "input_type", ""))
    return {
        "field": bound,
        "low": low,
        "high": high,
        "kind": kind,
        "parts": parts,
        "grouped": bound.use_fieldset,
        "listed": kind in GROUPED and hasattr(widget, "choices"),
        "optional": not bound.field.required and kind != "checkbox",
    }


def _date_parts(bound: BoundField) -> list[dict[str, Any]]:
    """Day, month and year of a SelectDateWidget, to be typed; what was typed comes back as it was."""
    widget = bound.field.widget
    if not isinstance(widget, SelectDateWidget):
        return []
    known = widget.format_value(bound.value())
    typed = bound.form.data if bound.form.is_bound else {}
    names = ((part, f"{bound.html_name}_{part}") for part in ("day", "month", "year"))
    return [
        {
            "name": name,
            "id": f"{bound.auto_id}_{part}",
            "label": part.capitalize(),
            "value": typed.get(name, known[part]),
        }
        for part, name in names
    ]


@register.filter
def faults_of(bound: BoundField) -> list[str]:
    """The errors of a field as sentences; Django's "This field is required." names the field instead."""
    asked = _fill_in(bound)
    plain = Field.default_error_messages["required"]
    return [asked if error == plain else str(error) for error in bound.errors]


def _fill_in(bound: BoundField) -> str:
    if getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.use_fieldset:
        return f"Tick “{bound.label}”."
    return f"Answer “{bound.label}”" if bound.label.endswith("?") else f"Fill in “{bound.label}”."


@register.filter
def first_control(bound: BoundField) -> str:
    """The id that a link to this field leads to: that of its first control."""
    if isinstance(bound.field.widget, SelectDateWidget):
        return f"{bound.auto_id}_day"
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label


@register.inclusion_tag(f"{COMPONENTS}/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every field of a form, in order, hidden ones too."""
    return {"form": form}


@register.inclusion_tag(f"{COMPONENTS}/error_summary.html")
def error_summary(form: BaseForm, focus: bool = True) -> dict[str, Any]:
    """What went wrong, with a link to each field, in focus; nothing when nothing did."""
    return {
        "focus": focus,
        "whole": form.non_field_errors() if form.is_bound else (),
        "faulty": [bound for bound in form if bound.errors] if form.is_bound else (),
    }


# Finding one's way


@register.inclusion_tag(f"{COMPONENTS}/nav.html", takes_context=True)
def nav(context: Context) -> dict[str, Any]:
    """The top bar's rooms: those that exist and that the visitor's roles may open."""
    return {"rooms": navigation.rooms(context.get("panel"), context.get("roles"), context.get("request"))}


@register.inclusion_tag(f"{COMPONENTS}/panel_switcher.html", takes_context=True)
def panel_switcher(context: Context) -> dict[str, Any]:
    """A menu of the visitor's other panels; nothing when there is but one."""
    return {"panels": navigation.other_panels(context.get("panel"), context.get("request"))}


@register.simple_tag
def address(route: str, *args: Any) -> str:
    """The address of a route, or nothing where the route does not exist."""
    return navigation.address(route, *args)


@register.inclusion_tag(f"{COMPONENTS}/sort_head.html", takes_context=True)
def sort_head(context: Context, key: str, label: str, numbers: bool = False) -> dict[str, Any]:
    """A column's head that sorts by its link: ?sort=key, then ?sort=-key."""
    query = context["request"].GET.copy()
    current = query.get("sort", "")
    query["sort"] = f"-{key}" if current == key else key
    query.pop("page", None)
    order = {key: "ascending", f"-{key}": "descending"}.get(current)
    return {"label": label, "numbers": numbers, "order": order, "query": query.urlencode()}


@register.inclusion_tag(f"{COMPONENTS}/pagination.html", takes_context=True)
def pagination(context: Context, page: "Page[Any]") -> dict[str, Any]:
    """Links to the pages of a list, keeping the filters in the address."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {
        "page": page,
        "steps": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "query": f"{query.urlencode()}&" if query else "",
    }


# Small pieces


@register.inclusion_tag(f"{COMPONENTS}/toast.html", takes_context=True)
def toast(context: Context, message: Message) -> dict[str, Any]:
    """A message to the team; extra_tags="undo:/desk/…" adds a button that posts there."""
    kind, _, where = (message.extra_tags or "").partition(":")
    local = where.startswith("/") and not where.startswith("//")
    return {
        "message": message,
        "undo": where if kind == "undo" and local else "",
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag(f"{COMPONENTS}/sparkline.html")
def sparkline_of(values: Iterable[float | None], alt: str) -> dict[str, Any]:
    """A line the size of a word. `alt` says what it shows, in words."""
    return {"line": sparkline.draw(list(values)), "alt": alt}


@register.simple_tag
def demo() -> bool:
    """Whether this installation shows made-up people."""
    return bool(getattr(settings, "DEMO", False))
