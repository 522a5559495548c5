"""The way in for members: a signed link instead of a log-in. The link carries all authority (no cookie does),
so a request that comes from another site's page is refused by Sec-Fetch-Site rather than by a CSRF cookie."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from canvass.panel import links, queries
from canvass.panel.links import Link, Purpose
from canvass.panel.models import Member
from canvass.team.audit import Actor
from canvass.team.request import now

OWN_SITE = frozenset({None, "same-origin", "none"})


class MemberRequest(HttpRequest):
    """A request that came in by a member's signed link."""

    member: Member
    link: Link
    token: str
    at: datetime
    actor: Actor  # the member


def from_another_site(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("Sec-Fetch-Site") not in OWN_SITE


FINDERS: Mapping[Purpose, Callable[[str], Member | None]] = {
    Purpose.CONFIRM: queries.member_by_key,
    Purpose.ME: queries.member_by_key,
    Purpose.ADDRESS: queries.member_who_wishes,
}


def handed_in(request: HttpRequest) -> QueryDict | None:
    """What was handed in, unless another site's page sent it."""
    return request.POST if request.method == "POST" and not from_another_site(request) else None


def by_link(purpose: Purpose) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Lets a view be opened by a link made for this purpose, and gives it the member."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def opened(request: MemberRequest, token: str) -> HttpResponse:
            at = now()
            response = _refused(request, token, purpose, at)
            if response is None:
                request.token, request.at = token, at
                response = view(request)
            response["Referrer-Policy"] = "no-referrer"
            return response

        return opened

    return decorate


def _refused(request: MemberRequest, token: str, purpose: Purpose, at: datetime) -> HttpResponse | None:
    """A page that says why the link does not open, or None with request.member set."""
    try:
        link = links.read(token, purpose, now=at)
    except links.LinkRefused:
        return render(request, "panel/link_unknown.html", status=404)
    member = FINDERS[purpose](link.member)
    if member is None:
        return render(request, "panel/link_unknown.html", status=404)
    if link.expired or (purpose == Purpose.ME and queries.outdated(member.key, link.made)):
        return render(request, "panel/link_expired.html", {"panel": member.panel}, status=410)
    request.link, request.member, request.actor = link, member, Actor.member(member.key)
    return None
