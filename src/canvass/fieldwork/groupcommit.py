"""Group commit: one batch in flight; whatever arrives meanwhile is the next batch.

A thread does the work of a batch while the event loop goes on taking requests. Nobody is told of a hand-in
before its batch is done.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence

logger = logging.getLogger("canvass.ballots")
LARGEST_BATCH = 500
LONGEST_QUEUE = 20_000


class QueueFull(Exception):
    """More is waiting than can be done soon."""


class Away(Exception):
    """Nothing can be done for any job just now; none of them is to blame."""


class WorkFailed(Exception):
    """This job could not be done; nothing of it was kept."""


class GroupCommit[Job, Result]:
    """`work` takes a batch and returns a result for each job in order, or raises.

    A batch that raises is done again job by job, so that one bad job fails alone; but one that raises Away
    fails together, or each of many would wait in vain after the other. Whatever is raised, the thread lives
    on; what is logged is the kind of failure, never its words, which could hold an answer.
    """

    def __init__(
        self,
        work: Callable[[Sequence[Job]], Sequence[Result]],
        *,
        failures: tuple[type[Exception], ...] = (Exception,),
        longest_queue: int = LONGEST_QUEUE,
    ) -> None:
        self._work = work
        self._failures: tuple[type[Exception], ...] = (Away, *failures)
        self._longest = longest_queue
        self._waiting: deque[tuple[Job, asyncio.Future[Result]]] = deque()
        self._bell = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin to work. Call from within the event loop."""
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="ballots", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Finish what is waiting, then end."""
        self._stopping = True
        self._bell.set()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join)

    def submit(self, job: Job) -> "asyncio.Future[Result]":
        """The job's result once its batch is done. Raises QueueFull."""
        if len(self._waiting) >= self._longest or self._loop is None:
            raise QueueFull
        future: asyncio.Future[Result] = self._loop.create_future()
        self._waiting.append((job, future))
        if not self._bell.is_set():
            self._bell.set()
        return future

    def _run(self) -> None:
        while True:
            self._bell.wait()
            self._bell.clear()
            while batch := self._take():
                self._do(batch)
            if self._stopping:
                return

    def _take(self) -> list[tuple[Job, "asyncio.Future[Result]"]]:
        size = min(len(self._waiting), LARGEST_BATCH)
        return [self._waiting.popleft() for _ in range(size)]

    def _do(self, batch: list[tuple[Job, "asyncio.Future[Result]"]]) -> None:
        results = self._results([job for job, _future in batch])
        assert self._loop is not None
        self._loop.call_soon_threadsafe(_deliver, [future for _job, future in batch], results)

    def _results(self, jobs: list[Job]) -> Sequence[Result | type[WorkFailed]]:
        try:
            return self._work(jobs)
        except Away:
            logger.error("A batch of %d could not be done: its store is away", len(jobs))
            return [WorkFailed] * len(jobs)
        except self._failures as failure:
            logger.warning(
                "A batch of %d failed and is done one by one: %s", len(jobs), type(failure).__name__
            )
        return [self._alone(job) for job in jobs]

    def _alone(self, job: Job) -> Result | type[WorkFailed]:
        try:
            return self._work([job])[0]
        except self._failures as failure:
            logger.error("One job of the ballot path could not be done: %s", type(failure).__name__)
            return WorkFailed


def _deliver[Result](
    futures: list["asyncio.Future[Result]"], results: Sequence[Result | type[WorkFailed]]
) -> None:
    for future, result in zip(futures, results, strict=True):
        if future.done():  # the visitor hung up
            continue
        if result is WorkFailed:
            future.set_exception(WorkFailed())
        else:
            future.set_result(result)  # type: ignore[arg-type]
