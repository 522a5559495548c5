"""Pages that plan and send mail. Each asks once, saying who gets it and who does not and why."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from canvass.fieldwork import queries, services
from canvass.fieldwork.forms import PartForm, ReminderForm
from canvass.fieldwork.invitations import Words, words_of
from canvass.fieldwork.mailings import Round
from canvass.fieldwork.services import MailingRefused, MailNotSent, MomentRefused
from canvass.instrument import Instrument
from canvass.panel import profiles
from canvass.panel.views.mails import MAIL_CSP
from canvass.polls import queries as polls
from canvass.polls import room
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team.request import DeskRequest, actor, now


def _tab(request: DeskRequest, poll: Poll) -> HttpResponse:
    return redirect("fieldwork:tab", request.panel.slug, poll.slug)


def _page(
    request: DeskRequest, poll: Poll, template: str, *, status: int = 200, **more: object
) -> HttpResponse:
    context = room.context(request, poll, "fieldwork") | more
    return render(request, f"fieldwork/{template}.html", context, status=status)


def _done(request: DeskRequest, act: Callable[[], object], said: str) -> str:
    """Do it and say so; or the sentence that refuses it."""
    try:
        act()
    except (MailingRefused, MailNotSent) as refusal:
        return str(refusal)
    messages.success(request, said)
    return ""


def invite(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """GET shows who would be mailed (a part can be chosen in the address); POST sends or plans it."""
    found = room.poll_or_404(request, poll)
    given = request.POST if request.method == "POST" else request.GET
    form = PartForm(given, profile_fields=profiles.fields_of(request.panel))
    part = form.part() if form.is_valid() else {}
    on_opening = found.state != State.OPEN
    refused = ""
    if request.method == "POST" and form.is_valid():
        said = "Invitations go out when the poll opens." if on_opening else "Invitations are going out."
        refused = _done(
            request,
            lambda: services.invite(found, part, on_opening=on_opening, by=actor(request), now=now()),
            said,
        )
        if not refused:
            return _tab(request, found)
    return _page(
        request,
        found,
        "invite",
        status=422 if refused or form.errors else 200,
        part_form=form,
        part=part,
        reach=queries.reach(found, Round.INVITATION, part),
        on_opening=on_opening,
        refused=refused,
    )


def remind(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """GET shows who would be reminded; POST sends the one reminder, or plans it."""
    found = room.poll_or_404(request, poll)
    is_open = found.state == State.OPEN
    form = ReminderForm(request.POST or None, is_open=is_open)
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["at"]
        try:
            services.remind(found, at=at, by=actor(request), now=now())
        except MailingRefused as refusal:
            form.add_error("at" if isinstance(refusal, MomentRefused) else None, str(refusal))
        else:
            messages.success(request, "The reminder is planned." if at else "The reminder is going out.")
            return _tab(request, found)
    reach = queries.reach(found, Round.REMINDER, {}) if is_open else None
    return _page(request, found, "remind", status=422 if form.errors else 200, form=form, reach=reach)


@require_POST
def drop(request: DeskRequest, panel: str, poll: str, mailing: int) -> HttpResponse:
    """Take a plan back."""
    found = room.poll_or_404(request, poll)
    plan = queries.planned(found, mailing)
    if plan is None:
        raise Http404
    refused = _done(
        request,
        lambda: services.drop_plan(plan, by=actor(request), now=now()),
        "The mail is no longer planned.",
    )
    if refused:
        messages.warning(request, refused)
    return _tab(request, found)


@never_cache
def mail(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """The invitation as members will read it; POST sends it to whoever presses the button."""
    found, questions = _written(request, poll)
    if questions is None:
        return _page(request, found, "no_mail")
    words = _test_words(found, questions)
    refused = ""
    if request.method == "POST":
        refused = _done(
            request,
            lambda: services.send_test(found, questions, request.user, words, by=actor(request), now=now()),
            f"A test is on its way to {request.user.email}.",
        )
        if not refused:
            return redirect("fieldwork:mail", request.panel.slug, found.slug)
    status = 422 if refused else 200
    sending = bool(settings.SMTP_URL)
    return _page(request, found, "mail_shown", status=status, words=words, refused=refused, sending=sending)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def mail_html(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Its HTML part by itself, for the frame on its page."""
    found, questions = _written(request, poll)
    if questions is None:
        raise Http404
    return framed(_test_words(found, questions).html)


def framed(html: str) -> HttpResponse:
    """A mail's HTML whose links open in the whole window."""
    response = HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _written(request: DeskRequest, slug: str) -> tuple[Poll, Instrument | None]:
    found = room.poll_or_404(request, slug)
    return found, polls.previewed(found, request.user)


def _test_words(poll: Poll, questions: Instrument) -> Words:
    """The mail with links that lead to the preview, where nothing is stored."""
    preview = settings.BASE_URL + reverse("fieldwork:preview", args=[poll.panel.slug, poll.slug])
    return words_of(poll, questions, Round.INVITATION, ballot=preview, leave=preview)
