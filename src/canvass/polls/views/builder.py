"""The Questions tab: the builder of a draft, the questionnaire of a poll that members see, earlier texts."""

from difflib import unified_diff
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from canvass import instrument
from canvass.instrument import Instrument, Item, in_words
from canvass.polls import categories, drafts, pictures, queries, room, starting
from canvass.polls.forms import BuilderForm, InsertForm, PicturesForm
from canvass.polls.models import FrozenVersion, Poll
from canvass.polls.reading import Reading
from canvass.polls.states import PollRefused, State
from canvass.team.request import DeskRequest, actor, now


@require_safe
def questions(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """The builder while the poll is a draft and the visitor writes polls; else the questionnaire."""
    found = room.poll_or_404(request, poll)
    context = room.context(request, found, "questions")
    if found.state == State.DRAFT and context["may_write"]:
        return render(request, "polls/builder.html", context | _builder(request, found))
    return render(request, "polls/questionnaire.html", context | _questionnaire(request, found))


@require_POST
def check(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Keep what was typed and say what is wrong with it, without saving."""
    found = room.poll_or_404(request, poll)
    try:
        text = _keep_typed(request, found)
    except PollRefused as refusal:
        return _refused(request, found, str(refusal))
    if request.headers.get("HX-Request"):
        context = {"poll": found, **_checked(found, drafts.reading_of(found, text))}
        return render(request, "polls/check.html", context)
    return redirect(found)


@require_POST
def save(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Save the draft as it is, faults and all."""
    found = room.poll_or_404(request, poll)
    form = BuilderForm(request.POST)
    if not form.is_valid():
        return _refused(request, found, _first_error(form))
    text, revision = form.cleaned_data["text"], form.cleaned_data["revision"]
    try:
        drafts.keep_working(found, request.user, text, revision=revision, now=now())
        saved = drafts.save_text(found, text, revision=revision, by=actor(request), now=now())
    except PollRefused as refusal:
        return _refused(request, found, str(refusal))
    drafts.discard_working(found, request.user)
    messages.success(request, _saved_sentence(saved))
    return redirect(saved)


@require_POST
def insert(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Add the skeleton of one more question to what is typed."""
    found = room.poll_or_404(request, poll)
    chosen = InsertForm(request.POST)
    form = BuilderForm(request.POST)
    if not (form.is_valid() and chosen.is_valid()):
        return _refused(request, found, _first_error(chosen if chosen.errors else form))
    text = starting.with_item(form.cleaned_data["text"], chosen.cleaned_data["kind"])
    try:
        drafts.keep_working(found, request.user, text, revision=form.cleaned_data["revision"], now=now())
    except PollRefused as refusal:
        return _refused(request, found, str(refusal))
    return redirect(found)


@require_POST
def discard(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Go back to the saved text."""
    found = room.poll_or_404(request, poll)
    drafts.discard_working(found, request.user)
    messages.success(request, "Your unsaved text is gone; this is the saved one.")
    return redirect(found)


@require_POST
def add_pictures(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Add pictures to a draft."""
    found = room.poll_or_404(request, poll)
    form = PicturesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _refused(request, found, _first_error(form))
    shown = form.contents()
    try:
        drafts.add_pictures(found, shown, by=actor(request), now=now())
    except PollRefused as refusal:
        return _refused(request, found, str(refusal))
    messages.success(request, f"Added: {', '.join(sorted(shown))}.")
    return redirect(found)


@require_safe
def history(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Earlier saved texts of a draft, each with what changed after it."""
    found = room.poll_or_404(request, poll)
    earlier, after = [], found.text
    for saved in found.saved_texts.order_by("-revision"):
        earlier.append((saved, _changes(saved.text, after)))
        after = saved.text
    return render(
        request, "polls/history.html", room.context(request, found, "questions") | {"earlier": earlier}
    )


def _changes(before: str, after: str) -> str:
    """Lines that went (-) and came (+), each with its neighbours; a gap is three dots."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1))[3:]
    return "\n".join("…" if line.startswith("@@") else line for line in lines)


@require_POST
def restore(request: DeskRequest, panel: str, poll: str, revision: int) -> HttpResponse:
    """Make an earlier text the draft's text again."""
    found = room.poll_or_404(request, poll)
    try:
        drafts.restore(found, revision, by=actor(request), now=now())
    except PollRefused as refusal:
        return _refused(request, found, str(refusal))
    messages.success(request, "The earlier text is back. The one it replaced is among the earlier texts.")
    return redirect(found)


@require_safe
def file(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """The poll file, to be kept or loaded elsewhere."""
    found = room.poll_or_404(request, poll)
    headers = {"Content-Disposition": f'attachment; filename="{found.slug}.yaml"'}
    return HttpResponse(found.text, content_type="text/yaml; charset=utf-8", headers=headers)


def _keep_typed(request: DeskRequest, poll: Poll) -> str:
    form = BuilderForm(request.POST)
    if not form.is_valid():
        raise PollRefused(_first_error(form))
    text: str = form.cleaned_data["text"]
    drafts.keep_working(poll, request.user, text, revision=form.cleaned_data["revision"], now=now())
    return text


def _refused(request: DeskRequest, poll: Poll, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect(poll)


def _first_error(form: Form) -> str:
    return next(str(errors[0]) for errors in form.errors.values())


def _saved_sentence(poll: Poll) -> str:
    if not poll.faults:
        return "Saved. The draft has no faults."
    faults, they = ("1 fault", "it is") if poll.faults == 1 else (f"{poll.faults} faults", "they are")
    return f"Saved with {faults}: the poll cannot be scheduled before {they} mended."


def _builder(request: DeskRequest, poll: Poll) -> dict[str, Any]:
    working = queries.working_text(poll, request.user)
    text = working.text if working else poll.text
    return {
        "form": BuilderForm(initial={"text": text, "revision": poll.revision}),
        "insert_form": InsertForm(),
        "pictures_form": PicturesForm(),
        "pictures": pictures.names(drafts.picture_folder(poll)),
        "working": working,
        "overtaken": working is not None and working.revision != poll.revision,
        "earlier": poll.saved_texts.count(),
        "categories": categories.DEFAULTS,
        **_checked(poll, drafts.reading_of(poll, text)),
    }


def _checked(poll: Poll, reading: Reading) -> dict[str, Any]:
    """What the builder says about a text: faults, else cost and advice."""
    asked = reading.instrument
    cost = (
        {
            "seconds": instrument.seconds(asked),
            "taps": instrument.taps(asked),
            "advice": instrument.advice(asked),
        }
        if asked
        else {}
    )
    return {"reading": reading, **cost}


def _questionnaire(request: DeskRequest, poll: Poll) -> dict[str, Any]:
    asked = _asked(request, poll)
    items = [_described(item, asked) for item in asked] if asked else []
    return {
        "versions": queries.versions(poll),
        "shown_version": _asked_version(request, poll),
        "asked": asked,
        "items": items,
    }


def _described(item: Item, asked: Instrument) -> tuple[Item, str, str]:
    """An item with its kind and with who is asked it, in words."""
    return item, starting.KINDS[item.kind], in_words(item.ask_if, asked) if item.ask_if else ""


def _asked_version(request: DeskRequest, poll: Poll) -> int:
    version = request.GET.get("version", "")
    return int(version) if version.isascii() and version.isdigit() and len(version) < 6 else poll.version


def _asked(request: DeskRequest, poll: Poll) -> Instrument | None:
    """The frozen instrument that is looked at; before opening what the draft says, if it can be read."""
    if not poll.version:
        return drafts.reading_of(poll).instrument
    try:
        return queries.instrument_of(poll, _asked_version(request, poll))
    except FrozenVersion.DoesNotExist as error:
        raise Http404 from error
