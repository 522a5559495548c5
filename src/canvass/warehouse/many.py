"""Many polls counted by one kernel: here, in several processes, or on a Spark cluster.

>>> from canvass.warehouse import StoredPoll, count_polls, processes
>>> for poll in count_polls(stored, by=["role", "region"], executor=processes(2)):
...     poll.cubes["role"]  # the cubes of every item by role; "" holds those of everybody

A poll is the unit of work: its files in, its cubes out. So memory is bounded by the largest poll, whatever
their number, and all executors give the same cubes in the same order.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from canvass.warehouse.files import WarehouseDamaged
from canvass.warehouse.kernel import ItemCube
from canvass.warehouse.manifest import Manifest
from canvass.warehouse.rows import read_rows

AHEAD = 2  # polls that wait for each process, so that none is idle and few are in memory


@dataclass(frozen=True, slots=True)
class StoredPoll:
    """Where a closed poll's files lie, for every machine that counts it."""

    folder: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True, eq=False)
class PollCubes:
    """All cubes of one poll: by each division that its snapshots have, and of everybody under ""."""

    poll: str
    cubes: Mapping[str, tuple[ItemCube, ...]]


type Outcome = PollCubes | WarehouseDamaged
type Work = Callable[[StoredPoll], Outcome]
type Executor = Callable[[Work, Sequence[StoredPoll]], Iterable[Outcome]]


def inline(work: Work, polls: Sequence[StoredPoll]) -> Iterable[Outcome]:
    """One poll after the other, in this process."""
    return map(work, polls)


def processes(workers: int) -> Executor:
    """Several polls at once, in processes of their own on this machine."""

    def execute(work: Work, polls: Sequence[StoredPoll]) -> Iterator[Outcome]:
        waiting = iter(polls)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            running: list[Future[Outcome]] = [
                pool.submit(work, poll) for poll in islice(waiting, workers * AHEAD)
            ]
            while running:
                yield running.pop(0).result()
                running += [pool.submit(work, poll) for poll in islice(waiting, 1)]

    return execute


def count_polls(
    polls: Iterable[StoredPoll], *, by: Sequence[str] = (), executor: Executor = inline
) -> Iterator[PollCubes]:
    """The cubes of every item of every poll, for everybody and by each of these profile fields.

    A field that a poll's snapshots lack is left out of that poll's cubes. Weighted where the poll's manifest
    names a file of weights.

    Raises WarehouseDamaged where a file is not what a manifest says, after the polls before it.
    """
    for outcome in executor(partial(_work, by=tuple(by)), list(polls)):
        if isinstance(outcome, WarehouseDamaged):
            raise outcome
        yield outcome


def _work(stored: StoredPoll, by: Sequence[str]) -> Outcome:
    """A fault is handed back as a value, so that every executor tells it in the same words."""
    try:
        return count_poll(stored, by)
    except WarehouseDamaged as fault:
        return fault


def count_poll(stored: StoredPoll, by: Sequence[str] = ()) -> PollCubes:
    """One poll's files in, its cubes out. What was asked is read from the answers file itself."""
    rows = read_rows(stored.folder, stored.manifest)
    divisions = {field: rows.by_field(field) for field in by if field in rows.profiles}
    return PollCubes(stored.manifest.poll, rows.count_each(divisions))
