"""Answers collected elsewhere, handed in through the same checking table and store as ballots.

Nothing is written unless the whole file can be taken. A row's ballot lies under a key made of the poll's key
and the respondent, so that a file taken again changes ballots and never doubles them; a run that was stopped
half-way is finished by running it again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from canvass.fieldwork.ballotbox import Entry, PollAtHand, hand_in_many
from canvass.fieldwork.ballotkeys import BallotKeys, keys_of
from canvass.fieldwork.handin import Fate, Outcome
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.models import Ballot, CollectedElsewhere
from canvass.fieldwork.runtime import ClockOffset, open_store
from canvass.formats import Columns
from canvass.instrument import Instrument
from canvass.instrument.answer_columns import ColumnRefused, MapLine, map_lines
from canvass.instrument.answers_file import AnswersFile, AnswersRow, read_answers
from canvass.polls import drafts, queries
from canvass.polls.models import Poll
from canvass.polls.services import open_for_import
from canvass.polls.states import PollRefused, State
from canvass.team import audit
from canvass.team.audit import Actor


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did. `notes` are sentences on what is odd but was taken."""

    poll: Poll
    new: int
    changed: int
    notes: tuple[str, ...]


def import_answers(
    poll: Poll,
    table: Columns,
    *,
    mapping: Columns | None = None,
    invited: int | None = None,
    name: str = "answers",
    by: Actor,
    now: datetime,
) -> Imported:
    """Take a table of answers into a draft, which opens without mail or links, or into an earlier import.

    mapping: the table of a map, for foreign headings. invited: how many people were asked elsewhere. name:
    what faults call the file. Raises PollRefused, AnswersFileError; then nothing was changed.
    """
    questions = _questions(poll)
    read = read_answers(
        questions, table.headings, table.rows, numbers=table.numbers, mapping=_lines(mapping), name=name
    )
    keys = keys_of(settings.KEYS, panel=poll.panel.slug, poll=poll.slug, linked=False)
    _refuse_too_few(poll, invited, keys, read.rows)
    if poll.state == State.DRAFT:
        poll = open_for_import(poll, by=by, now=now)
    outcomes = _hand_in(PollAtHand(poll.pk, poll.version, Journey.of(questions), keys), read.rows)
    _remember(poll, invited)
    new = sum(outcome.fate is Fate.STORED for outcome in outcomes)
    with transaction.atomic():
        audit.record(
            "answers.imported", poll.slug, panel=poll.panel, by=by, now=now, rows=len(outcomes), new=new
        )
    return Imported(poll, new, len(outcomes) - new, _all_notes(table, read))


def _questions(poll: Poll) -> Instrument:
    """What the file's answers are answers to. Raises PollRefused where the poll cannot take a file."""
    if poll.state == State.OPEN and poll.collected_elsewhere:
        return queries.instrument_of(poll)
    if poll.state != State.DRAFT:
        raise PollRefused(
            f"{poll.slug} is {poll.state}. Answers are imported into a draft, or again into a poll that an "
            "earlier import opened."
        )
    reading = drafts.reading_of(poll)
    if reading.instrument is None or reading.faults:
        raise PollRefused(f"The text of {poll.slug} has faults. The first: line {reading.faults[0]}")
    return reading.instrument


def _lines(mapping: Columns | None) -> Sequence[MapLine]:
    if mapping is None:
        return ()
    try:
        return map_lines(mapping.headings, mapping.rows, mapping.numbers)
    except ColumnRefused as refusal:
        raise PollRefused(str(refusal)) from refusal


def _refuse_too_few(poll: Poll, invited: int | None, keys: BallotKeys, rows: Iterable[AnswersRow]) -> None:
    if invited is None:
        return
    there = set(Ballot.objects.filter(panel=poll.panel.pk, poll=poll.pk).values_list("key", flat=True))
    took_part = len(there | {keys.respondent(row.respondent) for row in rows})
    if invited < took_part:
        raise PollRefused(
            f"{invited:,} invited, but {took_part:,} took part. Give the number that was invited, or leave "
            "it out."
        )


def _hand_in(poll: PollAtHand, rows: Iterable[AnswersRow]) -> list[Outcome]:
    entries = [Entry(row.answers, respondent=row.respondent, profile=row.profile) for row in rows]
    store = open_store()
    try:
        return hand_in_many(store, poll, entries, offset=ClockOffset(settings.DATA.path)())
    finally:
        store.close()


def _remember(poll: Poll, invited: int | None) -> None:
    """An import without a number keeps the one given before."""
    known, _made = CollectedElsewhere.objects.get_or_create(poll=poll.pk, panel=poll.panel.pk)
    if invited is not None and invited != known.invited:
        known.invited = invited
        known.save(update_fields=["invited"])


def _all_notes(table: Columns, read: AnswersFile) -> tuple[str, ...]:
    return (*table.notes, *read.notes)
