"""The servers that are measured, each with its own data in a folder that is thrown away."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx

from bench.ballots import questions

MEMBERS = 60_000
LAYOUTS = ("one_page", "one_thing")


@dataclass
class Contestant:
    name: str
    folder: Path
    target: str  # granian's
    interface: str = "asgi"
    workers: int = 1
    address: str = ""  # of PostgreSQL

    def environment(self) -> dict[str, str]:
        names = {"CANVASS_DATA": str(self.folder), "CANVASS_DATABASE": self.address}
        names |= {"PLAIN_DATABASE": str(self.folder / "plain.db")}
        return os.environ | names | {"DJANGO_SETTINGS_MODULE": "canvass.config.settings"}

    def prepare(self) -> None:
        """Tables, polls and members, made by a process of its own."""
        kind = "plain" if self.interface == "wsgi" else "canvass"
        command = [sys.executable, "-m", "bench.ballots.fill", kind, str(MEMBERS)]
        subprocess.run(command, env=self.environment(), check=True)

    def links(self, layout: str) -> Iterator[str]:
        """Addresses of members who have not voted yet."""
        paths = json.loads((self.folder / f"links-{layout}.json").read_text())
        place = self.folder / f"used-{layout}"
        begun = int(place.read_text()) if place.exists() else 0
        for at in count(begun):
            place.write_text(str(at + 500)) if at % 500 == 0 else None
            yield paths[at]

    @contextmanager
    def serving(self) -> Iterator[int]:
        port = _free_port()
        command = [sys.executable, "-m", "granian", "--interface", self.interface, "--port", str(port)]
        command += ["--workers", str(self.workers), "--backlog", "2048", "--log-level", "warning"]
        if self.interface == "wsgi":  # more threads only queue for SQLite's one write lock
            command += ["--blocking-threads", "2"]
        process = subprocess.Popen([*command, self.target], env=self.environment(), start_new_session=True)
        try:
            _wait_for(port)
            yield port
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # a graceful end would wait for the kept connections
            process.wait()


def bodies(layout: str) -> list[tuple[str, ...]]:
    """The names of the fields on each page."""
    names = tuple(questions.ANSWERS)
    return [names] if layout == "one_page" else [(name,) for name in names]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(400):
        try:
            httpx.get(f"http://127.0.0.1:{port}/b/withdraw", timeout=2)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("The server did not start.")
