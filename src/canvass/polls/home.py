"""What the desk's first page shows: what needs the team now, polls under way, the week, the growth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse

from canvass.panel import queries as members
from canvass.panel.states import State as Standing
from canvass.polls import doors, queries
from canvass.polls.doors import NOTHING, PollCount
from canvass.polls.models import Poll
from canvass.polls.queries import Filters, Row
from canvass.polls.states import State
from canvass.tables.disclosure import in_steps
from canvass.team.models import Panel

SOON = timedelta(days=2)
LATE = timedelta(minutes=5)
WEEK = timedelta(days=7)
RECENT = 4 * WEEK
WEEKS_DRAWN = 26
_TABS = {State.OPEN: "fieldwork:tab", State.CLOSED: "analysis:tab"}  # the others wait on the Questions tab
_LIVE = (State.OPEN, State.CLOSED, State.DRAFT, State.SCHEDULED)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for the team: what, why, where it is done, and since or until when."""

    title: str
    what: str
    address: str
    word: str = ""  # what happens or happened then: "Closes"
    when: datetime | None = None
    state: str = ""  # of the poll, if it is about one
    late: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """Ballots begun by members in seven days, today the last, and in the seven before; in steps."""

    this: int
    before: int


@dataclass(frozen=True, slots=True)
class Growth:
    """Registered members at the end of each week, the present one last."""

    registered: tuple[int, ...]

    @property
    def today(self) -> int:
        return self.registered[-1]

    @property
    def change(self) -> int:
        """Over the last four weeks."""
        return self.today - self.registered[-5]

    @property
    def in_words(self) -> str:
        return f"Registered members over half a year: from {self.registered[0]:,} to {self.today:,}"


def tasks(panel: Panel, now: datetime) -> list[Task]:
    """What needs the team now in its polls, the most pressing first."""
    polls = Poll.objects.filter(panel=panel, state__in=_LIVE).defer("text").select_related("panel")
    ordered = sorted(polls.order_by("closes_at", "pk"), key=lambda poll: _LIVE.index(State(poll.state)))
    counts = doors.counts(panel, [poll.pk for poll in ordered if poll.state in (State.OPEN, State.CLOSED)])
    found = [task for poll in ordered if (task := _task(poll, counts.get(poll.pk, NOTHING), now))]
    return sorted(found, key=lambda task: not task.late)


def bounces(panel: Panel, now: datetime) -> list[Task]:
    """One task where addresses stopped working within four weeks and still do not work."""
    bounced = members.members(panel, state=Standing.BOUNCED)
    since = now - RECENT
    count = bounced.filter(events__state=Standing.BOUNCED, events__at__gte=since).distinct().count()
    if not count:
        return []
    title = "1 address no longer works" if count == 1 else f"{count:,} addresses no longer work"
    address = reverse("panel:members", args=[panel.slug]) + f"?state={Standing.BOUNCED}"
    return [Task(title, "See who cannot be mailed any more", address, "Since", since)]


def under_way(panel: Panel) -> list[Row]:
    """The polls that members can answer now, the first to close first; then those that open by themselves."""
    return [
        *queries.listed(panel, Filters(state=State.OPEN, sort="closes")),
        *queries.listed(panel, Filters(state=State.SCHEDULED, sort="opens")),
    ]


def week(panel: Panel, today: date) -> Week:
    """Responses of the week that ends today and of the one before it."""
    begins = today - WEEK
    by_day = doors.hand_ins(panel, begins - WEEK + timedelta(days=1))
    this = sum(count for day, count in by_day.items() if begins < day <= today)
    before = sum(count for day, count in by_day.items() if day <= begins)
    return Week(in_steps(this), in_steps(before))


def growth(panel: Panel, today: date) -> Growth:
    """Half a year of the panel, week by week."""
    return Growth(tuple(count.registered for count in members.standing_over(panel, _week_ends(today))))


def _week_ends(today: date) -> Sequence[date]:
    return [today - back * WEEK for back in range(WEEKS_DRAWN, -1, -1)]


def _task(poll: Poll, count: PollCount, now: datetime) -> Task | None:
    """The one thing that a poll waits for, if it waits for anybody."""
    for holds, what, word, when in _waits(poll, count, now):
        if holds:
            late = poll.state == State.SCHEDULED
            return Task(poll.title, what, _place(poll), word, when, poll.state, late)
    return None


def _place(poll: Poll) -> str:
    """The tab on which a poll's task is done."""
    route = _TABS.get(State(poll.state))
    if route is None or (poll.collected_elsewhere and poll.state == State.OPEN):
        return poll.get_absolute_url()
    return reverse(route, args=[poll.panel.slug, poll.slug])


def _waits(poll: Poll, count: PollCount, now: datetime) -> Iterator[tuple[bool, str, str, datetime | None]]:
    """(whether it holds, what to do, what happens when, when): the first that holds is the poll's task."""
    match State(poll.state):
        case State.DRAFT:
            yield poll.faults > 0, "Mend the faults of its text", "Changed", poll.changed_at
            yield True, "Schedule it: it has no faults", "Changed", poll.changed_at
        case State.SCHEDULED:
            overdue = poll.opens_at is not None and poll.opens_at < now - LATE
            yield overdue, "Open it by hand: it did not open by itself", "Was to open", poll.opens_at
        case State.OPEN:
            elsewhere = poll.collected_elsewhere
            yield elsewhere, "Close it when all answers are imported", "Opened", poll.opens_at
            yield (
                count.mailed is None,
                "Send its invitations: nobody has been mailed",
                "Opened",
                poll.opens_at,
            )
            closing = poll.closes_at is not None and poll.closes_at < now + SOON
            yield closing, "Remind those who have not answered", "Closes", poll.closes_at
        case State.CLOSED:
            answered = count.took_part > 0  # else there is nothing to look at
            yield answered, "Look at its figures and publish it", "Closed", poll.closes_at
