"""The SQLite store of ballots: WAL, synchronous=FULL, one writer."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from string import Template
from typing import Any

from canvass.fieldwork import store_sql

Unavailable = sqlite3.OperationalError

_READ = Template("SELECT key AS ordinal, $columns FROM json_each(?1)")
_ROWS = Template("SELECT $columns FROM json_each(?1) WHERE true")
_NOW = "unixepoch() + ?2"


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(
        f"value {'->' if name in store_sql.JSON else '->>'} {at} AS {name}" for at, name in enumerate(names)
    )


FATES = store_sql.FATES.substitute(
    claims=_READ.substitute(columns=_columns(store_sql.CLAIM)), now=_NOW, grace=store_sql.GRACE
)
BALLOTS = store_sql.BALLOTS.substitute(rows=_ROWS.substitute(columns=_columns(store_sql.BALLOT)))
PARTICIPATION = store_sql.PARTICIPATION.substitute(
    rows=_ROWS.substitute(columns=_columns(store_sql.PARTICIPATION_DAYS))
)
WINDOW = store_sql.WINDOW.substitute(poll="?1", now=_NOW)
VERSION = store_sql.VERSION.substitute(poll="?1", version="?2")
DELETE_BALLOT = store_sql.DELETE_BALLOT.substitute(poll="?1", key="?2")
COUNT_WITHDRAWAL = store_sql.COUNT_WITHDRAWAL.substitute(panel="?1", poll="?2")


class SqliteStore:
    """One connection to ballots.db. Not shared between threads."""

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self._path = path
        self._synchronous = "FULL" if durable else "OFF"
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, which holds the only write lock from its start."""
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._rollback()
            raise
        try:
            self._execute("COMMIT")
        except sqlite3.Error:
            self._rollback()
            raise

    def lock(self, members: list[str]) -> None:
        """Nothing to do: `writing` locked the file."""

    def fates(self, claims: list[list[Any]], offset: int) -> list[tuple[Any, ...]]:
        return self._execute(FATES, json.dumps(claims), offset).fetchall()

    def put_ballots(self, rows: list[list[Any]]) -> None:
        self._execute(BALLOTS, json.dumps(rows))

    def put_participation(self, rows: list[list[Any]]) -> None:
        self._execute(PARTICIPATION, json.dumps(rows))

    def window(self, poll: int, offset: int) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._execute(WINDOW, poll, offset).fetchone()
        return row

    def version(self, poll: int, version: int) -> dict[str, Any] | None:
        row = self._execute(VERSION, poll, version).fetchone()
        return None if row is None else json.loads(row[0])

    def withdraw(self, panel: int, poll: int, key: str) -> bool:
        """Delete a ballot and count it as withdrawn. False where there is none."""
        if self._execute(DELETE_BALLOT, poll, key).fetchone() is None:
            return False
        self._execute(COUNT_WITHDRAWAL, panel, poll)
        return True

    def _execute(self, statement: str, *values: Any) -> sqlite3.Cursor:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection.execute(statement, values)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=20, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={self._synchronous}")
        return connection

    def _rollback(self) -> None:
        if self._connection is not None and self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
