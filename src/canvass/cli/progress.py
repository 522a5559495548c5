"""Long work says how far it is, on stderr and only where somebody is watching."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

type Say = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@contextmanager
def progress(*, transient: bool = False) -> Iterator[Say]:
    """A bar for each kind of work. transient: gone when the work is done."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=transient) as bars:
        tasks: dict[str, TaskID] = {}

        def say(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done)

        yield say
