"""Pages on which a member asks for a link: to the answers they gave, or to an open poll again."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from canvass.fieldwork import keys_dying, sentences, services
from canvass.fieldwork.links import LinkFault, LinkKeys, read_link
from canvass.panel.forms import AddressForm
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.views.doors import from_another_site
from canvass.panel.views.faults import say, too_many
from canvass.panel.views.pace import in_step
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team.audit import VISITOR, Actor
from canvass.team.request import network, now


@csrf_exempt  # the link carries all authority, and no cookie does
@never_cache
def answers(request: HttpRequest, token: str) -> HttpResponse:
    """Mail me a link to see or change my answers. GET shows the button; what POST says is always the same."""
    try:
        link = read_link(LinkKeys(settings.KEYS), token)
    except LinkFault as fault:
        raise Http404 from fault
    poll = Poll.objects.select_related("panel").filter(pk=link.poll).first()
    if poll is None:
        raise Http404
    if keys_dying.is_apart(poll, now=now()) and not keys_dying.is_linked(poll):
        context = {"panel": poll.panel, "message": sentences.APART}
        return render(request, "fieldwork/answers_apart.html", context, status=sentences.APART.status)
    sent = request.method == "POST" and not from_another_site(request)
    if sent:
        services.mail_answers_link(poll, link.member, by=Actor.member(link.member), now=now())
    context = {"panel": poll.panel, "poll": poll, "sent": sent, "token": token}
    response = render(request, "fieldwork/answers_link.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt
@never_cache
@in_step
def ballot(request: HttpRequest, panel: str, poll: str) -> HttpResponse:
    """Send me my link to this poll again. Takes an address and always answers the same."""
    found = _open_poll(panel, poll)
    form = AddressForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid() and not from_another_site(request):
        address = form.cleaned_data["address"]
        try:
            services.mail_ballot_link(found, address, network=network(request), by=VISITOR, now=now())
        except TooManySignUps:
            return too_many(request)
        except PanelRefusal as refusal:
            status = say(form, refusal)
        else:
            return redirect("fieldwork:ballot_link_sent", panel, poll)
    context = {"panel": found.panel, "poll": found, "form": form}
    return render(request, "fieldwork/ballot_link.html", context, status=status)


@require_safe
def ballot_sent(request: HttpRequest, panel: str, poll: str) -> HttpResponse:
    found = _open_poll(panel, poll)
    return render(request, "fieldwork/ballot_link_sent.html", {"panel": found.panel, "poll": found})


def _open_poll(panel: str, slug: str) -> Poll:
    found = Poll.objects.select_related("panel").filter(slug=slug, panel__slug=panel, state=State.OPEN)
    poll = found.first()
    if poll is None:
        raise Http404
    return poll
