"""A real granian server over a data folder of its own, for tests that vote over HTTP.

`with serving(place.folder) as server:` starts one process on a free port; `server.kill()` is SIGKILL. A warm
one (`rising`) starts again at once after a kill.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
from tests.forking import Stock, kill
from tests.ports import free_port
from tests.waiting import wait_until

from canvass.datafolder.keys import KeyStore
from canvass.fieldwork.links import LinkKeys, make_link


@dataclass
class Server:
    folder: Path
    address: str  # CANVASS_DATABASE, or "" for SQLite
    port: int
    workers: int = 1
    process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def link(self, member: str, poll: int = 1) -> str:
        return f"{self.base}/b/{make_link(LinkKeys(KeyStore(self.folder / 'keys')), poll, member)}"

    def start(self) -> None:
        command = ["granian", "--interface", "asgi", "--port", str(self.port)]
        command += [
            "--workers",
            str(self.workers),
            "--log-level",
            "warning",
            "canvass.config.asgi:application",
        ]
        self.process = self.run(*command)
        self.wait()

    def run(self, *module: str, **streams: int) -> subprocess.Popen[str]:
        """A Python module in this server's environment, in a session of its own."""
        env = os.environ | {"CANVASS_DATA": str(self.folder), "CANVASS_DATABASE": self.address}
        env |= {"DJANGO_SETTINGS_MODULE": "canvass.config.settings", "CANVASS_BASE_URL": self.base}
        with self.log.open("ab") as log:
            streams = {"stdout": log.fileno(), "stderr": log.fileno()} | streams
            command = [sys.executable, "-m", *module]
            return subprocess.Popen(command, env=env, text=True, start_new_session=True, **streams)

    def kill(self) -> None:
        """SIGKILL to the server and its workers, all at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def wait(self) -> None:
        """Until it answers. One that ended while it started will not."""

        def answers() -> bool:
            assert self.process is None or self.process.poll() is None, self.said()
            with suppress(httpx.TransportError):
                return bool(httpx.get(f"{self.base}/b/withdraw", timeout=5).status_code)
            return False

        wait_until(answers, self.said)

    def said(self) -> str:
        return self.log.read_text()


@dataclass
class WarmServer(Server):
    """Starts as a fork of a process that has imported everything."""

    stock: Stock | None = None
    pid: int = 0

    def start(self) -> None:
        if self.stock is None:
            pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
            self.stock = Stock(self.run("tests.warmserver", **pipes))
        self.pid = self.stock.fork(str(self.port))
        self.wait()

    def kill(self) -> None:
        kill(self.pid)

    def end(self) -> None:
        if self.stock is not None:
            self.kill()
            self.stock.end()


@contextmanager
def serving(folder: Path, address: str = "", *, workers: int = 1) -> Iterator[Server]:
    server = Server(folder, address, free_port(), workers)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@contextmanager
def rising(folder: Path, address: str = "") -> Iterator[Server]:
    """A server that can be killed and started again quickly."""
    server = WarmServer(folder, address, free_port())
    try:
        server.start()
        yield server
    finally:
        server.end()
