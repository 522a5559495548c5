"""The top bar: which rooms there are, where they lie, and which one we are in."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, ResolverMatch, reverse

from canvass.team.access import Role, policy_table
from canvass.team.models import Panel, Staff
from canvass.team.queries import panels_of

ROOMS = (
    ("Polls", "polls:index"),
    ("Panel", "panel:members"),
    ("Library", "library:desk"),
    ("Team", "team:people"),
)
HOME = "polls:home"
# Kept mails lie under Team, whichever room writes them.
UNDER_TEAM = frozenset({"panel:mails", "panel:mail", "fieldwork:invitations", "fieldwork:invitation"})
# What speaks of several polls lies under Polls.
UNDER_POLLS = frozenset(
    {
        "analysis:trends",
        "analysis:mark_event",
        "analysis:change_event",
        "analysis:response",
        "analysis:response_note",
    }
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


def rooms(panel: Panel | None, roles: Set[Role] | None, request: HttpRequest | None) -> Sequence[Link]:
    """The rooms of one panel's desk that exist and that these roles may open; none without a panel."""
    if panel is None or not roles:
        return ()
    match = request.resolver_match if request is not None else None
    here = _room(match) if match is not None else ""
    open_rooms = [(label, route) for label, route in ROOMS if _may_open(route, roles)]
    links = (Link(label, address(route, panel.slug), _app(route) == here) for label, route in open_rooms)
    return [link for link in links if link.href]


def _room(match: ResolverMatch) -> str:
    """The app whose room the page lies in; the desk's first page lies in none."""
    route = match.view_name
    if route in UNDER_TEAM:
        return "team"
    if route in UNDER_POLLS or {"poll", "study"} & match.kwargs.keys():  # whichever app draws the page
        return "polls"
    return "" if route == HOME else _app(route)


def _may_open(route: str, roles: Set[Role]) -> bool:
    policy = policy_table().get(route)
    return policy is not None and bool(policy.roles & roles)


def _app(route: str) -> str:
    return route.partition(":")[0]


def other_panels(panel: Panel | None, request: HttpRequest | None) -> Sequence[Link]:
    """The other panels where the visitor holds a role, by name."""
    staff = getattr(request, "user", None)
    if not isinstance(staff, Staff):
        return ()
    others = (one for one in panels_of(staff) if one != panel)
    links = [Link(one.name, address(HOME, one.slug), current=False) for one in others]
    return [link for link in links if link.href]
