"""The ballot store: reads what stands, decides each hand-in's fate and writes, in one transaction.

No ORM: a hand-in costs a share of two statements and of one commit.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from canvass.fieldwork.handin import Ballot, Claim, Fate, HandIn, Outcome, Standing, merge


class Store(Protocol):
    """What a dialect offers. All rows of a batch travel as one JSON parameter."""

    def close(self) -> None: ...
    def writing(self) -> AbstractContextManager[None]: ...
    def lock(self, members: list[str]) -> None: ...
    def fates(self, claims: list[list[Any]], offset: int) -> list[tuple[Any, ...]]: ...
    def put_ballots(self, rows: list[list[Any]]) -> None: ...
    def put_participation(self, rows: list[list[Any]]) -> None: ...
    def window(self, poll: int, offset: int) -> tuple[Any, ...] | None: ...
    def version(self, poll: int, version: int) -> dict[str, Any] | None: ...
    def withdraw(self, panel: int, poll: int, key: str) -> bool: ...


class FateMissing(Exception):
    """The store did not answer for every hand-in of a batch; nothing of it was written."""


def read_standings(store: Store, claims: Sequence[Claim], offset: int = 0) -> list[Standing]:
    """What the store says of each claim, in the order given. Writes nothing."""
    rows = store.fates([claim.row() for claim in claims], offset)
    if len(rows) != len(claims):
        raise FateMissing(f"{len(rows)} fates for {len(claims)} hand-ins")
    return [_standing(claim, row) for claim, row in zip(claims, rows, strict=True)]


def write_batch(store: Store, batch: Sequence[HandIn], offset: int = 0) -> list[Outcome]:
    """Decide and store a batch in one transaction; an outcome for each hand-in, in the order given."""
    claims = [hand_in.claim for hand_in in batch]
    with store.writing():
        store.lock([claim.member or claim.key for claim in claims])
        standings = read_standings(store, claims, offset)
        draft = _Draft()
        outcomes = [draft.take(hand_in, standing) for hand_in, standing in zip(batch, standings, strict=True)]
        draft.write(store)
    return outcomes


@dataclass(slots=True)
class _Draft:
    """What a batch has changed so far: the second hand-in of one key builds on the first."""

    ballots: dict[tuple[int, str], Ballot] = field(default_factory=dict)
    days: dict[tuple[int, str], list[Any]] = field(default_factory=dict)
    voted: dict[tuple[int, str], str] = field(default_factory=dict)  # (poll, member) -> key

    def take(self, hand_in: HandIn, standing: Standing) -> Outcome:
        fate = self._fate(hand_in.claim, standing)
        if not fate.kept:
            return Outcome(fate)
        before = self.ballots.get((hand_in.claim.poll, standing.key)) or standing.ballot
        ballot, goes_to = merge(hand_in, before or _begun(hand_in, standing))
        self.ballots[ballot.poll, ballot.key] = ballot
        if hand_in.claim.member:
            self.voted[ballot.poll, hand_in.claim.member] = ballot.key
            self._take_days(hand_in, standing, goes_to)
        return Outcome(fate, ballot, goes_to)

    def _fate(self, claim: Claim, standing: Standing) -> Fate:
        """The fate that the store gave, but for what this batch itself did before."""
        if standing.fate is Fate.STORED and (claim.poll, standing.key) in self.ballots:
            return Fate.CHANGED
        if standing.fate is Fate.STORED and (claim.poll, claim.member) in self.voted:
            return Fate.ALREADY
        return standing.fate

    def _take_days(self, hand_in: HandIn, standing: Standing, goes_to: int | None) -> None:
        day = hand_in.day or datetime.fromtimestamp(standing.now, UTC).date().isoformat()
        place = (hand_in.claim.poll, hand_in.claim.member)
        row = self.days.setdefault(place, [standing.panel, *place, day, None, None])
        if hand_in.answers:
            row[4] = row[4] or day
        if goes_to is None:
            row[5] = row[5] or day

    def write(self, store: Store) -> None:
        if self.ballots:
            store.put_ballots([_ballot_row(self.ballots[place]) for place in sorted(self.ballots)])
        if self.days:
            store.put_participation([self.days[place] for place in sorted(self.days)])


def _begun(hand_in: HandIn, standing: Standing) -> Ballot:
    snapshot = standing.profile if hand_in.snapshot is None else hand_in.snapshot
    return Ballot(standing.panel, hand_in.claim.poll, standing.key, hand_in.version, snapshot=snapshot)


def _ballot_row(ballot: Ballot) -> list[Any]:
    parts = (ballot.answers, ballot.shown, ballot.snapshot)
    return [ballot.panel, ballot.poll, ballot.key, ballot.version, *parts]


def _standing(claim: Claim, row: tuple[Any, ...]) -> Standing:
    _ordinal, fate, now, panel, profile, key, version, answers, shown, snapshot, answered, finished = row
    if version is None:
        held, traits = None, json.loads(profile or "{}")
    else:
        answers, shown, snapshot = json.loads(answers), json.loads(shown), json.loads(snapshot)
        held, traits = Ballot(panel, claim.poll, key, version, answers, tuple(shown), snapshot), {}
    return Standing(Fate(fate), now, held, bool(answered), bool(finished), panel or 0, key, traits)


def withdraw_many(store: Store, ballots: Sequence[tuple[int, int, str]]) -> list[bool]:
    """Delete ballots, given as (panel, poll, key), and count them as withdrawn; False where there is none."""
    with store.writing():
        return [store.withdraw(*ballot) for ballot in ballots]


def in_pieces[T](many: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The sequence cut into runs of at most `size`."""
    return (many[at : at + size] for at in range(0, len(many), size))
