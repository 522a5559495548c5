"""Exhibits over time. The well-being means are the published ones; days, bases and limits are made up."""

import json
from datetime import date, timedelta
from math import sin

from specimens import PUBLISHED, caution_of

from canvass.figures import TrendExhibit
from canvass.instrument.model import Item, Kind, Option, Scale
from canvass.tables import Change, Event, Figure, Line, Trend, Wave
from canvass.tables.disclosure import Audience, release

SOURCE = "repeated well-being poll of the panel"
QUESTIONS = {
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
    "happy": "Overall, how happy did you feel yesterday?",
    "anxious": "Overall, how anxious did you feel yesterday?",
}
LOCKDOWNS = (
    Event(date(2020, 3, 26), "First lockdown", date(2020, 7, 4)),
    Event(date(2020, 11, 5), "Second", date(2020, 12, 2)),
    Event(date(2021, 1, 6), "Third", date(2021, 3, 29)),
)


def wave(place: int, first: date, base: int, wording: int = 1, title: str = "") -> Wave:
    last = first + timedelta(days=13)
    name = title or f"Poll of {first:%B %Y}"
    return Wave(f"poll-{place}", name, first, last, base + 6, base, float(base), caution_of(base), wording)


def waves(bases: list[int], breaks: tuple[int, ...] = (), every: int = 45, start=date(2020, 4, 14)):
    return tuple(
        wave(i, start + timedelta(days=every * i), base, 1 + sum(i >= b for b in breaks))
        for i, base in enumerate(bases)
    )


def number(value, one, statistic="mean", option=None, reach=0.4):
    if value is None:
        return None
    low = max(value - reach, 0.0) if statistic == "share" else value - reach
    df = one.base - 1
    return Figure(
        statistic, option, "", one.base, value, reach / 2, df, low, value + reach, "t", 1.0, one.caution
    )


def line(values, found, statistic="mean", option=None, label="mean", reach=0.4, changes=None):
    nothing = (None,) * len(found)
    pairs = zip(values, found, strict=True)
    shown = tuple(number(value, one, statistic, option, reach) for value, one in pairs)
    return Line(statistic, option, label, shown, changes or nothing, nothing)


def rated(name: str, values, found, events=(), **more) -> Trend:
    scale = Scale(0, 10, "not at all", "completely")
    item = Item(name, Kind.RATING, QUESTIONS[name], scale=scale, bank=f"ons4.{name}")
    return Trend(f"ons4.{name}", item, None, found, (line(values, found, **more),), events)


def well_being(**more) -> TrendExhibit:
    means = json.loads((PUBLISHED / "wellbeing.json").read_text())["mean"]
    found = waves([97, 101, 88, 120, 104, 99, 101, 112, 115])
    trends = tuple(rated(name, means[name], found, LOCKDOWNS) for name in QUESTIONS)
    return TrendExhibit(trends=trends, source=SOURCE, **more)


def one_line() -> TrendExhibit:
    means = json.loads((PUBLISHED / "wellbeing.json").read_text())["mean"]["happy"]
    found = waves([97, 101, 88, 120, 104, 99, 101, 112, 115])
    change = Change(7, -0.3, 0.2, 99, -0.6, 0.1, 0.14, 0.42, None)
    return TrendExhibit(
        trends=(rated("happy", means, found, LOCKDOWNS, changes=(*(None,) * 8, change)),), source=SOURCE
    )


def one_wave() -> TrendExhibit:
    return TrendExhibit(trends=(rated("happy", [6.4], waves([97])),), source=SOURCE)


def many_waves() -> TrendExhibit:
    """Thirty waves, some with few people, with a change of wording, and events close together."""
    bases = [34, 60, 24, 8, *[110 + i for i in range(26)]]
    values = [6 + 1.6 * sin(i / 4) for i in range(30)]
    events = tuple(
        Event(
            date(2021, 1, 4) + timedelta(days=8 * i), f"Something that happened in week {i + 1} of that year"
        )
        for i in range(5)
    )
    found = release([rated("anxious", values, waves(bases, (12, 22)), events)], Audience.PUBLIC)
    return TrendExhibit(trends=found, source=SOURCE)


def gaps() -> TrendExhibit:
    """Shares; one answer was not always offered, one is never chosen, one by a few."""
    found = waves([120, 130, 28, 140, 150], (3,), every=150)
    shares = {
        "every week": [0.6, 0.55, 0.5, 0.6, 0.62],
        "once a month or more often than that": [0.2, None, 0.1, 0.3, 0.2],
        "never": [0.0] * 5,
        "once": [0.004, 0.005, 0.004, 0.003, 0.004],
    }
    item = Item("hours", Kind.SINGLE, "How often do you work beyond your hours?",
                options=tuple(Option(label, label) for label in shares))  # fmt: skip
    lines = tuple(line(v, found, "share", label, label, 0.08) for label, v in shares.items())
    return TrendExhibit(trends=(Trend("hours", item, None, found, lines),), statistic="share", source=SOURCE)


def promoters() -> TrendExhibit:
    found = waves([120, 130, 125], every=300)
    item = Item("recommend", Kind.RATING, "How likely are you to recommend your employer?", scale=Scale())
    lines = (line([-12.0, 4.0, 18.0], found, "nps", reach=14.0),)
    return TrendExhibit(
        trends=(Trend("recommend", item, None, found, lines),), statistic="nps", source=SOURCE
    )


SPECIMENS = {
    "trend-well-being": well_being,
    "trend-one": one_line,
    "trend-one-wave": one_wave,
    "trend-many-waves": many_waves,
    "trend-gaps": gaps,
    "trend-promoters": promoters,
}
