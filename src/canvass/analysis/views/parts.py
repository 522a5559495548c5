"""The parts of the Figures tab, and which of them these roles may open."""

from typing import NamedTuple

from django.urls import reverse

from canvass.polls.models import Poll
from canvass.team.access import policy_table
from canvass.team.request import DeskRequest


class Part(NamedTuple):
    label: str
    href: str
    current: bool


PARTS = (
    ("Toplines", "analysis:tab"),
    ("Crosstabs", "analysis:crosstab"),
    ("Weights", "analysis:weights"),
)


def parts(request: DeskRequest, poll: Poll) -> dict[str, list[Part]]:
    """For the context of a page: every part, the present one marked."""
    match = request.resolver_match
    here = match.view_name if match else ""
    allowed = [(label, route) for label, route in PARTS if policy_table()[route].roles & request.roles]
    links = [
        Part(label, reverse(route, args=[poll.panel.slug, poll.slug]), route == here)
        for label, route in allowed
    ]
    return {"parts": links if len(links) > 1 else []}
