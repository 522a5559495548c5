"""Pages that move a poll on. Each asks once, naming what follows and what is lost."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from canvass.instrument import Fault
from canvass.polls import doors, drafts, room, services
from canvass.polls.forms import MendForm, OpenForm, ScheduleForm
from canvass.polls.models import Poll
from canvass.polls.states import PollRefused, why_not
from canvass.team.request import DeskRequest, actor, now

type Act = Callable[[Poll, dict[str, Any]], object]


class _Nothing(forms.Form):
    """A question answered by its button alone."""


def schedule(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Let a draft open and close by itself."""
    found = room.poll_or_404(request, poll)
    form = ScheduleForm(_posted(request), initial={"opens": found.opens_at, "closes": found.closes_at})

    def act(poll: Poll, given: dict[str, Any]) -> object:
        return services.schedule(poll, **given, by=actor(request), now=now())

    return _ask(request, found, "schedule", form, act, f"{found.title} is scheduled.")


def unschedule(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Take a scheduled poll back to draft."""
    found = room.poll_or_404(request, poll)

    def act(poll: Poll, _given: dict[str, Any]) -> object:
        return services.unschedule(poll, by=actor(request), now=now())

    return _ask(
        request, found, "unschedule", _Nothing(_posted(request)), act, f"{found.title} is a draft again."
    )


def open_now(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Open a poll at once."""
    found = room.poll_or_404(request, poll)
    form = OpenForm(_posted(request), initial={"closes": _later(found.closes_at)})

    def act(poll: Poll, given: dict[str, Any]) -> object:
        return services.open_now(poll, **given, by=actor(request), now=now())

    return _ask(request, found, "open", form, act, f"{found.title} is open.")


def close(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Close an open poll."""
    found = room.poll_or_404(request, poll)

    def act(poll: Poll, _given: dict[str, Any]) -> None:
        doors.close(poll, by=actor(request), now=now())

    return _ask(request, found, "close", _Nothing(_posted(request)), act, f"{found.title} is closed.")


def withdraw(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Give a poll up."""
    found = room.poll_or_404(request, poll)

    def act(poll: Poll, _given: dict[str, Any]) -> object:
        return services.withdraw(poll, by=actor(request), now=now())

    return _ask(request, found, "withdraw", _Nothing(_posted(request)), act, f"{found.title} is withdrawn.")


def mend(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Reword an open poll."""
    found = room.poll_or_404(request, poll)
    form = MendForm(_posted(request), initial={"text": found.text})
    form.is_valid()
    typed = getattr(form, "cleaned_data", {}).get("text")
    faults = drafts.reading_of(found, typed).faults if typed else ()

    def act(poll: Poll, given: dict[str, Any]) -> object:
        changed = given["meaning"] == "changed"
        return services.mend(poll, given["text"], meaning_changed=changed, by=actor(request), now=now())

    done = "The wording is mended: a new version is shown from now on."
    return _ask(request, found, "mend", form, act, done, faults)


def _posted(request: DeskRequest) -> QueryDict | None:
    """The form as handed in, an empty one too; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _later(closes: datetime | None) -> datetime | None:
    return closes if closes and closes > now() else None


def _faulty(poll: Poll, verb: str) -> str:
    """Why a draft does not get on; empty where its saved text has no faults, or where they do not matter."""
    if verb not in ("schedule", "open") or not poll.faults:
        return ""
    return "Mend the faults of its text and save it: then the poll can be scheduled or opened."


def _ask(
    request: DeskRequest,
    poll: Poll,
    verb: str,
    form: forms.Form,
    act: Act,
    done: str,
    faults: Sequence[Fault] = (),
) -> HttpResponse:
    """GET asks, POST does; what is refused is said on the same page with nothing typed lost."""
    if request.method != "POST" and (refused := why_not(verb, poll.slug, poll.state) or _faulty(poll, verb)):
        messages.warning(request, refused)
        return redirect(poll)
    if request.method == "POST" and form.is_valid():
        try:
            act(poll, form.cleaned_data)
        except PollRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(poll)
    asked = {"form": form, "verb": verb, "faults": faults}
    page = "polls/mend.html" if verb == "mend" else "polls/move.html"
    status = 422 if request.method == "POST" else 200
    return render(request, page, room.context(request, poll, "questions") | asked, status=status)
