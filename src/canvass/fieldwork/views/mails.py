"""Invitations kept for reading, where no mail server is set. They are rendered as they are read."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from canvass.fieldwork import queries
from canvass.fieldwork.invitations import Invitation, Words, personal
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.mailings import Round
from canvass.fieldwork.views.mailing import framed
from canvass.panel.views.mails import MAIL_CSP
from canvass.polls import queries as polls
from canvass.polls import room
from canvass.polls.models import Poll
from canvass.team.request import DeskRequest, now


@require_safe
@never_cache
def index(request: DeskRequest, panel: str) -> HttpResponse:
    page = None if settings.SMTP_URL else queries.kept_page(request.panel, page=request.GET.get("page", "1"))
    known = Poll.objects.filter(panel=request.panel).defer("text").in_bulk({row.poll for row in page or ()})
    rows = [(row, known[row.poll]) for row in page or ()]
    return render(request, "fieldwork/invitations.html", {"page": page, "rows": rows})


@require_safe
@never_cache
def invitation(request: DeskRequest, panel: str, poll: str, member: str, round: int) -> HttpResponse:
    found, words = _kept(request, poll, member, round)
    context = {"poll": found, "words": words, "member": member, "round": round}
    return render(request, "fieldwork/invitation.html", context)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def html(request: DeskRequest, panel: str, poll: str, member: str, round: int) -> HttpResponse:
    return framed(_kept(request, poll, member, round)[1].html)


def _kept(request: DeskRequest, slug: str, member: str, round_: int) -> tuple[Poll, Words]:
    """A kept mail with its working links."""
    poll = room.poll_or_404(request, slug)
    if settings.SMTP_URL or queries.kept(request.panel, poll, member, round_) is None:
        raise Http404
    today = now()
    words = Invitation(poll, polls.instrument_of(poll), Round(round_), today).words
    return poll, words.filled(personal(poll.pk, member, LinkKeys(settings.KEYS), now=today))
