"""The maker of the demo: pure, seeded, the same for the same day."""

from collections.abc import Callable
from datetime import date

from canvass.cli.demo.chance import seeded
from canvass.cli.demo.content import calendar
from canvass.cli.demo.participation import answered
from canvass.cli.demo.people import people, profile_fields, workforce
from canvass.cli.demo.plan import DemoPlan, DemoPoll, Stage
from canvass.cli.demo.schedule import planned
from canvass.cli.demo.studying import studies

ANSWERED = (Stage.PUBLISHED, Stage.CLOSED, Stage.OPEN)


def make_demo(today: date, seed: int = 1, *, say: Callable[[int, int], None] | None = None) -> DemoPlan:
    """Two years of the invented panel as they look on `today`.

    say: called with (polls made, polls in all) after each poll. Nothing is read but the package's content.
    """
    panel = calendar()["panel"]
    schedule = planned(today)
    everybody = people(schedule[0].poll.opens, today, seeded(seed, today, "people"))
    polls: list[DemoPoll] = []
    for number, one in enumerate(schedule, start=1):
        rng = seeded(seed, today, one.poll.slug)
        polls.append(answered(one, everybody, today, rng) if one.poll.stage in ANSWERED else one.poll)
        if say is not None:
            say(number, len(schedule))
    return DemoPlan(
        today=today,
        slug=panel["slug"],
        name=panel["name"],
        people=panel["people"],
        fields=profile_fields(),
        workforce=workforce(),
        members=tuple(one.member for one in everybody),
        polls=tuple(polls),
        studies=studies(polls),
    )
