"""The log of a study and what it makes.

What a study is, is made from the acts in force, in the order of their numbers. Undoing an act takes it out
of force, wherever it stands in the log; doing it again puts it back at its place. An act in force whose
ground is missing (a coding whose code was undone) *rests*: it stays in the log, counts for nothing, is
listed with its reason, and counts again as soon as its ground is back. So nothing is lost by undoing, and
the same acts in force always make the same study.
"""

from collections.abc import Iterable, Sequence

from canvass.words.study.acts import Act, DecideOffer, Entry, Redo, ShowOffers, Undo
from canvass.words.study.applying import apply
from canvass.words.study.corpus import Corpus
from canvass.words.study.manners import check
from canvass.words.study.refusals import Rests, StudyRefused
from canvass.words.study.state import State, Write, as_bytes, back

RECORDS = (ShowOffers, DecideOffer)  # kept beside what somebody does; "undo" goes past them


class Ledger:
    """A study that grows by entries. `state` is what it is now; `resting` says which acts rest, and why."""

    def __init__(self, corpus: Corpus, entries: Iterable[Entry] = ()) -> None:
        self.state = State(corpus)
        self.entries: list[Entry] = []
        self.undone: dict[int, int] = {}  # act -> the act that undid it
        self.resting: dict[int, str] = {}
        self._applied: list[tuple[Entry, list[Write]]] = []  # acts in force in order, the resting ones too
        self._replay(entries)

    @property
    def last(self) -> int:
        """The number of the newest entry; 0 before the first. Changes whenever the study does."""
        return len(self.entries)

    def entry(self, seq: int) -> Entry:
        """Raises StudyRefused where there is no such entry."""
        if not 1 <= seq <= len(self.entries):
            raise StudyRefused(f"There is no step {seq} in this study. Look under History for its number.")
        return self.entries[seq - 1]

    def refuse(self, act: Act, by: str) -> None:
        """Raises StudyRefused where this act cannot be added now; changes nothing."""
        match act:
            case Undo(of):
                self._refuse_undo(of)
            case Redo(of):
                if of not in self.undone:
                    raise StudyRefused(f"Step {of} is not undone, so there is nothing to do again.")
            case _:
                check(self.state, act)
                self._try(act, by)

    def add(self, entry: Entry) -> tuple[int, ...]:
        """Add the next entry, without asking whether it is welcome (`refuse`); the numbers of acts that rest
        because of it, or count again."""
        if entry.seq != len(self.entries) + 1:
            raise ValueError(f"entry {entry.seq} does not follow {len(self.entries)}")
        before = dict(self.resting)
        self.entries.append(entry)
        match entry.act:
            case Undo(of):
                self.undone[of] = entry.seq
                self._refold(of, put_in=False)
            case Redo(of):
                self.undone.pop(of, None)
                self._refold(of, put_in=True)
            case _:
                self._apply(entry)
        return tuple(sorted(seq for seq in before.keys() ^ self.resting.keys() if seq != entry.seq))

    def canonical(self) -> bytes:
        """What the study is now, byte for byte; how it came to be is the log's."""
        return as_bytes(self.state, self.resting)

    def newest_undoable(self, by: str) -> Entry | None:
        """The newest act of somebody that is in force: what "undo" takes back."""
        for entry, _writes in reversed(self._applied):
            if entry.by == by and not isinstance(entry.act, RECORDS):
                return entry
        return None

    def newest_redoable(self, by: str) -> Entry | None:
        """The act that somebody undid last, if they have done nothing else since: what "redo" does again."""
        for entry in reversed(self.entries):
            if entry.by != by or isinstance(entry.act, RECORDS):
                continue
            if isinstance(entry.act, Undo) and self.undone.get(entry.act.of) == entry.seq:
                return self.entries[entry.act.of - 1]
            if not isinstance(entry.act, Undo | Redo):
                return None
        return None

    def _replay(self, entries: Iterable[Entry]) -> None:
        """From nothing: which acts are in force is known before the first is applied."""
        self.entries = list(entries)
        for entry in self.entries:
            match entry.act:
                case Undo(of):
                    self.undone[of] = entry.seq
                case Redo(of):
                    self.undone.pop(of, None)
        for entry in self.entries:
            if entry.seq not in self.undone and not isinstance(entry.act, Undo | Redo):
                self._apply(entry)

    def _apply(self, entry: Entry) -> None:
        try:
            writes = apply(self.state, entry)
        except Rests as reason:
            self.resting[entry.seq] = str(reason)
            writes = []
        self._applied.append((entry, writes))

    def _refold(self, of: int, *, put_in: bool) -> None:
        """Step back to before this act, then go forward again with it or without it."""
        later: list[Entry] = []
        while self._applied and self._applied[-1][0].seq >= of:
            entry, writes = self._applied.pop()
            back(writes)
            self.resting.pop(entry.seq, None)
            if entry.seq != of:
                later.append(entry)
        if put_in:
            later.append(self.entries[of - 1])
        for entry in reversed(later):
            self._apply(entry)

    def _refuse_undo(self, of: int) -> None:
        act = self.entry(of).act
        if isinstance(act, Undo | Redo):
            raise StudyRefused(f"Step {of} undoes or redoes another step. Undo or redo that one instead.")
        if of in self.undone:
            raise StudyRefused(f"Step {of} is undone already.")

    def _try(self, act: Act, by: str) -> None:
        """Apply it and step back at once, so that what would rest from the start is refused."""
        try:
            back(apply(self.state, Entry(self.last + 1, by, "", act)))
        except Rests as reason:
            raise StudyRefused(f"This cannot be done now. {reason}") from reason


def in_force(ledger: Ledger) -> Sequence[Entry]:
    """The acts that count, in order: neither undone nor resting."""
    return [
        entry
        for entry in ledger.entries
        if entry.seq not in ledger.undone
        and entry.seq not in ledger.resting
        and not isinstance(entry.act, Undo | Redo)
    ]
