"""The one way in. A browser's page, an import's row and the demo's ballots are checked here and stored alike.

`checked` holds raw answers against the poll's checking table; `store.write_batch` decides and writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from canvass.fieldwork.ballotkeys import BallotKeys, new_receipt
from canvass.fieldwork.handin import Claim, HandIn, Outcome
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.store import Store, in_pieces, write_batch
from canvass.instrument import AnswerFault, Confidentiality

BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """Answers that come otherwise than by browser: a row of a file, a ballot of the demo.

    `answers` are raw, by item id. Either `member` (a random key; participation is kept) or `respondent`
    (a name in a file; the same name again changes the same ballot).
    """

    answers: Mapping[str, Any]
    member: str = ""
    respondent: str = ""
    reached: int | None = None  # the last page handed in, from 0; None: all of them
    day: date | None = None
    profile: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class EntryFault:
    """One answer of one entry that cannot be stored. `number` counts entries from 0."""

    number: int
    item: str
    sentence: str


class EntriesRefused(Exception):
    """Some answers cannot be stored, so that nothing was."""

    def __init__(self, faults: Sequence[EntryFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} answers cannot be stored")


@dataclass(frozen=True, slots=True)
class Checked:
    """Raw answers after the checking table: what may be stored, and what may not with the reason."""

    answers: dict[str, Any] = field(default_factory=dict)
    faults: tuple[AnswerFault, ...] = ()


@dataclass(frozen=True, slots=True)
class PollAtHand:
    """What an import or the demo must know of the poll it fills."""

    id: int
    version: int
    journey: Journey
    keys: BallotKeys


def checked(journey: Journey, raw: Mapping[str, Any]) -> Checked:
    """Every answer held against the checking table; those that are empty are left out."""
    answers: dict[str, Any] = {}
    faults: list[AnswerFault] = []
    for item, given in raw.items():
        try:
            value = journey.checking.check(item, given)
        except AnswerFault as fault:
            faults.append(fault)
        else:
            if value is not None:
                answers[item] = value
    return Checked(answers, tuple(faults))


def hand_in_many(
    store: Store, poll: PollAtHand, entries: Iterable[Entry], *, offset: int = 0
) -> list[Outcome]:
    """Check every entry, then store them all in batches, skipping the window's test alone.

    Outcomes come in the entries' order. Raises EntriesRefused before anything is written.
    """
    hand_ins = list(_all_good(poll, entries))
    outcomes: list[Outcome] = []
    for batch in in_pieces(hand_ins, BATCH):
        outcomes += write_batch(store, batch, offset)
    return outcomes


def _all_good(poll: PollAtHand, entries: Iterable[Entry]) -> list[HandIn]:
    hand_ins: list[HandIn] = []
    faults: list[EntryFault] = []
    for number, entry in enumerate(entries):
        found = checked(poll.journey, entry.answers)
        faults += (EntryFault(number, fault.item, fault.sentence) for fault in found.faults)
        hand_ins.append(_hand_in(poll, entry, found.answers))
    if faults:
        raise EntriesRefused(faults)
    return hand_ins


def _hand_in(poll: PollAtHand, entry: Entry, answers: dict[str, Any]) -> HandIn:
    return HandIn(
        claim=_claim(poll, entry),
        journey=poll.journey,
        version=poll.version,
        pages=range(len(poll.journey.pages) if entry.reached is None else entry.reached + 1),
        answers=answers,
        day=entry.day.isoformat() if entry.day else None,
        snapshot=entry.profile,
    )


def _claim(poll: PollAtHand, entry: Entry) -> Claim:
    if not entry.member:
        return Claim(poll.id, poll.keys.respondent(entry.respondent), windowed=False)
    if poll.journey.questions.confidentiality is Confidentiality.ANONYMOUS:
        key = poll.keys.receipt(new_receipt(poll.id))
    else:
        key = poll.keys.member(entry.member)
    return Claim(poll.id, key, poll.keys.linked(entry.member), entry.member, windowed=False)
