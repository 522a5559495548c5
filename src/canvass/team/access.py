"""Who may open which route. One table, one gate: a route without a policy is refused and fails the build.

Ownership is the panel in the address: staff have roles per panel, and a panel that is not theirs
looks exactly like one that does not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.module_loading import import_string


class Role(StrEnum):
    OWNER = "owner"
    PANEL_MANAGER = "panel_manager"
    POLL_AUTHOR = "poll_author"
    ANALYST = "analyst"
    CODER = "coder"
    PUBLISHER = "publisher"


class Door(StrEnum):
    """What a visitor must be to come in."""

    PUBLIC = "public"  # anybody
    LINK = "link"  # anybody with a signed link; the view checks it
    STAFF = "staff"  # logged in, any role, no panel in the address
    PANEL = "panel"  # logged in, with one of the roles in the panel of the address


@dataclass(frozen=True, slots=True)
class Policy:
    door: Door
    roles: frozenset[Role] = field(default_factory=frozenset)


PUBLIC = Policy(Door.PUBLIC)
LINK = Policy(Door.LINK)
STAFF = Policy(Door.STAFF)


def panel_roles(*roles: Role) -> Policy:
    """Open to these roles in the panel of the address; owners may always come in."""
    return Policy(Door.PANEL, frozenset({Role.OWNER, *roles}))


ANY_ROLE = panel_roles(*Role)


def policy_table() -> Mapping[str, Policy]:
    table: Mapping[str, Policy] = import_string(settings.POLICY_TABLE)
    return table


class AccessMiddleware:
    """Lets a request through to its view when the policy of its route allows it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(None):  # a panel's zone, once entered, must not outlast its request
            response = self.get_response(request)
        if _is_behind_the_desk(request):  # a shared computer keeps nothing of what the team saw
            response.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        assert request.resolver_match is not None
        route = request.resolver_match.view_name
        policy = policy_table().get(route)
        if policy is None:
            raise ImproperlyConfigured(
                f"The route {route!r} has no policy. Add it to {settings.POLICY_TABLE}."
            )
        if policy.door in (Door.PUBLIC, Door.LINK):
            return None
        if not request.user.is_authenticated:
            return _ask_to_log_in(request)
        if policy.door is Door.PANEL:
            _enter_panel(request, policy, kwargs["panel"])
        return None


def _is_behind_the_desk(request: HttpRequest) -> bool:
    policy = policy_table().get(request.resolver_match.view_name) if request.resolver_match else None
    return policy is not None and policy.door in (Door.STAFF, Door.PANEL)


def _ask_to_log_in(request: HttpRequest) -> HttpResponse:
    """A page leads to the log-in and comes back; a form waits there; a part of a page says that it ended."""
    from canvass.team import kept_form, views

    if request.headers.get("HX-Request"):
        return HttpResponse(status=401)
    if request.method in ("GET", "HEAD"):
        return redirect(f"{_log_in_url()}?{urlencode({'next': request.get_full_path()})}")
    before = kept_form.page_before(request)
    if form := kept_form.keep(request):
        return views.log_in_page(request, target=before, kept=form, status=401)
    return redirect(f"{_log_in_url()}?{urlencode({'next': before})}")


def _log_in_url() -> str:
    from django.urls import reverse

    return reverse(settings.LOGIN_URL)


def _enter_panel(request: HttpRequest, policy: Policy, slug: str) -> None:
    """Set request.panel and request.roles, or behave as if the page did not exist."""
    from canvass.team.models import Membership

    memberships = list(
        Membership.objects.filter(panel__slug=slug, staff=request.user).select_related("panel")  # type: ignore[misc]
    )
    roles = frozenset(Role(membership.role) for membership in memberships)
    if not roles & policy.roles:
        raise Http404
    request.panel = memberships[0].panel  # type: ignore[attr-defined]
    request.roles = roles  # type: ignore[attr-defined]
    timezone.activate(memberships[0].panel.time_zone)


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """What every page of the desk needs: the panel, the roles held there, and the installation's marks."""
    return {
        "panel": getattr(request, "panel", None),
        "roles": getattr(request, "roles", frozenset()),
    }
