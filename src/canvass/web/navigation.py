"""The top bar: which rooms there are, where they lie, and which one we are in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from canvass.team.models import Panel

ROOMS = (
    ("Polls", "polls:index"),
    ("Panel", "panel:members"),
    ("Library", "library:desk"),
    ("Team", "team:people"),
)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    href: str
    current: bool


def address(route: str, *args: Any) -> str:
    """Where a route lies, or an empty text where it does not exist."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def rooms(panel: Panel | None, request: HttpRequest | None) -> Sequence[Link]:
    """The rooms of one panel's desk whose routes exist; none without a panel."""
    if panel is None:
        return ()
    match = request.resolver_match if request is not None else None
    here = match.app_name if match is not None else ""
    links = (Link(label, address(route, panel.slug), route.startswith(f"{here}:")) for label, route in ROOMS)
    return [link for link in links if link.href]


def panels(panel: Panel | None, request: HttpRequest | None) -> Sequence[Link]:
    """The panels where the visitor holds a role, by name; none when there is nothing to switch to."""
    staff = getattr(request, "user", None)
    if staff is None or not staff.is_authenticated:
        return ()
    own = Panel.objects.filter(memberships__staff=staff).distinct().order_by("name")
    links = [Link(one.name, address("polls:home", one.slug), one == panel) for one in own]
    return [link for link in links if link.href] if len(links) > 1 else ()
