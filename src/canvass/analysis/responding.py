"""How many answered what: every question of a panel over a period, with signed notes on why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import transaction

from canvass.analysis.models import Counted, ResponseNote
from canvass.analysis.rows import rows_of
from canvass.analysis.trends import instruments_of
from canvass.instrument import Instrument, Item
from canvass.polls import categories
from canvass.polls.models import Poll
from canvass.tables import QuestionResponse, ResponseAnalytics, SignedNote, disclosure
from canvass.tables import wording as words
from canvass.tables.disclosure import Audience
from canvass.tables.values import said, told
from canvass.team import audit
from canvass.team.access import Role
from canvass.team.audit import Actor
from canvass.team.models import Panel

LONGEST_NOTE = 500  # characters
ROLES = {
    Role.OWNER: "Owner",
    Role.PANEL_MANAGER: "Panel manager",
    Role.POLL_AUTHOR: "Poll author",
    Role.ANALYST: "Analyst",
    Role.CODER: "Coder",
    Role.PUBLISHER: "Publisher",
}


@dataclass(frozen=True, slots=True)
class Period:
    """Polls that opened on these days, both included; of one category where it is named."""

    first_day: date
    last_day: date
    category: str = ""


class NoteRefused(Exception):
    """One sentence: why a note cannot be kept."""


def analytics(panel: Panel, period: Period, audience: Audience = Audience.TEAM) -> ResponseAnalytics | None:
    """Every question of the period, as this audience may see it; None where none was asked."""
    polls = (
        Counted.objects.select_related("poll", "poll__panel")
        .filter(
            panel=panel,
            poll__opens_at__date__gte=period.first_day,
            poll__opens_at__date__lte=period.last_day,
        )
        .order_by("poll__opens_at", "poll")
    )
    counted = list(polls)
    instruments = instruments_of([one.poll_id for one in counted])
    notes = _notes(panel)
    found = tuple(
        question
        for one in counted
        for question in _questions(one, instruments[one.poll_id], notes)
        if period.category in ("", question.category)
    )
    if not found:
        return None
    (shown,) = disclosure.release([ResponseAnalytics(period.first_day, period.last_day, found)], audience)
    return shown


def lead(found: ResponseAnalytics) -> str:
    """What the period was like, in three sentences that hold by construction."""
    every = found.all
    if every.mean is None:
        return "Too few people answered any question to show how many."
    ordered = sorted(found.told, key=lambda one: told(one.answered) or 0)
    least, most = ordered[0], next(one for one in ordered if one.answered == ordered[-1].answered)
    asked = words.whole(every.questions)
    sentences = [
        f"{asked} question{'' if every.questions == 1 else 's'} in {words.whole(every.polls)} "
        f"poll{'' if every.polls == 1 else 's'}: {words.quantity(every.mean)} people answered on average."
    ]
    if every.questions > 1:
        sentences.append(f"The most were {_told(most)}; the fewest {_told(least)}.")
    if every.conversion is not None and every.asked is not None:
        sentences.append(
            f"Of all {words.whole(every.asked)} showings {words.percent(every.conversion)} were answered."
        )
    return " ".join(sentences)


def _told(one: QuestionResponse) -> str:
    known = f" of {said(one.asked, words.whole)} asked" if one.asked is not None else ""
    return f"{said(one.answered, words.whole)}{known}, for {words.quoted(one.text)}"


def categories_of(panel: Panel) -> list[str]:
    """The names of all categories that questions of the panel's counted polls have."""
    polls = Counted.objects.filter(panel=panel).values_list("poll_id", flat=True)
    found = instruments_of(list(polls)).values()
    return sorted({categories.name_of(poll.category_of(item)) for poll in found for item in poll})


type _Notes = dict[tuple[int, str], list[SignedNote]]


def _notes(panel: Panel) -> _Notes:
    found: _Notes = {}
    for note in ResponseNote.objects.filter(panel=panel, taken_back_at=None).order_by("pk"):
        signed = SignedNote(note.text, note.role, note.written_at.date())
        found.setdefault((note.poll_id, note.item), []).append(signed)
    return found


def _questions(counted: Counted, poll: Instrument, notes: _Notes) -> Iterator[QuestionResponse]:
    held: Poll = counted.poll
    assert held.opens is not None  # a counted poll has both days
    assert held.closes is not None
    for item in poll:
        asked, answered = _counts(counted, poll, item)
        yield QuestionResponse(
            poll=held.slug,
            title=held.title,
            item=item.id,
            text=item.text,
            category=categories.name_of(poll.category_of(item)),
            topic=poll.topic_of(item),
            first_day=held.opens.date(),
            last_day=held.closes.date(),
            asked=asked,
            answered=answered,
            notes=tuple(notes.get((counted.poll_id, item.id), ())),
            sensitive=poll.sensitive,
        )


def _counts(counted: Counted, poll: Instrument, item: Item) -> tuple[int, int]:
    """To how many an item was shown, and how many answered it; of a grid, at least one of its rows."""
    if not item.kind.is_grid:
        parts = [
            cube
            for address, kept in counted.cubes.items()
            if address == item.id or address.rpartition("-")[0] == item.id
            for cube in kept
        ]
        return sum(one["asked"] for one in parts), sum(int(np.sum(one["n"])) for one in parts)
    rows = [one for one in rows_of(counted, poll).coded if one.item.id == item.id]
    answered = np.any([one.codes >= 0 for one in rows], axis=0)
    return rows[0].asked, int(answered.sum())


@transaction.atomic
def write_note(
    panel: Panel, poll: Poll, item: str, text: str, *, role: Role, name: str, by: Actor, now: datetime
) -> ResponseNote:
    """Sign a note on why a question got many or few answers. Notes are added and taken back, never changed.

    role: of the author, which is shown; name: for the team's eyes. Raises NoteRefused.
    """
    said = " ".join(text.replace("\x00", "").split())
    if not said:
        raise NoteRefused("Write why the question got many or few answers.")
    if len(said) > LONGEST_NOTE:
        raise NoteRefused(f"The note has {len(said)} characters. Keep it under {LONGEST_NOTE}.")
    made = ResponseNote.objects.create(
        panel=panel, poll=poll, item=item, text=said, role=ROLES[role], written_by=name, written_at=now
    )
    audit.record("response.noted", f"{poll.slug}/{item}", panel=panel, by=by, now=now)
    return made


@transaction.atomic
def take_back(note: ResponseNote, *, by: Actor, now: datetime) -> None:
    """No longer show a note, or show it again."""
    note.taken_back_at = now if note.taken_back_at is None else None
    note.save(update_fields=["taken_back_at"])
    verb = "response.note_taken_back" if note.taken_back_at else "response.note_brought_back"
    audit.record(verb, f"{note.poll.slug}/{note.item}", panel=note.panel, by=by, now=now)


def notes_of(panel: Panel) -> Sequence[ResponseNote]:
    """Notes that are shown, for taking them back."""
    return list(ResponseNote.objects.select_related("poll").filter(panel=panel, taken_back_at=None))
