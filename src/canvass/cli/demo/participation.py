"""Who is mailed a poll, who looks at it, who answers, and on which day."""

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from canvass.cli.demo.answering import Answering, up_to
from canvass.cli.demo.people import Person
from canvass.cli.demo.plan import DemoHandIn, DemoPoll
from canvass.cli.demo.schedule import ZONE, Planned
from canvass.instrument import pages, taps

FEWEST, MOST = 33, 135  # answers to an ordinary poll
LOWEST, HIGHEST = 0.32, 0.76  # views that become answers
SPECIAL = 0.11  # of those mailed
# Of all views, on each day after the mailing; the eighth is the day of the reminder.
DAYS = (30, 14, 8, 5, 4, 3, 2, 14, 7, 4, 3, 2, 2, 2)
TIRING = 0.45  # how fast zeal fades, a year
EASING = 0.1  # how much less work weighs, a year


def answered(planned: Planned, everybody: Sequence[Person], today: date, rng: random.Random) -> DemoPoll:
    """The poll with all that was handed in up to today."""
    poll = planned.poll
    mailed = [one for one in everybody if one.member.mailable(poll.opens)]
    elapsed = min((today - poll.opens.date()).days, len(DAYS))
    end = min(poll.closes, datetime.combine(today, time(23), tzinfo=ZONE))
    there = [one for one in mailed if one.member.mailable(end)]
    voters, lookers = _who(planned, there, sum(DAYS[:elapsed]) / sum(DAYS), rng)
    answering = Answering(poll.instrument, planned.template.habits, rng)
    days = [poll.opens.date() + timedelta(days=day) for day in range(elapsed)]
    weights = DAYS[:elapsed]
    found = [DemoHandIn(one.member.key, rng.choices(days, weights)[0], {}, 0) for one in lookers]
    for one in voters:
        day = rng.choices(days, weights)[0]
        strain = 0.85 * one.strain + season(day) + easing(day, today) + rng.gauss(0, 0.45)
        found.append(_hand_in(poll, one.member.key, day, answering.answers(one.member.key, strain), rng))
    found.sort(key=lambda one: (one.day, one.member))
    return replace(poll, mailed=tuple(one.member.key for one in mailed), hand_ins=tuple(found))


def _who(
    planned: Planned, there: Sequence[Person], share: float, rng: random.Random
) -> tuple[list[Person], list[Person]]:
    """Those who answer, and those who look and go away."""
    wanted = _wanted(planned, len(there), rng)
    conversion = min(max(planned.template.conversion + rng.gauss(0, 0.012), LOWEST), HIGHEST)
    at = planned.poll.opens
    viewers = sorted(there, key=lambda one: rng.expovariate(_zeal(one, at)))
    viewers = viewers[: round(wanted / conversion * share)]
    rng.shuffle(viewers)
    number = round(wanted * share)
    return viewers[:number], viewers[number:]


def _wanted(planned: Planned, mailed: int, rng: random.Random) -> int:
    """How many answers the poll gets in its whole fortnight."""
    luck = 1 + rng.gauss(0, 0.05)
    if planned.poll.special:
        return round(SPECIAL * mailed * luck * math.sqrt(planned.template.appeal / 1.2))
    winter = 0.85 if planned.poll.opens.month == 12 else 1.0
    usual = 76 * (mailed / 800) ** 0.45
    return min(max(round(usual * planned.template.appeal * luck * winter), FEWEST), MOST)


def _zeal(one: Person, at: datetime) -> float:
    years = (at - one.member.joined).days / 365
    return one.zeal * math.exp(-TIRING * years)


def _hand_in(poll: DemoPoll, member: str, day: date, given: dict[str, Any], rng: random.Random) -> DemoHandIn:
    """What is handed in: everything, or what stands on the pages before somebody gave up."""
    last = len(pages(poll.instrument)) - 1
    if last and rng.random() < min(0.25, 0.02 + 0.005 * taps(poll.instrument)):
        reached = rng.randrange(last)
        return DemoHandIn(member, day, up_to(poll.instrument, given, reached), reached)
    return DemoHandIn(member, day, given)


def season(day: date) -> float:
    """What the time of year adds to everybody's strain: most in deep winter and before the summer break."""
    year = datetime.combine(day, time(0), tzinfo=ZONE).timetuple().tm_yday / 365
    return 0.22 * math.cos(2 * math.pi * (year - 0.02)) + 0.12 * math.cos(4 * math.pi * (year - 0.02))


def easing(day: date, today: date) -> float:
    """What has slowly lifted: the longer ago, the more work weighed."""
    return EASING * (today - day).days / 365
