"""When each poll of the demo was, seen from its today: one a fortnight on a Tuesday, pauses in August and at
the turn of the year, and a special series in the weeks between."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from canvass import instrument
from canvass.cli.demo.content import Template, calendar, template
from canvass.cli.demo.plan import DemoPoll, Stage
from canvass.instrument import Instrument

ZONE = ZoneInfo("Europe/London")
FORTNIGHT = timedelta(days=14)
TUESDAY = 1
NEAR = 31  # days from the middle of its month within which a seasonal poll may open


@dataclass(frozen=True, slots=True)
class Planned:
    """One poll with its dates, not yet answered."""

    template: Template
    poll: DemoPoll


def planned(today: date) -> list[Planned]:
    """All polls in order of opening, the draft last. The open one opened two to eight days before today."""
    content = calendar()
    latest = today - timedelta(days=(today.weekday() - TUESDAY - 2) % 7 + 2)
    slots = _slots(latest, sum(len(names) for names in content["closed"].values()))
    found = [*_ordinary(slots), *_special(slots)]
    found.sort(key=lambda one: one.poll.opens)
    ahead = [
        _planned(content["open"], Stage.OPEN, latest),
        _planned(content["scheduled"], Stage.SCHEDULED, latest + FORTNIGHT),
        _draft(content["draft"]),
    ]
    return [*found, *ahead]


def _slots(latest: date, count: int) -> list[date]:
    """Opening days of the closed polls, the newest first."""
    days = _fortnights_before(latest)
    return [next(days) for _ in range(count)]


def _fortnights_before(day: date) -> Iterator[date]:
    while True:
        day -= FORTNIGHT
        if not _pause(day):
            yield day


def _pause(day: date) -> bool:
    return (day.month, day.day) >= (12, 20) or (day.month == 8 and 8 <= day.day <= 21)


def _ordinary(slots: list[date]) -> Iterator[Planned]:
    content = calendar()
    cycle = content["cycle"]
    waiting = {category: list(names) for category, names in content["closed"].items()}
    turns = [(day, cycle[(number + 1) % len(cycle)]) for number, day in enumerate(slots)]
    for day, category in reversed(turns):
        name = _due(waiting[category], day)
        waiting[category].remove(name)
        stage = Stage.CLOSED if day == slots[0] else Stage.PUBLISHED
        yield _planned(name, stage, day)


def _due(waiting: list[str], day: date) -> str:
    """The poll whose month it is; else the next without a month; else the next."""
    seasonal = [name for name in waiting if (month := template(name).month) and _near(day, month)]
    undated = [name for name in waiting if template(name).month is None]
    return [*seasonal, *undated, *waiting][0]


def _near(day: date, month: int) -> bool:
    middles = (date(year, month, 15) for year in (day.year - 1, day.year, day.year + 1))
    return min(abs((day - middle).days) for middle in middles) <= NEAR


def _special(slots: list[date]) -> Iterator[Planned]:
    content = calendar()
    for name, ago in zip(content["special"], content["special_after"], strict=True):
        yield _planned(name, Stage.PUBLISHED, slots[ago] + timedelta(days=7), special=True)


def _planned(name: str, stage: Stage, day: date, *, special: bool = False) -> Planned:
    opens = datetime.combine(day, time(9))
    closes = datetime.combine(day + FORTNIGHT, time(17))
    header = f"poll: {name}-{day:%Y-%m}\nopens: {opens:%Y-%m-%dT%H:%M}\ncloses: {closes:%Y-%m-%dT%H:%M}\n"
    return _read(name, header, stage, special=special)


def _draft(name: str) -> Planned:
    return _read(name, f"poll: {name}\n", Stage.DRAFT)


def _read(name: str, header: str, stage: Stage, *, special: bool = False) -> Planned:
    found = template(name)
    text = header + found.body.rstrip() + "\n"
    read: Instrument = instrument.load(text, name=f"{name}.yaml", zone=ZONE.key)
    return Planned(found, DemoPoll(stage, text, read, special))
