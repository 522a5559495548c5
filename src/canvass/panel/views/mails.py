"""Mails kept for reading, where no mail server is set: so that a newcomer can follow a link."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from canvass.panel import queries
from canvass.panel.models import Letter
from canvass.team.request import DeskRequest

MAIL_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],  # mails carry their style in the tags; nothing else may load or run
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
}


@require_safe
@never_cache
def mails(request: DeskRequest, panel: str) -> HttpResponse:
    """The kept mails. With a mail server set they belong to their readers, and the page says so."""
    sending = bool(settings.SMTP_URL)
    kind = request.GET.get("kind", "")
    page = (
        None if sending else queries.letters_page(request.panel, kind=kind, page=request.GET.get("page", "1"))
    )
    kinds = [] if sending else queries.letter_kinds(request.panel)
    context = {"page": page, "sending": sending, "kind": kind, "kinds": kinds}
    return render(request, "panel/mails.html", context)


def _letter(request: DeskRequest, pk: int) -> Letter:
    found = None if settings.SMTP_URL else queries.letter(request.panel, pk)
    if found is None:
        raise Http404
    return found


@require_safe
@never_cache
def mail(request: DeskRequest, panel: str, letter: int) -> HttpResponse:
    return render(request, "panel/mail.html", {"letter": _letter(request, letter)})


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def html(request: DeskRequest, panel: str, letter: int) -> HttpResponse:
    """The mail's HTML part by itself, for the frame on its page; its links open in the whole window."""
    response = HttpResponse(_letter(request, letter).html.replace("<head>", '<head><base target="_top">', 1))
    response["Referrer-Policy"] = "no-referrer"
    return response
