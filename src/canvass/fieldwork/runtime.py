"""The ballot app as an installation runs it: its stores, its threads, its start and stop."""

from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from math import inf
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from canvass.datafolder import clock
from canvass.fieldwork.app import BallotApp
from canvass.fieldwork.directory import FRESH, Directory, Shelf
from canvass.fieldwork.groupcommit import LONGEST_QUEUE, GroupCommit
from canvass.fieldwork.handin import Claim, HandIn, Outcome, Standing
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.store import Store, read_standings, withdraw_many, write_batch
from canvass.fieldwork.store_postgresql import PostgresqlStore, Unavailable
from canvass.fieldwork.store_sqlite import SqliteStore
from canvass.fieldwork.withdrawing import WithdrawalPage

PAUSES = (0.05, 0.2, *(0.5,) * 7)  # seconds between tries while the database is away: 3.75 together


def open_store() -> Store:
    """A connection of its own to the ballots store that the settings name."""
    place = connections["ballots"].settings_dict
    if connections["ballots"].vendor == "sqlite":
        return SqliteStore(place["NAME"])
    return PostgresqlStore(
        make_conninfo(
            host=place["HOST"] or None,
            port=place["PORT"] or None,
            dbname=place["NAME"],
            user=place["USER"] or None,
            password=place["PASSWORD"] or None,
            options=place["OPTIONS"]["options"],
        )
    )


class ClockOffset:
    """Seconds by which the data folder's clock is ahead of the machine's, read again once a second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seconds = 0
        self._read_at = -inf

    def __call__(self) -> int:
        if monotonic() - self._read_at >= FRESH:
            self._seconds = round(clock.offset(self._folder).total_seconds())
            self._read_at = monotonic()
        return self._seconds


def patiently[Job, Result](
    work: Callable[[Sequence[Job]], Sequence[Result]],
) -> Callable[[Sequence[Job]], Sequence[Result]]:
    """The same work, tried again for a few seconds while the database is away."""

    def tried(jobs: Sequence[Job]) -> Sequence[Result]:
        for pause in PAUSES:
            try:
                return work(jobs)
            except Unavailable:
                sleep(pause)
        return work(jobs)

    return tried


class Ballots:
    """The ballot app with everything that must be started before it and stopped after it."""

    def __init__(
        self, make_store: Callable[[], Store] = open_store, *, longest_queue: int = LONGEST_QUEUE
    ) -> None:
        links = LinkKeys(settings.KEYS)
        self._stores = [make_store() for _ in range(4)]
        shelf, starts, hand_ins, withdrawals = self._stores
        ahead = ClockOffset(settings.DATA.path)
        self.directory = Directory(
            Shelf(shelf, settings.KEYS, settings.DATA.published, ahead), links, patiently
        )
        self.starts: GroupCommit[Claim, Standing] = GroupCommit(
            patiently(lambda claims: read_standings(starts, claims, ahead()))
        )
        self.hand_ins: GroupCommit[HandIn, Outcome] = GroupCommit(
            patiently(lambda batch: write_batch(hand_ins, batch, ahead())), longest_queue=longest_queue
        )
        self.withdrawals: GroupCommit[tuple[int, int, str], bool] = GroupCommit(
            patiently(lambda ballots: withdraw_many(withdrawals, ballots))
        )
        page = WithdrawalPage(self.directory, self.withdrawals)
        self.app = BallotApp(self.directory, links, self.starts, self.hand_ins, page)
        self._running = AsyncExitStack()

    async def start(self) -> None:
        for worker in (self.directory.reader, self.starts, self.hand_ins, self.withdrawals):
            worker.start()
            self._running.push_async_callback(worker.stop)

    async def stop(self) -> None:
        """Finish what was handed in, then let go of the stores."""
        await self._running.aclose()
        for store in self._stores:
            store.close()
