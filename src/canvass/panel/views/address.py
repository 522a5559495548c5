"""My address has changed: asked for on the member's page, made real behind a link mailed to the new one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from canvass.panel import letters, queries
from canvass.panel.forms import NewAddressForm
from canvass.panel.links import Purpose
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.services import readdressing
from canvass.panel.views.doors import MemberRequest, by_link, from_another_site, handed_in
from canvass.panel.views.faults import say, too_many
from canvass.panel.views.pace import in_step
from canvass.team.request import network


@in_step
@by_link(Purpose.ME)
def ask(request: MemberRequest) -> HttpResponse:
    """Takes an address and answers the same whether it is known or not."""
    form = NewAddressForm(handed_in(request))
    if form.is_valid():
        try:
            readdressing.ask(
                request.member,
                form.cleaned_data["address"],
                network=network(request),
                by=request.actor,
                now=request.at,
            )
        except TooManySignUps:
            return too_many(request)
        except PanelRefusal as refusal:
            say(form, refusal)
        else:
            return redirect(f"{reverse('panel:me', args=[request.token])}?done=address")
    context = {"panel": request.member.panel, "member": request.member, "token": request.token, "form": form}
    return render(request, "panel/me_address.html", context, status=422 if form.errors else 200)


@by_link(Purpose.ADDRESS)
def confirm(request: MemberRequest) -> HttpResponse:
    """GET shows the new address and one button; POST makes it the member's."""
    member, wish = request.member, queries.wish_of(request.link.member)
    assert wish is not None  # by_link found the member by it
    refused, my_page = "", ""
    if request.method == "POST" and not from_another_site(request) and wish.done_at is None:
        try:
            readdressing.confirm(member, wish, by=request.actor, now=request.at)
        except PanelRefusal as refusal:
            refused = str(refusal)
        else:
            my_page = letters.my_page(member.key, now=request.at)
    context = {
        "panel": member.panel,
        "address": wish.address,
        "done": bool(my_page) or wish.done_at is not None,
        "my_page": my_page,
        "refused": refused,
    }
    return render(request, "panel/confirm_address.html", context, status=422 if refused else 200)
