"""The funnel of a poll: how many were there to be asked, were mailed, opened it, answered, finished.

While a poll is open, everything that comes from answers is told in steps of five, rounded down, so that no
single hand-in can be watched. Took part = ballots + withdrawn.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from canvass import tables
from canvass.fieldwork import outbox
from canvass.fieldwork.mailings import ARRIVED, MAILED, Outbox, Round
from canvass.fieldwork.models import (
    Ballot,
    ClosingBreakdowns,
    CollectedElsewhere,
    Participation,
    Withdrawal,
)
from canvass.instrument import Instrument, Missing
from canvass.panel import profiles
from canvass.panel import queries as panels
from canvass.panel.models import Standing
from canvass.polls import queries as polls
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.tables import disclosure, values
from canvass.tables.disclosure import Audience, in_steps
from canvass.tables.funnel import Breakdown, Conversion, GroupCount, ItemCount, Step, conversion
from canvass.tables.values import Reason, Suppressed

BROKEN_DOWN_BY = ("role", "region")
NOT_SAID = "Not said"
MAILED_AT = 2  # the place of "Mailed" among the steps


@dataclass(frozen=True, slots=True)
class Funnel:
    """Everything that the Fieldwork tab counts."""

    counts: tables.Funnel
    took_part: int
    withdrawn: int
    participation: Conversion  # of those mailed
    completion: Conversion  # of those who took part
    breakdowns: Sequence[Breakdown]
    measured: bool  # False: the answers were collected elsewhere


def funnel_of(poll: Poll, *, now: datetime) -> Funnel:
    """The poll's funnel as it stands."""
    live = poll.state == State.OPEN
    took_part, withdrawn = _took_part(poll)
    counts = _People.of(poll)
    elsewhere = CollectedElsewhere.objects.filter(panel=poll.panel_id, poll=poll.pk).first()
    mailed = elsewhere.invited if elsewhere else counts.mailed
    told = in_steps if live else _exact
    steps = _imported(mailed, told(took_part)) if elsewhere else _steps(poll, counts, now=now, told=told)
    items = tuple(_items(poll, live=live))
    finished = None if elsewhere else told(counts.finished)
    counted = tables.Funnel(poll.title, tuple(steps), items, 0 if elsewhere else MAILED_AT, live)
    (shown,) = disclosure.release([counted], Audience.TEAM)
    return Funnel(
        counts=shown,
        took_part=told(took_part),
        withdrawn=told(withdrawn),
        participation=conversion(told(took_part), mailed),
        completion=conversion(finished, told(took_part)),
        breakdowns=() if elsewhere else _kept_breakdowns(poll) or _breakdowns(poll, live=live),
        measured=elsewhere is None,
    )


def _exact(number: int) -> int:
    return number


@dataclass(frozen=True, slots=True)
class _People:
    """Members of the panel by what the outbox and their participation say, before any rounding."""

    mailed: int
    accepted: int
    opened: int
    answered: int
    finished: int

    @classmethod
    def of(cls, poll: Poll) -> "_People":
        states = outbox.counts(poll.panel_id, poll.pk)
        first = {state: number for (round_, state), number in states.items() if round_ == Round.INVITATION}
        days = Participation.objects.filter(panel=poll.panel_id, poll=poll.pk).aggregate(
            **{name: Count(name) for name in ("opened", "answered", "finished")}
        )
        return cls(
            mailed=sum(first.get(state, 0) for state in MAILED),
            accepted=sum(first.get(state, 0) for state in ARRIVED),
            **days,
        )


def _steps(poll: Poll, counts: _People, *, now: datetime, told: Callable[[int], int]) -> list[Step]:
    over = poll.state in (State.CLOSED, State.PUBLISHED) and poll.closes_at
    day = (min(now, poll.closes_at) if over and poll.closes_at else now).astimezone(poll.zone).date()
    held = panels.standing_on(poll.panel, day)
    return [
        Step("Registered", held.registered),
        Step("Can be mailed", held.mailable),
        Step("Mailed", counts.mailed),
        Step("Accepted by the mail server", counts.accepted),
        Step("Opened", told(counts.opened)),
        Step("Answered a question", told(counts.answered)),
        Step("Finished", told(counts.finished)),
    ]


