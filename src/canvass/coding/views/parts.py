"""What every page of a study needs: the study, its parts, how far it is, and where one goes back to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from canvass.coding import ledgers
from canvass.coding.bench import Wanted, found, may_read_live
from canvass.coding.ledgers import Room, person
from canvass.coding.models import Study
from canvass.team.access import policy_table
from canvass.team.models import Staff
from canvass.team.request import DeskRequest, actor
from canvass.words.study import progress


class Part(NamedTuple):
    label: str
    href: str
    current: bool


PARTS = (
    ("Answers", "coding:study"),
    ("Codebook", "coding:codebook"),
    ("Numbers", "coding:numbers"),
    ("Two coders", "coding:coders"),
    ("Masking", "coding:masking"),
    ("Exchange", "coding:exchange"),
    ("History", "coding:history"),
    ("About", "coding:about"),
)


def study_or_404(request: DeskRequest, slug: str) -> Study:
    try:
        return Study.objects.select_related("panel").get(panel=request.panel, slug=slug)
    except Study.DoesNotExist as error:
        raise Http404 from error


@contextmanager
def opened(request: DeskRequest, slug: str) -> Iterator[tuple[Study, Room]]:
    """The study of the address as it is now."""
    study = study_or_404(request, slug)
    with ledgers.opened(study) as room:
        yield study, room


def me(request: DeskRequest) -> str:
    """What the log calls the visitor."""
    return person(actor(request))


def context(request: DeskRequest, study: Study, room: Room) -> dict[str, Any]:
    match = request.resolver_match
    here = match.view_name if match else ""
    allowed = [(label, route) for label, route in PARTS if policy_table()[route].roles & request.roles]
    return {
        "study": study,
        "asked_of": list({one.poll.pk: one.poll for one in room.reading.questions.values()}.values()),
        "parts": [
            Part(label, reverse(route, args=[study.panel.slug, study.slug]), route == here)
            for label, route in allowed
        ],
        "undoable": room.ledger.newest_undoable(me(request)),
        "redoable": room.ledger.newest_redoable(me(request)),
        **how_far(request, room),
    }


def how_far(request: DeskRequest, room: Room) -> dict[str, Any]:
    """The progress that is always in sight, of the answers that the visitor may read."""
    live = [question for question in room.reading.questions.values() if question.is_live]
    answers = found(room, Wanted(), me(request), request.roles) if live else room.reading.corpus.ids()
    return {
        "progress": progress(room.state, answers),
        "live": live,
        "may_read_live": may_read_live(request.roles),
        "waiting": sum(room.reading.waiting.values()),
    }


def names(keys: set[str]) -> Mapping[str, str]:
    """The names of those who acted, by what the log calls them."""
    numbers = [key.partition(":")[2] for key in keys if key.startswith("staff:")]
    staff = Staff.objects.filter(pk__in=[one for one in numbers if one.isdecimal()])
    called = {f"staff:{one.pk}": one.name for one in staff}
    others = {"host": "the command line", "system": "Canvass"}
    return {key: called.get(key) or others.get(key.partition(":")[0], "a former colleague") for key in keys}


def back(request: DeskRequest, study: Study, anchor: str = "") -> HttpResponse:
    """To the page that a form came from, at the answer that it was about."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None) or not target.startswith("/"):
        target = study.get_absolute_url()
    return redirect(f"{target.partition('#')[0]}{f'#{anchor}' if anchor else ''}")
