"""Starting a poll: from a text that is ready to be changed, from an earlier poll, from a file."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from canvass.polls import drafts, queries, starting
from canvass.polls.forms import NewPollForm, UploadForm
from canvass.polls.models import Poll
from canvass.polls.reading import slug_in
from canvass.polls.states import PollRefused
from canvass.team.request import DeskRequest, actor, now


def new(request: DeskRequest, panel: str) -> HttpResponse:
    """Start a poll from a text that is ready to be changed."""
    earlier = queries.names(request.panel)
    initial = {"start": "copy", "copy_of": request.GET["copy"]} if "copy" in request.GET else None
    posted = request.POST if request.method == "POST" else None
    form = NewPollForm(posted, earlier=earlier, initial=initial)
    if form.is_valid():
        try:
            poll = _create(request, **form.cleaned_data)
        except PollRefused as refusal:
            form.add_error("slug", str(refusal))
        else:
            return redirect(poll)
    return render(request, "polls/new.html", {"form": form}, status=422 if form.errors else 200)


def upload(request: DeskRequest, panel: str) -> HttpResponse:
    """Load a poll file: a new draft, or the new text of the draft of that address."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        try:
            poll = _load(request, form.cleaned_data["text"], form.contents())
        except PollRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{poll.slug} is loaded.")
            return redirect(poll)
    return render(request, "polls/upload.html", {"form": form}, status=422 if form.errors else 200)


def _create(request: DeskRequest, *, title: str, slug: str, start: str, copy_of: str = "") -> Poll:
    if start == "copy":
        source = queries.poll(request.panel, copy_of)
        return drafts.copy(source, slug=slug, title=title, by=actor(request), now=now())
    text = starting.started(start, slug=slug, title=title)
    return drafts.create(request.panel, slug=slug, title=title, text=text, by=actor(request), now=now())


def _load(request: DeskRequest, text: str, shown: dict[str, bytes]) -> Poll:
    slug = slug_in(text)
    if not slug:
        raise PollRefused(
            "The text does not say which poll it is. Write a line such as poll: working-hours-2022-01."
        )
    return drafts.load(request.panel, text, slug=slug, by=actor(request), now=now(), shown=shown)
