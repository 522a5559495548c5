"""Processes that start at once: one that has imported everything forks another for each line it reads.

`forking(work)` is that process's main; `Stock` speaks to it, and each fork is a process group of its own.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

from tests.waiting import wait_until


def forking(work: Callable[[str], object]) -> None:
    """For each line of stdin, a fork that does `work(line)`; its process id is printed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # who is killed leaves nothing behind
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setpgid(0, 0)
            work(line.strip())
            os._exit(0)
        with suppress(OSError):  # whichever of the two comes first makes the group
            os.setpgid(child, child)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


class Stock:
    """A process that runs `forking`, with pipes to its stdin and from its stdout."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def fork(self, line: str = "") -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()


def lives(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def kill(pid: int) -> None:
    """SIGKILL to a fork and all that it started; returns when it is gone."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    wait_until(lambda: not lives(pid))
