"""Studies kept ready in memory: made from the log in the database and catching up with it."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from canvass.coding import reading
from canvass.coding.helping import Help, Learnt
from canvass.coding.likeness import reading_order
from canvass.coding.models import Study, StudyAct
from canvass.coding.reading import Reading
from canvass.panel.own_names import Held
from canvass.team.audit import Actor
from canvass.words.identifying import Hit
from canvass.words.study import Entry, Ledger, State, Tally, acts, codec

KEPT = 8  # studies


@dataclass
class Room:
    """A study as it is now. Held while it is open, so that nobody changes it under a reader."""

    key: tuple[Any, ...]
    reading: Reading
    ledger: Ledger
    salt: str  # of the study
    lock: RLock = field(default_factory=RLock)
    hits: tuple[Held, dict[str, tuple[Hit, ...]]] | None = None  # where answers could name somebody
    _tally: Tally | None = None
    _alike: list[str] | None = None
    _help: Help | None = None

    @property
    def state(self) -> State:
        return self.ledger.state

    @property
    def tally(self) -> Tally:
        """How many answers each node holds now."""
        if self._tally is None:
            self._tally = Tally(self.state)
        return self._tally

    @property
    def alike(self) -> list[str]:
        """The answers in an order in which what is alike stands together; worked out when first asked."""
        if self._alike is None:
            self._alike = reading_order(self.reading.corpus)
        return self._alike

    @property
    def help(self) -> Help:
        """What the machine makes of the answers."""
        if self._help is None:
            self._help = Help(self.reading)
        return self._help

    @property
    def learnt(self) -> Learnt | None:
        """Which codes fit, as far as that is known."""
        return self.help.learnt(self.state, self.ledger.last)

    def go_back(self, study: Study) -> None:
        """Be what is stored again, after acts were added that were not."""
        self.ledger = Ledger(self.reading.corpus, _entries(study))
        self._tally = None

    def catch_up(self, study: Study) -> None:
        """Add the acts that were stored since."""
        for entry in _entries(study, after=self.ledger.last):
            stirred = self.ledger.add(entry)
            about = entry.act if isinstance(entry.act, acts.Undo | acts.Redo) else None
            again = self.ledger.entries[about.of - 1].act if about else None
            if self._tally is not None and not self._tally.follow(entry, again, bool(stirred)):
                self._tally = None


_rooms: OrderedDict[str, Room] = OrderedDict()
_door = RLock()


@contextmanager
def opened(study: Study) -> Iterator[Room]:
    """The study, up to the newest act that is stored. Raises WarehouseDamaged."""
    room = _room(study)
    with room.lock:
        room.catch_up(study)
        yield room


def person(by: Actor) -> str:
    """What the log calls somebody: "staff:3"."""
    return f"{by.kind}:{by.key}"


def _room(study: Study) -> Room:
    """Kept by the study's salt, which no other study has, and made anew when what it reads has changed."""
    key = reading.key(study)
    with _door:
        known = _rooms.get(study.salt)
        if known is not None and known.key == key and known.ledger.last <= _last(study):
            _rooms.move_to_end(study.salt)
            return known
        found = reading.read(study)
        room = Room(key, found, Ledger(found.corpus, _entries(study)), study.salt)
        _rooms[study.salt] = room
        while len(_rooms) > KEPT:
            _rooms.popitem(last=False)
        return room


def _last(study: Study) -> int:
    return Study.objects.values_list("last", flat=True).get(pk=study.pk)


def _entries(study: Study, after: int = 0) -> list[Entry]:
    rows = StudyAct.objects.filter(study=study, seq__gt=after).order_by("seq")
    return [
        Entry(seq, by, at.isoformat(), codec.restore(kind, said))
        for seq, by, at, kind, said in rows.values_list("seq", "by", "at", "kind", "said")
    ]
