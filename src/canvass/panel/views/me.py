"""A member's own page behind a mailed link. A GET shows and never does.

No form that a link leads to takes anybody out of the panel as it is sent: a mail scanner that follows links
and submits forms leaves everybody where they stand.
"""

from datetime import timedelta

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canvass.panel import profiles, queries, yearly
from canvass.panel.forms import EraseForm, LeaveForm, LinkingForm, NoLongerForm, PauseForm, ProfileForm
from canvass.panel.links import Purpose
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import membership
from canvass.panel.services import yearly as answering
from canvass.panel.states import State
from canvass.panel.views.doors import MemberRequest, by_link, handed_in
from canvass.panel.views.faults import say

THREE_MONTHS = timedelta(days=91)
DONE = {
    "profile": "Your details are saved.",
    "pause": "You get no mail until the day you chose.",
    "resume": "You get mail from us again.",
    "leave": "You have left the panel. No more mail from us.",
    "linking": "Your choice is saved.",
    "erase": "It is erased.",
    "address": "We have sent a mail to the new address. Open its link and press the button there; until then "
    "mail comes to the address you had.",
    "still": "Thank you. We ask again in a year.",
    "lapse": "You get no more polls. Your place is kept until you leave.",
}


def _page(request: MemberRequest, template: str, *, status: int = 200, **context: object) -> HttpResponse:
    shown = {"panel": request.member.panel, "member": request.member, "token": request.token, **context}
    return render(request, f"panel/{template}.html", shown, status=status)


def _home(request: MemberRequest, done: str) -> HttpResponse:
    """Back to the member's page, which says in one sentence what was done."""
    return redirect(f"{reverse('panel:me', args=[request.token])}?done={done}")


@by_link(Purpose.ME)
def me(request: MemberRequest) -> HttpResponse:
    member = request.member
    return _page(
        request,
        "me",
        told=profiles.told(member),
        consents=queries.consents(member),
        address=queries.address_of(member.panel, member.key),
        asked=yearly.is_asked(member, now=request.at),
        done=DONE.get(request.GET.get("done", ""), ""),
    )


@by_link(Purpose.ME)
def profile(request: MemberRequest) -> HttpResponse:
    fields = profiles.fields_of(request.member.panel)
    initial = ProfileForm.initial_of(request.member.profile)
    form = ProfileForm(handed_in(request), initial=initial, profile_fields=fields)
    status = 200
    if form.is_valid():
        try:
            membership.change_profile(request.member, form.profile(), by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            status = say(form, refusal)
        else:
            return _home(request, "profile")
    return _page(request, "me_profile", form=form, status=422 if form.errors else status)


@by_link(Purpose.ME)
def pause(request: MemberRequest) -> HttpResponse:
    form = PauseForm(handed_in(request))
    if form.is_valid():
        try:
            membership.pause(
                request.member, until=form.cleaned_data["until"], by=request.actor, now=request.at
            )
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            return _home(request, "pause")
    return _page(request, "me_pause", form=form, status=422 if form.errors else 200)


@by_link(Purpose.ME)
def resume(request: MemberRequest) -> HttpResponse:
    """One button: mail me again. Also the way back for somebody who left within the last 14 days."""
    refused = ""
    if handed_in(request) is not None:
        verb = membership.come_back if request.member.state == State.LEFT else membership.resume
        try:
            verb(request.member, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            refused = str(refusal)
        else:
            return _home(request, "resume")
    return _page(request, "me_resume", refused=refused, status=422 if refused else 200)


@by_link(Purpose.ME)
def leave(request: MemberRequest) -> HttpResponse:
    """Leave or pause. Mail programs post List-Unsubscribe=One-Click here (RFC 8058), from any site."""
    if request.POST.get("List-Unsubscribe") == "One-Click":
        membership.leave(request.member, by=request.actor, now=request.at)
        return HttpResponse("You have left the panel.\n", content_type="text/plain; charset=utf-8")
    form = LeaveForm(handed_in(request))
    if form.is_valid():
        if form.cleaned_data["choice"] == "leave":
            membership.leave(request.member, by=request.actor, now=request.at)
            return _home(request, "leave")
        try:
            until = request.at.date() + THREE_MONTHS
            membership.pause(request.member, until=until, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            return _home(request, "pause")
    return _page(request, "me_leave", form=form, status=422 if form.errors else 200)


@by_link(Purpose.ME)
def still(request: MemberRequest) -> HttpResponse:
    """Are you still working in this profession? Yes is one button; no leads to what follows from it. Only a
    button that was pressed says anything: the form by itself does not."""
    sent = handed_in(request)
    pressed = sent.get("still") if sent else None
    refused = ""
    if pressed == "no":
        return redirect("panel:no_longer", request.token)
    if pressed == "yes":
        try:
            answering.reaffirm(request.member, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            refused = str(refusal)
        else:
            return _home(request, "still")
    return _page(request, "me_still", refused=refused, status=422 if refused else 200)


@by_link(Purpose.ME)
def no_longer(request: MemberRequest) -> HttpResponse:
    """No longer in this profession: lapse, or leave."""
    form = NoLongerForm(handed_in(request))
    if form.is_valid():
        wish = form.cleaned_data["choice"]
        verb = membership.leave if wish == "leave" else membership.mark_lapsed
        try:
            verb(request.member, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            return _home(request, wish)
    return _page(request, "me_no_longer", form=form, status=422 if form.errors else 200)


@by_link(Purpose.ME)
def linking(request: MemberRequest) -> HttpResponse:
    held = "yes" if request.member.linked else "no"
    form = LinkingForm(handed_in(request), initial={"linked": held})
    if form.is_valid():
        wish = form.cleaned_data["linked"]
        try:
            if wish != held:
                verb = membership.agree_to_linking if wish == "yes" else membership.stop_linking
                verb(request.member, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            return _home(request, "linking")
    wording = queries.versions(request.member.panel)["linking"][0]
    return _page(request, "me_linking", form=form, wording=wording, status=422 if form.errors else 200)


@by_link(Purpose.ME)
def data(request: MemberRequest) -> HttpResponse:
    """Everything held about the member, as a file."""
    held = queries.held_about(request.member)
    response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@by_link(Purpose.ME)
def erase(request: MemberRequest) -> HttpResponse:
    form = EraseForm(handed_in(request))
    if form.is_valid():
        membership.erase(request.member, by=request.actor, now=request.at)
        return _home(request, "erase")
    return _page(request, "me_erase", form=form, status=422 if form.errors else 200)
