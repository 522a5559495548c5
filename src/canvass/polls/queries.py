"""Reads: polls of a panel, their texts, instruments by version, and the table of polls."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from canvass import instrument
from canvass.instrument import Instrument
from canvass.polls import categories, doors, drafts
from canvass.polls.doors import NOTHING, PollCount
from canvass.polls.models import FrozenVersion, Poll, WorkingText
from canvass.polls.states import State
from canvass.tables.disclosure import in_steps
from canvass.team.models import Panel, Staff

_MARKS = re.compile(r"^[ ]*(?:- )?(?:[a-z_]+:[ ])?|[\[\]{}]")  # what YAML sets around a line of text
_NAMES = re.compile(r"^[ ]*(?:- )?(?:id|poll|kind|bank|series|ask_if|opens|closes):")  # lines nobody is asked
ORDER = (State.OPEN, State.SCHEDULED, State.DRAFT, State.CLOSED, State.PUBLISHED, State.WITHDRAWN)


def poll(panel: Panel, slug: str) -> Poll:
    """The panel's poll of this address. Raises Poll.DoesNotExist."""
    return Poll.objects.select_related("panel").get(panel=panel, slug=slug)


def versions(poll: Poll) -> list[FrozenVersion]:
    """The poll's frozen versions, the first first; none before it opens."""
    return list(FrozenVersion.objects.filter(poll_id=poll.pk).order_by("version"))


def instrument_of(poll: Poll, version: int | None = None) -> Instrument:
    """What was asked by this version, or by the newest. Raises FrozenVersion.DoesNotExist."""
    frozen = FrozenVersion.objects.get(poll_id=poll.pk, version=version or poll.version)
    return instrument.restore(frozen.instrument)


def names(panel: Panel) -> list[tuple[str, str]]:
    """(slug, title) of the panel's polls, the newest first."""
    return list(Poll.objects.filter(panel=panel).order_by("-created_at", "-pk").values_list("slug", "title"))


def working_text(poll: Poll, staff: Staff) -> WorkingText | None:
    """What this author has typed and not saved, if anything."""
    return WorkingText.objects.filter(poll=poll, staff=staff).first()


def previewed(poll: Poll, staff: Staff) -> Instrument | None:
    """What a preview shows this author: the frozen version, else what they typed, else the saved text."""
    if poll.version:
        return instrument_of(poll)
    working = working_text(poll, staff)
    return drafts.reading_of(poll, working.text if working else None).instrument


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the polls table."""

    poll: Poll
    count: PollCount

    @property
    def answers(self) -> int | None:
        """People who took part; in steps of five while the poll is open; None where none are shown."""
        return shown_count(self.poll, self.count)

    @property
    def category(self) -> str:
        return categories.name_of(self.poll.category) or "–"

    @property
    def share(self) -> float | None:
        return self.count.share if self.poll.state in (State.CLOSED, State.PUBLISHED) else None


def shown_count(poll: Poll, count: PollCount) -> int | None:
    """People who took part, as the team may see it; None before a poll opens and once it is withdrawn."""
    if poll.version == 0 or poll.state == State.WITHDRAWN:
        return None
    return in_steps(count.took_part) if poll.state == State.OPEN else count.took_part


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the polls table asks for; every field may be blank."""

    words: str = ""
    state: str = ""
    category: str = ""
    series: str = ""
    sort: str = ""


def listed(panel: Panel, filters: Filters) -> list[Row]:
    """The panel's polls that the filters let through, sorted."""
    found = _filtered(Poll.objects.filter(panel=panel), filters)
    polls = list(found.defer("text").order_by("-opens_at", "-pk"))
    counted = doors.counts(panel, [poll.pk for poll in polls])
    rows = [Row(poll, counted.get(poll.pk, NOTHING)) for poll in polls]
    return _sorted(rows, filters.sort)


def lines_found(polls: Sequence[Poll], words: str) -> dict[int, str]:
    """For each poll whose title does not hold all the words: the first line of its text that holds one
    which the title lacks, without its YAML."""
    found = {}
    for poll in Poll.objects.filter(pk__in=[poll.pk for poll in polls]).only("title", "text"):
        missing = [word for word in words.casefold().split() if word not in poll.title.casefold()]
        told = (line for line in poll.text.splitlines() if not _NAMES.match(line))
        lines = (line for line in told if any(word in line.casefold() for word in missing))
        if missing and (line := next(lines, "")):
            found[poll.pk] = _MARKS.sub("", line).strip().strip("\"'")
    return found


def number_by_state(panel: Panel) -> dict[str, int]:
    """How many polls the panel has in each state, in the order of the table; all states named."""
    numbers = dict.fromkeys((state.value for state in ORDER), 0)
    for state in Poll.objects.filter(panel=panel).values_list("state", flat=True):
        numbers[state] += 1
    return numbers


def written(panel: Panel, column: str) -> list[str]:
    """The different values of one text column in this panel, sorted."""
    values = Poll.objects.filter(panel=panel).exclude(**{column: ""}).values_list(column, flat=True)
    return sorted(set(values), key=str.casefold)


def _filtered(polls: QuerySet[Poll], filters: Filters) -> QuerySet[Poll]:
    for word in filters.words.split():
        polls = polls.filter(
            Q(title__icontains=word)
            | Q(topic__icontains=word)
            | Q(series__icontains=word)
            | Q(text__icontains=word)
        )
    exact = {"state": filters.state, "category": filters.category, "series": filters.series}
    return polls.filter(**{name: value for name, value in exact.items() if value})


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    columns = {
        "title": lambda row: row.poll.title.casefold(),
        "category": lambda row: row.poll.category.casefold(),
        "opens": lambda row: row.poll.opens_at,
        "closes": lambda row: row.poll.closes_at,
        "answers": lambda row: row.answers,
        "share": lambda row: row.share,
    }
    if key not in columns:
        return sorted(rows, key=lambda row: ORDER.index(State(row.poll.state)))
    blank = [row for row in rows if columns[key](row) is None]
    filled = [row for row in rows if columns[key](row) is not None]
    return [*sorted(filled, key=columns[key], reverse=backwards), *blank]
