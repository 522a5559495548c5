"""The Words tab of the poll room: what can be read, the studies that read it, and a new study."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from canvass.analysis.results import is_counted
from canvass.coding import reading, services
from canvass.coding.forms import StartForm
from canvass.coding.models import Study
from canvass.coding.views.parts import study_or_404
from canvass.polls import queries, room
from canvass.polls.models import Poll
from canvass.polls.states import FROZEN, State
from canvass.team.access import Role
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import StudyRefused

CODERS = frozenset({Role.OWNER, Role.CODER})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the poll that people answered in their own words."""

    id: str
    text: str
    is_other: bool

    @property
    def label(self) -> str:
        return f"{self.text} (what was written beside “other”)" if self.is_other else self.text


@require_safe
def tab(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    return _tab(request, room.poll_or_404(request, poll))


@require_POST
def start(request: DeskRequest, panel: str, poll: str) -> HttpResponse:
    """Start a study of the chosen questions."""
    found = room.poll_or_404(request, poll)
    form = _form(request.POST, _asked(found))
    if form.is_valid():
        chosen = [(found, item) for item in form.cleaned_data["questions"]]
        try:
            study = services.start(
                request.panel, form.cleaned_data["title"], chosen, by=actor(request), now=now()
            )
        except StudyRefused as refusal:
            form.add_error("questions", str(refusal))
        else:
            return redirect(study)
    return _tab(request, found, form, status=422)


@require_POST
def take_in(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """Take in what was written to open polls since."""
    found = study_or_404(request, study)
    for question in list(found.questions.select_related("poll")):
        if question.poll.state == State.OPEN:
            try:
                count = services.take_in(found, question.name, by=actor(request), now=now())
            except StudyRefused as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, f"{count} answers are taken in.")
    return redirect(found)


def _tab(request: DeskRequest, poll: Poll, form: StartForm | None = None, status: int = 200) -> HttpResponse:
    asked = _asked(poll)
    context = room.context(request, poll, "words") | {
        "asked": asked,
        "studies": Study.objects.filter(questions__poll=poll).distinct().order_by("-created_at", "-pk"),
        "may_code": bool(request.roles & CODERS),
        "is_ready": poll.state == State.OPEN or is_counted(poll),
        "form": form or _form(None, asked, title=poll.title),
    }
    return render(request, "coding/tab.html", context, status=status)


def _asked(poll: Poll) -> list[Asked]:
    if poll.state not in FROZEN:
        return []
    items = reading.text_items(queries.instrument_of(poll))
    return [Asked(item.id, item.text, bool(item.options)) for item in items]


def _form(data: object, asked: list[Asked], title: str = "") -> StartForm:
    initial = {"title": title, "questions": [one.id for one in asked if not one.is_other][:1]}
    return StartForm(data, asked=[(one.id, one.label) for one in asked], initial=initial)
