"""A throw-away PostgreSQL for tests that need a real one: a cluster of its own, gone afterwards.

`with cluster() as pg:` starts one on a free port of 127.0.0.1; `pg.database("name")` makes an empty database
and returns its address as CANVASS_DATABASE reads it. fsync is on: the kill test is about what survives.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from tests.ports import free_port
from tests.waiting import PATIENCE


@dataclass(frozen=True)
class Cluster:
    port: int
    folder: Path
    programs: Path

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def make(self) -> None:
        self._run("initdb", "-U", "canvass", "-A", "trust", "-E", "UTF8", "--locale=C")

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self.folder} -c fsync=on -c shared_buffers=32MB"
        self._run("pg_ctl", "-w", "-t", str(PATIENCE), "-o", options, "-l", str(self.folder / "log"), "start")

    def crash(self) -> None:
        """Stop it as a power cut would: no checkpoint, no farewell."""
        self._run("pg_ctl", "-w", "-t", str(PATIENCE), "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_ordinary_user(), str(self.programs / program), "-D", self.data, *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd="/")

    def url(self, name: str) -> str:
        return f"postgresql://canvass@127.0.0.1:{self.port}/{name}"

    def database(self, name: str) -> str:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)


def _programs() -> Path | None:
    """Where initdb and pg_ctl lie: on PATH, or in Debian's folder of the newest version."""
    found = shutil.which("initdb")
    folders = (
        [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    )
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


def _as_ordinary_user() -> list[str]:
    """PostgreSQL refuses to run as root; its own account runs it then."""
    return ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running cluster with fsync on; stopped and deleted at the end."""
    programs = _programs()
    assert programs is not None, "install PostgreSQL (the package 'postgresql') to run these tests"
    folder = Path(tempfile.mkdtemp(prefix="canvass-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    running = Cluster(free_port(), folder, programs)
    try:
        running.make()
        running.start()
        try:
            yield running
        finally:
            running.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    with cluster() as running:
        yield running
