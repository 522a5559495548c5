"""Sign-up: the public page, the confirmation by mailed link, and "send me my link again"."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from canvass.panel import profiles, wordings
from canvass.panel.forms import AddressForm, SignUpForm
from canvass.panel.links import Purpose
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.services import joining
from canvass.panel.services.joining import SignUp
from canvass.panel.views.doors import MemberRequest, by_link, from_another_site
from canvass.panel.views.faults import say, too_many
from canvass.panel.views.pace import in_step
from canvass.team.audit import VISITOR
from canvass.team.models import Panel
from canvass.team.request import network, now


def _panel(slug: str) -> Panel:
    panel = Panel.objects.filter(slug=slug).first()
    if panel is None:
        raise Http404
    return panel


@csrf_exempt  # nobody is logged in here; a cookie would only stop those who allow none
@never_cache
@in_step
def sign_up(request: HttpRequest, panel: str) -> HttpResponse:
    joined = _panel(panel)
    fields = profiles.fields_of(joined)
    form = SignUpForm(request.POST or None, profile_fields=fields)
    source = request.GET.get("from", "")
    status = 422 if form.errors else 200
    if from_another_site(request):
        return redirect(request.path)
    if form.is_valid():
        said = form.cleaned_data
        wish = SignUp(said["address"], form.profile(), said["linking"], source, _wordings_shown(request))
        try:
            joining.sign_up(joined, wish, network=network(request), by=VISITOR, now=now())
        except TooManySignUps:
            return too_many(request)
        except PanelRefusal as refusal:
            status = say(form, refusal)
        else:
            return redirect("panel:signed_up", panel)
    context = {
        "panel": joined,
        "form": form,
        "membership": wordings.in_force(joined, wordings.MEMBERSHIP),
        "linking": wordings.in_force(joined, wordings.LINKING),
    }
    return render(request, "panel/join.html", context, status=status)


def _wordings_shown(request: HttpRequest) -> dict[str, int]:
    """The versions of the wordings that stood on the page when it was sent."""
    sent = {kind: request.POST.get(f"wording_{kind}", "") for kind in wordings.FIRST_WORDINGS}
    return {kind: int(version) for kind, version in sent.items() if re.fullmatch("[0-9]{1,9}", version)}


@require_safe
def signed_up(request: HttpRequest, panel: str) -> HttpResponse:
    """The same for everybody, so that nobody learns who is a member."""
    return render(request, "panel/signed_up.html", {"panel": _panel(panel)})


@csrf_exempt
@never_cache
@in_step
def send_link(request: HttpRequest, panel: str) -> HttpResponse:
    """Send me my link again. Takes an address and always answers the same."""
    asked = _panel(panel)
    form = AddressForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid() and not from_another_site(request):
        try:
            joining.send_link(
                asked, form.cleaned_data["address"], network=network(request), by=VISITOR, now=now()
            )
        except TooManySignUps:
            return too_many(request)
        except PanelRefusal as refusal:
            status = say(form, refusal)
        else:
            return redirect("panel:link_sent", panel)
    return render(request, "panel/send_link.html", {"panel": asked, "form": form}, status=status)


@require_safe
def link_sent(request: HttpRequest, panel: str) -> HttpResponse:
    return render(request, "panel/link_sent.html", {"panel": _panel(panel)})


@by_link(Purpose.CONFIRM)
def confirm(request: MemberRequest) -> HttpResponse:
    """GET shows what was said and one button; POST makes it real."""
    member = request.member
    refused = ""
    if request.method == "POST" and not from_another_site(request):
        try:
            member = joining.confirm(member, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            refused = str(refusal)
    context = {
        "panel": member.panel,
        "member": member,
        "refused": refused,
        "told": profiles.told(member),
        "linking": member.consents.filter(kind=wordings.LINKING, withdrawn_at=None).exists(),
    }
    return render(request, "panel/confirm.html", context, status=422 if refused else 200)
