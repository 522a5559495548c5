"""The poll room: one header and five tabs for every page about a poll, whichever app draws it.

A page of the room renders a template that extends "polls/room.html" with this context and its own:
`render(request, "fieldwork/tab.html", room.context(request, poll, "fieldwork") | {"funnel": …})`.
"""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from canvass.polls import doors, queries
from canvass.polls.doors import NOTHING
from canvass.polls.models import Poll
from canvass.polls.states import MOVES, State, may
from canvass.team.access import Role
from canvass.team.request import DeskRequest

TABS = (
    ("questions", "Questions", "polls:room"),
    ("fieldwork", "Fieldwork", "fieldwork:tab"),
    ("figures", "Figures", "analysis:tab"),
    ("words", "Words", "coding:tab"),
    ("report", "Report", "polls:report"),
)
WRITERS = frozenset({Role.OWNER, Role.POLL_AUTHOR})
MOVERS = WRITERS | {Role.PANEL_MANAGER}


@dataclass(frozen=True, slots=True)
class Step:
    """The one next action: what it says and the route it leads to."""

    label: str
    route: str


def poll_or_404(request: DeskRequest, slug: str) -> Poll:
    try:
        return queries.poll(request.panel, slug)
    except Poll.DoesNotExist as error:
        raise Http404 from error


def context(request: DeskRequest, poll: Poll, tab: str) -> dict[str, Any]:
    """What the header and the tabs need. `tab` is the one that is shown: "questions", "fieldwork", …"""
    count = doors.counts(poll.panel, [poll.pk]).get(poll.pk, NOTHING)
    return {
        "poll": poll,
        "tab": tab,
        "tabs": TABS,
        "answers": queries.shown_count(poll, count),
        "count": count,
        "step": next_step(poll, request.roles),
        "may_write": bool(request.roles & WRITERS),
        "may_move": bool(request.roles & MOVERS),
        "verbs": [verb for verb in MOVES if verb != "publish" and may(verb, poll.state)],  # see Figures
    }


def next_step(poll: Poll, roles: frozenset[Role]) -> Step | None:
    """The one thing to do next with a poll in its state, for somebody who may do it."""
    match State(poll.state):
        case State.DRAFT if poll.faults or not roles & MOVERS:
            return None
        case State.DRAFT:
            return Step("Schedule", "polls:schedule")
        case State.SCHEDULED:
            return Step("Invitations", "fieldwork:tab")
        case State.OPEN if poll.collected_elsewhere and roles & MOVERS:
            return Step("Close", "polls:close")
        case State.OPEN:
            return Step("Fieldwork", "fieldwork:tab")
        case State.CLOSED:
            return Step("Figures", "analysis:tab")
        case State.PUBLISHED:
            return Step("Figures", "analysis:tab")
    return None