def _imported(mailed: int | None, took_part: int) -> list[Step]:
    return [Step("Invited elsewhere", mailed), Step("Opened", None), Step("Took part", took_part)]


def _took_part(poll: Poll) -> tuple[int, int]:
    """Ballots + withdrawn, and withdrawn."""
    ballots = Ballot.objects.filter(panel=poll.panel_id, poll=poll.pk).count()
    kept = (
        Withdrawal.objects.filter(panel=poll.panel_id, poll=poll.pk).values_list("count", flat=True).first()
    )
    return ballots + (kept or 0), kept or 0


def _items(poll: Poll, *, live: bool) -> list[ItemCount]:
    """Each question in order: asked = ballots to which it was shown; answered = its base."""
    if not poll.version:
        return []
    told = in_steps if live else _exact
    questions: Instrument = polls.instrument_of(poll)
    asked: Counter[str] = Counter()
    answered: Counter[str] = Counter()
    ballots = Ballot.objects.filter(panel=poll.panel_id, poll=poll.pk).values_list("shown", "answers")
    for shown, answers in ballots.iterator():
        asked.update(shown)
        answered.update(item for item in shown if _in_base(answers.get(item)))
    return [
        ItemCount(number, item.text, told(asked[item.id]), told(answered[item.id]))
        for number, item in enumerate(questions, start=1)
    ]


def _in_base(answer: object) -> bool:
    return answer is not None and answer != {"missing": Missing.PREFER_NOT_TO_SAY.value}


def keep_breakdowns(poll: Poll) -> None:
    """Keep the breakdowns of a closed poll as they are told from now on; part of counting it."""
    kept = [[one.label, [_to_keep(group) for group in one.groups]] for one in _breakdowns(poll, live=False)]
    ClosingBreakdowns.objects.get_or_create(poll=poll, defaults={"panel": poll.panel, "told": kept})


def _to_keep(group: GroupCount) -> tuple[str, int | None, int | None]:
    return group.label, values.told(group.mailed), values.told(group.took_part)


def _kept_breakdowns(poll: Poll) -> tuple[Breakdown, ...]:
    kept = ClosingBreakdowns.objects.filter(poll=poll).first()
    return tuple(
        Breakdown(label, label, tuple(_kept_group(*group) for group in groups))
        for label, groups in (kept.told if kept else ())
    )


def _kept_group(label: str, mailed: int | None, took_part: int | None) -> GroupCount:
    """A group as it came out of the door when the poll was counted."""
    if mailed is None or took_part is None:
        hidden = Suppressed(Reason.SMALL_GROUP)
        return GroupCount(label, hidden, hidden)
    return GroupCount(label, mailed, took_part)


def _breakdowns(poll: Poll, *, live: bool) -> tuple[Breakdown, ...]:
    """Mailed and took part by role and region, as members' profiles stand now and as the team may see it."""
    fields = [field for field in profiles.fields_of(poll.panel) if field.name in BROKEN_DOWN_BY]
    if not fields:
        return ()
    invited = Outbox.objects.filter(
        panel=poll.panel_id, poll=poll.pk, round=Round.INVITATION, state__in=MAILED
    ).values_list("member", flat=True)
    took_part = set(
        Participation.objects.filter(panel=poll.panel_id, poll=poll.pk).values_list("member", flat=True)
    )
    known = dict(Standing.objects.filter(panel_id=poll.panel_id).values_list("member", "profile"))
    people = [(known.get(member, {}), member in took_part) for member in invited]
    counted = [
        Breakdown(field.name, field.label, _groups(field.name, [*field.options, ""], people), stepped=live)
        for field in fields
    ]
    return disclosure.release(counted, Audience.TEAM)


def _groups(
    name: str, options: Sequence[str], people: Sequence[tuple[dict[str, str], bool]]
) -> tuple[GroupCount, ...]:
    mailed = Counter(_option(profile, name, options) for profile, _voted in people)
    voted = Counter(_option(profile, name, options) for profile, took_part in people if took_part)
    return tuple(
        GroupCount(option or NOT_SAID, mailed[option], voted[option]) for option in options if mailed[option]
    )


def _option(profile: dict[str, str], name: str, options: Sequence[str]) -> str:
    said = profile.get(name, "")
    return said if said in options else ""
