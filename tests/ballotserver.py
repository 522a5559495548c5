"""A real granian server over a data folder of its own, for tests that vote over HTTP.

`with serving(place) as server:` starts one process on a free port; `server.kill()` is SIGKILL.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from canvass.datafolder.keys import KeyStore
from canvass.fieldwork.links import LinkKeys, make_link


@dataclass
class Server:
    folder: Path
    address: str  # CANVASS_DATABASE, or "" for SQLite
    port: int
    workers: int = 1
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def link(self, member: str, poll: int = 1) -> str:
        return f"{self.base}/b/{make_link(LinkKeys(KeyStore(self.folder / 'keys')), poll, member)}"

    def start(self) -> None:
        env = os.environ | {"CANVASS_DATA": str(self.folder), "CANVASS_DATABASE": self.address}
        env |= {"DJANGO_SETTINGS_MODULE": "canvass.config.settings", "CANVASS_BASE_URL": self.base}
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--port", str(self.port)]
        command += [
            "--workers",
            str(self.workers),
            "--log-level",
            "warning",
            "canvass.config.asgi:application",
        ]
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log, start_new_session=True)
        self._wait()

    def kill(self) -> None:
        """SIGKILL to the server and its workers, all at once."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                httpx.get(f"{self.base}/b/withdraw", timeout=2)
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.folder / "server.log").read_text())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(folder: Path, address: str = "", *, workers: int = 1) -> Iterator[Server]:
    server = Server(folder, address, free_port(), workers)
    server.start()
    try:
        yield server
    finally:
        server.kill()
