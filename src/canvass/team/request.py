"""What a view of the desk knows: its panel and roles, who acts, when, and from where."""

import ipaddress
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from canvass.datafolder import clock
from canvass.team.access import Role
from canvass.team.audit import Actor
from canvass.team.models import Panel, Staff


class DeskRequest(HttpRequest):
    """A request that came in through the door of a panel (access.AccessMiddleware)."""

    panel: Panel
    roles: frozenset[Role]
    user: Staff


def now() -> datetime:
    """The present instant by the installation's one clock."""
    return clock.now(settings.DATA.path)


def actor(request: DeskRequest) -> Actor:
    return Actor.of(request.user)


def network(request: HttpRequest) -> str:
    """The visitor's network, for counting attempts: IPv4 by /24, IPv6 by /48.

    Behind https there is a proxy, which adds the visitor's address last to X-Forwarded-For; earlier
    entries are the visitor's own claim and are not believed.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE and (forwarded := request.headers.get("X-Forwarded-For")):
        address = forwarded.rsplit(",", 1)[-1].strip()
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))
