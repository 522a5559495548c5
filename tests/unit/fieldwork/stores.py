"""Ballot stores for tests: Canvass's own tables on SQLite and on PostgreSQL, and what to put into them."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from canvass import instrument
from canvass.fieldwork.ballotkeys import BallotKeys
from canvass.fieldwork.handin import Claim, HandIn
from canvass.fieldwork.journey import Journey
from canvass.fieldwork.store import Store
from canvass.fieldwork.store_postgresql import PostgresqlStore
from canvass.fieldwork.store_sqlite import SqliteStore

HOUR = 3600
KEYS = BallotKeys(b"p" * 32, b"q" * 32)
POLL_FILE = """
poll: hours
title: Working hours
category: practice
confidentiality: {level}
layout: {layout}
items:
  - id: often
    kind: single
    text: How often?
    options: [every week, never]
  - id: hours
    kind: number
    text: How many hours?
    min: 0
    max: 80
    ask_if: often == "every week"
  - id: why
    kind: text
    text: Why?
    max_chars: 500
    quote_consent: true
"""


def poll_of(level: str = "confidential", layout: str = "one_thing") -> Journey:
    return Journey.of(instrument.load(POLL_FILE.format(level=level, layout=layout)))


def member(number: int) -> str:
    return f"{number:032x}"


def migrated(folder: Path, address: str = "") -> None:
    """Make Canvass's tables in a data folder (and a PostgreSQL database), as the product does at start."""
    code = (
        "import django; django.setup(); from canvass.config.startup import prepare_stores; prepare_stores()"
    )
    env = os.environ | {"CANVASS_DATA": str(folder), "CANVASS_DATABASE": address}
    env["DJANGO_SETTINGS_MODULE"] = "canvass.config.settings"
    subprocess.run([sys.executable, "-c", code], env=env, check=True)


@dataclass
class Place:
    """A store and a side door to it, for arranging and for looking."""

    store: Store
    folder: Path
    address: str = ""  # of PostgreSQL, with the ballots' schema in front
    canvass_address: str = ""  # the same as CANVASS_DATABASE reads it

    def another(self) -> Store:
        """A second connection to the same data."""
        if self.address:
            return PostgresqlStore(self.address)
        return SqliteStore(self.folder / "ballots.db")

    def run(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        if not self.address:
            import sqlite3

            with sqlite3.connect(self.folder / "ballots.db", timeout=20) as connection:
                return connection.execute(statement.replace("%s", "?"), values).fetchall()
        with psycopg.connect(self.address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def empty(self) -> None:
        for table in ("ballot", "participation", "withdrawal", "standing", "poll_window", "poll_version"):
            self.run(f"DELETE FROM {table}")

    def add_poll(
        self, poll: int = 1, *, level: str = "confidential", state: str = "open", **changed: Any
    ) -> None:
        row = {"opens": int(time.time()) - HOUR, "closes": int(time.time()) + HOUR, "version": 1, "oldest": 1}
        row |= changed
        names = "poll_id, slug, state, confidentiality, opens, closes, version, oldest_link_key"
        self.run(
            f"INSERT INTO poll_window (panel_id, panel, panel_name, {names})"
            " VALUES (7, 'workers', 'Workers', %s, %s, %s, %s, %s, %s, %s, %s)",
            *(poll, f"poll-{poll}", state, level, row["opens"], row["closes"], row["version"], row["oldest"]),
        )

    def add_version(self, questions: instrument.Instrument, poll: int = 1, version: int = 1) -> None:
        self.run(
            "INSERT INTO poll_version (panel_id, poll_id, version, instrument, meaning_changed, text)"
            " VALUES (7, %s, %s, %s, %s, '')",
            *(poll, version, json.dumps(instrument.dump(questions)), False),
        )

    def add_member(
        self, number: int = 1, *, state: str = "active", panel: int = 7, linked: bool = False
    ) -> str:
        self.run(
            "INSERT INTO standing (member, panel_id, state, mailable, linked, profile)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            *(member(number), panel, state, True, linked, json.dumps({"role": "senior"})),
        )
        return member(number)

    def close_poll(self, seconds_ago: int) -> None:
        self.run("UPDATE poll_window SET closes = %s", int(time.time()) - seconds_ago)

    def ballots(self) -> dict[str, dict[str, Any]]:
        rows = self.run("SELECT key, answers FROM ballot")
        return {key: _json(answers) for key, answers in rows}

    def shown(self) -> list[list[str]]:
        return [_json(row[0]) for row in self.run("SELECT shown FROM ballot ORDER BY key")]

    def ballots_with_shown(self) -> dict[str, tuple[dict[str, Any], list[str]]]:
        rows = self.run("SELECT key, answers, shown FROM ballot")
        return {key: (_json(answers), _json(shown)) for key, answers, shown in rows}

    def participation(self) -> dict[str, tuple[bool, bool, bool]]:
        rows = self.run("SELECT member, opened, answered, finished FROM participation")
        return {row[0]: (row[1] is not None, row[2] is not None, row[3] is not None) for row in rows}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def handed_in(journey: Journey, who: str, page: int = 0, **more: Any) -> HandIn:
    """A page handed in by browser at this moment; `answers=` in stored form, `claim_*=` change the claim."""
    claim: dict[str, Any] = {"key": KEYS.member(who), "member": who, "link_key": 1}
    claim |= {"started": int(time.time()) - 60}
    claim |= {name.removeprefix("claim_"): more.pop(name) for name in list(more) if name.startswith("claim_")}
    more.setdefault("answers", {})
    return HandIn(Claim(poll=1, **claim), journey, 1, (page,), **more)


@contextmanager
def sqlite_place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="canvass-ballots-") as name:
        migrated(Path(name))
        place = Place(SqliteStore(Path(name) / "ballots.db"), Path(name))
        yield place
        place.store.close()


@contextmanager
def postgresql_place(address: str) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="canvass-ballots-") as name:
        migrated(Path(name), address)
        parts = urlsplit(address)
        conninfo = f"{parts.geturl()}?options=-csearch_path%3Dballots"
        place = Place(PostgresqlStore(conninfo), Path(name), conninfo, address)
        yield place
        place.store.close()
