"""The desk's pages of members: by key, standing and profile; never a name beside an answer."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from canvass.panel import profiles, queries, yearly
from canvass.panel.models import Member
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import importing, membership
from canvass.panel.states import State
from canvass.team.request import DeskRequest, actor, now

MOVES = {
    "active": membership.reinstate,
    "bounced": membership.mark_bounced,
    "lapsed": membership.mark_lapsed,
    "left": membership.leave,
}


@require_safe
def members(request: DeskRequest, panel: str) -> HttpResponse:
    """The list, narrowed by standing and profile in the address."""
    fields = profiles.fields_of(request.panel)
    asked = {field.name: request.GET.get(field.name, "") for field in fields}
    chosen = {name: value for name, value in asked.items() if value}
    state = request.GET.get("state", "registered")
    state = state if state in {*State, "registered", "all"} else "registered"
    found = queries.members(request.panel, state="" if state == "all" else state, profile=chosen)
    page = queries.members_page(found, request.GET.get("page", "1"))
    today = timezone.localdate(now())
    context = {
        "fields": [(field, chosen.get(field.name, "")) for field in fields],
        "states": [("registered", "Registered"), *((one.value, one.capitalize()) for one in State)],
        "state": state,
        "narrowed": bool(chosen),
        "page": page,
        "rows": [(one, [one.profile.get(field.name, "") for field in fields]) for one in page],
        "counts": queries.by_state(request.panel),
        "today": queries.standing_on(request.panel, today),
        "active": queries.active_on(request.panel, today),
        "words": yearly.last_words(request.panel, now=now()),
    }
    return render(request, "panel/members.html", context)


def _member(request: DeskRequest, key: str) -> Member:
    member = queries.member_of(request.panel, key)
    if member is None:
        raise Http404
    return member


def _member_page(
    request: DeskRequest, member: Member, *, address: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "member": member,
        "told": profiles.told(member),
        "history": queries.history(member),
        "consents": queries.consents(member),
        "address": address,
    }
    return render(request, "panel/member.html", context, status=status)


@require_safe
def member(request: DeskRequest, panel: str, key: str) -> HttpResponse:
    return _member_page(request, _member(request, key))


@require_POST
@never_cache
def show_address(request: DeskRequest, panel: str, key: str) -> HttpResponse:
    """The address is shown on this one page, and the look is in the audit log."""
    shown = _member(request, key)
    try:
        address = membership.show_address(shown, by=actor(request), now=now())
    except PanelRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("panel:member", panel, key)
    return _member_page(request, shown, address=address)


@require_POST
def mail_link(request: DeskRequest, panel: str, key: str) -> HttpResponse:
    try:
        membership.mail_link(_member(request, key), by=actor(request), now=now())
        messages.success(request, "The link is on its way.")
    except PanelRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("panel:member", panel, key)


def move(request: DeskRequest, panel: str, key: str) -> HttpResponse:
    """What the team hears by telephone, or from mail that came back. GET asks whether they really leave."""
    held = _member(request, key)
    if request.method != "POST":
        return render(request, "panel/leaves.html", {"member": held})
    verb = MOVES.get(request.POST.get("to", request.GET.get("to", "")))
    if verb is None:
        raise Http404
    before = held.state
    try:
        moved = verb(held, by=actor(request), now=now())
        messages.success(request, f"Standing: {moved.state}.", extra_tags=_undo(moved, before))
    except PanelRefusal as refusal:
        messages.error(request, str(refusal))
    return redirect("panel:member", panel, key)


def _undo(moved: Member, before: str) -> str:
    """What the message's button posts to, where one click brings back what was: noted by mistake."""
    if before != State.ACTIVE or moved.state not in (State.BOUNCED, State.LAPSED):
        return ""
    return f"undo:{reverse('panel:move', args=[moved.panel.slug, moved.key])}?to={State.ACTIVE}"


@require_POST
@never_cache
def export(request: DeskRequest, panel: str) -> HttpResponse:
    at = now()
    content = importing.export_members(request.panel, by=actor(request), now=at)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{request.panel.slug}-{at:%Y-%m-%d}.csv"'
    return response
