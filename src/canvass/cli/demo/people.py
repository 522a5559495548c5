"""The members of the demo's panel, and what is hidden in them: strain, zeal and temper."""

import math
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from canvass.cli.demo.content import membership
from canvass.cli.demo.plan import DemoField, DemoMember, DemoWorkforce
from canvass.cli.demo.schedule import ZONE

YEAR = 365.25
WORDS = ("alder", "amber", "birch", "bramble", "brook", "cedar", "clover", "coral", "dove", "fern", "finch",
    "flint", "gorse", "hazel", "heron", "juniper", "kestrel", "larch", "linnet", "maple", "meadow", "moss",
    "oak", "otter", "pebble", "pine", "plover", "reed", "rowan", "rush", "sedge", "sorrel", "sparrow", "teal",
    "thistle", "thrush", "vale", "willow", "wren", "yarrow")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A member with what no screen of the product shows.

    strain: how hard work weighs, mean about 0 and standard deviation about 1. zeal: how readily they answer.
    """

    member: DemoMember
    strain: float
    zeal: float


def profile_fields() -> tuple[DemoField, ...]:
    return tuple(
        DemoField(
            field["name"],
            field["label"],
            tuple(field["options"]),
            {label: option["group"] for label, option in field["options"].items() if "group" in option},
        )
        for field in membership()["fields"]
    )


def workforce() -> DemoWorkforce:
    """The profession that the panel is compared with."""
    told = membership()["workforce"]
    shares = {
        name: {option: people / sum(counts.values()) for option, people in counts.items()}
        for name, counts in told["fields"].items()
    }
    return DemoWorkforce(told["source"], shares)


def people(first_poll: datetime, today: date, rng: random.Random) -> list[Person]:
    """Everybody who ever signed up, in order of joining."""
    how = membership()
    joinings = sorted(_joinings(first_poll, today, rng), key=lambda one: one[0])
    found = [_person(number, at, source, today, rng) for number, (at, source) in enumerate(joinings)]
    _leave_unconfirmed(found, how["never_confirmed"], rng)
    _pause(found, how["paused_now"], today, rng)
    return found


def _joinings(first_poll: datetime, today: date, rng: random.Random) -> Iterator[tuple[datetime, str]]:
    how = membership()
    span = (today - first_poll.date()).days
    launch, events = how["launch"], how["events"]
    for _ in range(launch["members"]):
        yield _moment(first_poll.date() - timedelta(days=1 + rng.randrange(launch["days"])), rng), "launch"
    for event in events:
        day = first_poll.date() + timedelta(days=round(span * event["at"]))
        for _ in range(event["members"]):
            yield _moment(day + timedelta(days=min(3, int(rng.expovariate(1.4)))), rng), event["code"]
    total = how["joined"] + how["never_confirmed"]
    for _ in range(total - launch["members"] - sum(event["members"] for event in events)):
        day = first_poll.date() + timedelta(days=rng.randrange(span))
        yield _moment(day, rng), _drawn(how["sources"], rng)


def _moment(day: date, rng: random.Random) -> datetime:
    at = time(rng.choice((8, 9, 11, 12, 12, 13, 15, 16, 19, 20, 21)), rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, at, tzinfo=ZONE)


def _person(number: int, joined: datetime, source: str, today: date, rng: random.Random) -> Person:
    how = membership()
    profile: dict[str, str] = {}
    strain = rng.gauss(0, 0.9)
    for field in how["fields"]:
        label = _drawn(_shares(field, profile), rng)
        profile[field["name"]] = label
        strain += field["options"][label].get("strain", 0)
    confirmed = joined + timedelta(minutes=2 + int(rng.expovariate(1 / 90)))
    member = DemoMember(
        key=f"{rng.getrandbits(128):032x}",
        address=f"{rng.choice(WORDS)}.{number + 1:04d}@example.org",
        profile=profile,
        source=source,
        linked=rng.random() < how["agreed_to_linking"],
        joined=joined,
        confirmed=confirmed,
    )
    return Person(_departed(member, today, rng), strain, rng.gammavariate(0.7, 1.0) + 0.05)


def _shares(field: Mapping[str, Any], profile: Mapping[str, str]) -> dict[str, float]:
    """The shares of a field's options, given what is drawn already: years go with the role."""
    shares = {label: float(option["share"]) for label, option in field["options"].items()}
    if field["name"] != "years":
        return shares
    if profile["role"] == "Newly qualified social worker":
        return {label: share * (label == "Under 2") for label, share in shares.items()}
    junior = 0.15 if profile["role"] == "Social worker" else 0.0
    return shares | {"Under 2": shares["Under 2"] * junior}


def _departed(member: DemoMember, today: date, rng: random.Random) -> DemoMember:
    yearly = membership()["yearly"]
    end = datetime.combine(today, time(0), tzinfo=ZONE)
    left, bounced = (member.joined + _stay(yearly[name], rng) for name in ("left", "bounced"))
    if min(left, bounced) >= end:
        return member
    return replace(member, left=left) if left < bounced else replace(member, bounced=bounced)


def _stay(yearly: float, rng: random.Random) -> timedelta:
    """How long somebody stays when this share goes every year."""
    return timedelta(days=3 + YEAR * rng.expovariate(-math.log(1 - yearly)))


def _leave_unconfirmed(found: list[Person], count: int, rng: random.Random) -> None:
    for place in rng.sample(range(len(found)), count):
        member = replace(found[place].member, confirmed=None, left=None, bounced=None)
        found[place] = replace(found[place], member=member)


def _pause(found: list[Person], count: int, today: date, rng: random.Random) -> None:
    staying = [place for place, one in enumerate(found) if one.member.confirmed and not _gone(one.member)]
    for place in rng.sample(staying, count):
        until = today + timedelta(days=rng.randrange(5, 60))
        found[place] = replace(found[place], member=replace(found[place].member, paused_until=until))


def _gone(member: DemoMember) -> bool:
    return member.left is not None or member.bounced is not None


def _drawn(shares: Mapping[str, float], rng: random.Random) -> str:
    return rng.choices(list(shares), list(shares.values()))[0]
