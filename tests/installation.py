"""A whole installation for tests: a fresh data folder, the real command line, and `canvass serve`."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.ballotserver import Server
from tests.waiting import PATIENCE

PASSWORD = "a long walk by the river"


class Installation(Server):
    """A fresh data folder, served by `canvass serve`."""

    @property
    def log(self) -> Path:
        return self.folder.with_suffix(".log")

    def canvass(self, *words: object) -> str:
        done = subprocess.run(
            self._line(*words), env=self._surroundings(), capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        line = self._line("serve", "--port", self.port)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                line, env=self._surroundings(), stdout=log, stderr=log, start_new_session=True
            )
        self.wait()

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=PATIENCE)

    @contextmanager
    def served(self) -> Iterator["Installation"]:
        """Served while the block runs, and stopped as by Ctrl-C."""
        try:
            self.start()
            yield self
        finally:
            self.stop()

    def rows(self, store: str, query: str, *values: object) -> list[tuple]:
        with sqlite3.connect(f"file:{self.folder}/{store}.db?mode=ro", uri=True) as database:
            return database.execute(query, values).fetchall()

    def _line(self, *words: object) -> list[str]:
        return [str(Path(sys.executable).parent / "canvass"), "--data", str(self.folder), *map(str, words)]

    def _surroundings(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CANVASS_")}
        return kept | {"CANVASS_BASE_URL": self.base}


def log_in(page: Page, link: str, email: str) -> None:
    """Set a password by the link that `staff add` printed, and log in with it."""
    page.goto(link)
    for box in page.locator("input[type=password]").all():
        box.fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main button").first.click()
    if "log-in" in page.url:
        page.get_by_label("E-mail").fill(email)
        page.locator("input[type=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main button").first.click()
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE * 1000)
