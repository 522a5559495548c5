"""About a study: its title and contact, its questions, its approach, and memos on the whole of it."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime

from canvass.coding import offering, reading, services
from canvass.coding.forms import AboutForm
from canvass.coding.ledgers import Room
from canvass.coding.models import Study
from canvass.coding.naming import new_id
from canvass.coding.views.parts import context, names, opened
from canvass.polls import queries
from canvass.polls.models import Poll
from canvass.polls.states import FROZEN
from canvass.team.request import DeskRequest, actor, now
from canvass.words.study import APPROACHES, MEMO_KINDS, StudyRefused, acts

LISTED = 200  # polls, the newest


def about(request: DeskRequest, panel: str, study: str) -> HttpResponse:
    """GET shows it; POST changes one thing of it."""
    with opened(request, study) as (found, room):
        status = 200
        form = AboutForm(initial={"title": found.title, "contact": found.contact})
        if request.method == "POST":
            verb = _BY_NAME.get(request.POST.get("do", ""))
            try:
                if verb is None:
                    raise StudyRefused("That cannot be done here. Use the buttons on the page.")
                verb(request, found)
            except StudyRefused as refusal:
                messages.error(request, str(refusal))
                status = 422
                form = AboutForm(request.POST) if request.POST.get("do") == "describe" else form
            else:
                return redirect("coding:about", panel, study)
        shown = context(request, found, room) | _shown(found, room, form)
        return render(request, "coding/about.html", shown, status=status)


def _shown(study: Study, room: Room, form: AboutForm) -> dict[str, object]:
    memos = [memo for memo in room.state.memos.values() if memo.on == "study"]
    called = names({memo.by for memo in memos})
    read = {question.name for question in room.reading.questions.values()}
    return {
        "form": form,
        "questions": list(room.reading.questions.values()),
        "more": [one for one in _askable(study) if one[0] not in read],
        "approach": room.state.approach.get("", APPROACHES[0]),
        "memos": [(memo, called[memo.by], parse_datetime(memo.at)) for memo in memos],
        "memo_kinds": MEMO_KINDS,
        "suggested": offering.figures(room),
    }


def _askable(study: Study) -> list[tuple[str, str]]:
    """("poll/item", poll and question) of everything that a study of this panel may read."""
    polls = Poll.objects.filter(panel=study.panel, state__in=FROZEN).order_by("-opens_at", "-pk")[:LISTED]
    return [
        (f"{poll.slug}/{item.id}", f"{poll.title}: {item.text}")
        for poll in polls
        for item in reading.text_items(queries.instrument_of(poll))
    ]


def _describe(request: DeskRequest, study: Study) -> None:
    form = AboutForm(request.POST)
    if not form.is_valid():
        raise StudyRefused(
            "Give the study a title of up to 200 characters, and the contact an e-mail address."
        )
    given = form.cleaned_data
    services.describe(study, title=given["title"], contact=given["contact"], by=actor(request), now=now())


def _add(request: DeskRequest, study: Study) -> None:
    slug, _, item = request.POST.get("question", "").partition("/")
    poll = Poll.objects.filter(panel=study.panel, slug=slug).first()
    if poll is None:
        raise StudyRefused("Choose a question of one of the panel’s polls.")
    services.add_question(study, poll, item, by=actor(request), now=now())


def _remove(request: DeskRequest, study: Study) -> None:
    name = request.POST.get("question", "")
    for row in study.questions.select_related("poll"):
        if row.name == name:
            services.remove_question(study, row, by=actor(request), now=now())
            return
    raise StudyRefused("The study does not read this question.")


def _approach(request: DeskRequest, study: Study) -> None:
    act = acts.ChooseApproach(request.POST.get("approach", ""))
    services.do(study, act, by=actor(request), now=now())


def _memo(request: DeskRequest, study: Study) -> None:
    text = request.POST.get("memo", "").replace("\r\n", "\n").strip()
    known = request.POST.get("known", "")
    if not text and not known:
        raise StudyRefused("Write the memo first.")
    act = acts.WriteMemo(known or new_id(), "study", request.POST.get("memo_kind", "reflexive"), text)
    services.do(study, act, by=actor(request), now=now())


_BY_NAME: Mapping[str, Callable[[DeskRequest, Study], None]] = {
    "describe": _describe,
    "add": _add,
    "remove": _remove,
    "approach": _approach,
    "memo": _memo,
}
