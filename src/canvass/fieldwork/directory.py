"""The polls that the ballot app knows: their windows, never more than a second old, and compiled pages.

A poll is read and compiled in the reader's thread; the event loop only ever waits for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from canvass import instrument
from canvass.datafolder.keys import KeyStore
from canvass.fieldwork.ballotkeys import BallotKeys, keys_of, surviving_keys, without_the_polls
from canvass.fieldwork.groupcommit import GroupCommit
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.page import Frame
from canvass.fieldwork.pages import BallotPages
from canvass.fieldwork.sentences import KEY_LIVES, PollFacts
from canvass.fieldwork.store import Store
from canvass.instrument import Confidentiality, Instrument

FRESH = 1.0  # seconds for which a window is believed
AFTER_VOTE = "after-vote.html"  # finished HTML from the library, in DATA/published/<panel>/


@dataclass(frozen=True, slots=True)
class Window:
    """A row of poll_window."""

    poll: int
    panel_id: int
    panel: str
    panel_name: str
    slug: str
    state: str
    confidentiality: str
    opens: int
    closes: int
    version: int
    oldest_link_key: int

    @property
    def level(self) -> Confidentiality:
        return Confidentiality(self.confidentiality)


@dataclass(slots=True)
class KnownPoll:
    """A poll as last read, with its compiled versions."""

    window: Window
    keys: BallotKeys | None  # None once nothing connects a ballot with its member
    after: str  # what the library shows after a vote
    ahead: float  # the store's clock less this process's monotonic one, seconds
    read_at: float
    versions: dict[int, BallotPages] = field(default_factory=dict)

    def now(self) -> float:
        """Seconds since 1970 by the store's clock."""
        return monotonic() + self.ahead

    @property
    def pages(self) -> BallotPages | None:
        """The version that new ballots begin on."""
        return self.versions.get(self.window.version)

    @property
    def frame(self) -> Frame:
        """What stands around a page that says one thing of this poll."""
        return self.pages.frame if self.pages else Frame(self.window.panel_name)

    @property
    def apart(self) -> bool:
        """Whether the day is over until which the poll's key is used."""
        return self.now() >= self.window.closes + KEY_LIVES.total_seconds()

    @property
    def taking(self) -> bool:
        return self.window.state == "open" and self.now() < self.window.closes


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a poll is read from. Lives in the reader's thread."""

    store: Store
    keys: KeyStore
    published: Path
    offset: Callable[[], int]

    def read(self, known: KnownPoll | None, poll: int, version: int | None) -> KnownPoll | None:
        """The poll as it stands, with this version (None: the current one) compiled. None: no such poll."""
        row = self.store.window(poll, self.offset())
        if row is None:
            return None
        *described, now = row
        window = Window(*described)
        if known is None or known.window != window:
            known = self._newly_known(window)
        known.after = self._after_vote(window.panel)
        known.ahead, known.read_at = now - monotonic(), monotonic()
        if known.apart:
            known.keys = without_the_polls(known.keys)
        self._compile(known, window.version if version is None else version)
        return known

    def _newly_known(self, window: Window) -> KnownPoll:
        linked = window.level is Confidentiality.LINKED
        if window.state in ("scheduled", "open"):
            keys = keys_of(self.keys, panel=window.panel, poll=window.slug, linked=linked)
            return KnownPoll(window, keys, "", 0.0, 0.0)
        surviving = surviving_keys(self.keys, panel=window.panel, poll=window.slug, linked=linked)
        return KnownPoll(window, surviving, "", 0.0, 0.0)

    def _compile(self, known: KnownPoll, version: int) -> None:
        if version in known.versions:
            return
        frozen = self.store.version(known.window.poll, version)
        if frozen is not None:
            questions = instrument.restore(frozen)
            known.versions[version] = BallotPages(Journey.of(questions), _facts(known.window, questions))

    def _after_vote(self, panel: str) -> str:
        try:
            return (self.published / panel / AFTER_VOTE).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""


def _facts(window: Window, questions: Instrument) -> PollFacts:
    zone: tzinfo = (questions.closes and questions.closes.tzinfo) or ZoneInfo("Europe/London")
    closes = datetime.fromtimestamp(window.closes, UTC).astimezone(zone)
    return PollFacts(
        window.panel_name, window.level, closes, pictures=f"/pictures/{window.panel}/{window.slug}/"
    )


type Place = tuple[int, int | None]  # a poll and a version of it; None: the current one
type Reading = Callable[[Sequence[Place]], Sequence[KnownPoll | None]]
type Patience = Callable[[Reading], Reading]


class Directory:
    """Finds a poll by its number. `find` asks the store at most once a second for each poll."""

    def __init__(self, shelf: Shelf, links: LinkKeys, patiently: Patience) -> None:
        self._shelf = shelf
        self._links = links
        self._known: dict[int, KnownPoll] = {}
        self._reading: dict[Place, asyncio.Future[Any]] = {}
        self.reader: GroupCommit[Place, KnownPoll | None] = GroupCommit(patiently(self._read))

    async def find(self, poll: int) -> KnownPoll | None:
        """The poll, at most a second stale; None where there is none. Raises WorkFailed, QueueFull."""
        known = self._known.get(poll)
        if known is not None and monotonic() - known.read_at < FRESH:
            return known
        return await self._read_once(poll, None)

    async def version(self, known: KnownPoll, version: int) -> BallotPages | None:
        """A version's pages; None where it was never frozen."""
        pages = known.versions.get(version)
        if pages is not None:
            return pages
        read = await self._read_once(known.window.poll, version)
        return None if read is None else read.versions.get(version)

    async def _read_once(self, poll: int, version: int | None) -> KnownPoll | None:
        """Visitors who come at once share one reading."""
        place = (poll, version)
        reading = self._reading.get(place)
        if reading is None:
            self._links.forget()
            reading = self._reading[place] = self.reader.submit(place)
            reading.add_done_callback(lambda _done: self._reading.pop(place, None))
        found: KnownPoll | None = await asyncio.shield(reading)
        return found

    def _read(self, places: Sequence[Place]) -> list[KnownPoll | None]:
        return [self._read_poll(poll, version) for poll, version in places]

    def _read_poll(self, poll: int, version: int | None) -> KnownPoll | None:
        known = self._shelf.read(self._known.get(poll), poll, version)
        if known is None:
            self._known.pop(poll, None)
        else:
            self._known[poll] = known
        return known
