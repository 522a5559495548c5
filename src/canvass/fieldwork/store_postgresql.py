"""The PostgreSQL store of ballots: several processes may write, each with one connection."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from string import Template
from typing import Any

import psycopg
from psycopg.rows import TupleRow

from canvass.fieldwork import store_sql
from canvass.fieldwork.groupcommit import Away

Unavailable = (psycopg.OperationalError, psycopg.InterfaceError, Away)

_TYPES = {
    **dict.fromkeys(("member", "own_key", "linked_key", "key"), "text"),
    **dict.fromkeys(store_sql.JSON, "jsonb"),
    **dict.fromkeys(("opened", "answered", "finished"), "date"),
}
_READ = Template(
    "SELECT ordinality - 1 AS ordinal, $columns "
    "FROM json_array_elements(%(rows)s::json) WITH ORDINALITY AS e(r, ordinality)"
)
_ROWS = Template("SELECT $columns FROM json_array_elements(%(rows)s::json) r")
_NOW = "floor(extract(epoch FROM statement_timestamp()))::bigint + %(offset)s"


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(
        f"(r {'->' if name in store_sql.JSON else '->>'} {at})::{_TYPES.get(name, 'bigint')} AS {name}"
        for at, name in enumerate(names)
    )


FATES = store_sql.FATES.substitute(
    claims=_READ.substitute(columns=_columns(store_sql.CLAIM)), now=_NOW, grace=store_sql.GRACE
)
BALLOTS = store_sql.BALLOTS.substitute(rows=_ROWS.substitute(columns=_columns(store_sql.BALLOT)))
PARTICIPATION = store_sql.PARTICIPATION.substitute(
    rows=_ROWS.substitute(columns=_columns(store_sql.PARTICIPATION_DAYS))
)
WINDOW = store_sql.WINDOW.substitute(poll="%(poll)s", now=_NOW)
VERSION = store_sql.VERSION.substitute(poll="%(poll)s", version="%(version)s")
DELETE_BALLOT = store_sql.DELETE_BALLOT.substitute(poll="%(poll)s", key="%(key)s")
COUNT_WITHDRAWAL = store_sql.COUNT_WITHDRAWAL.substitute(panel="%(panel)s", poll="%(poll)s")

# A batch looks up a few rows by their keys in tables of any size. Left to its guesses the planner reads whole
# tables for that; so its plans are made once, and by index.
PLANS = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "jit": "off",
}

# Two processes that hold hand-ins of one member wait for each other here, always in the same order.
LOCK = (
    "SELECT count(pg_advisory_xact_lock(k)) "
    "FROM (SELECT r::text::bigint AS k FROM json_array_elements(%(rows)s::json) r ORDER BY 1) locks"
)


def prepared(connection: psycopg.Connection[TupleRow]) -> None:
    """Set the connection to plan as the ballot path needs it."""
    for name, value in PLANS.items():
        connection.execute(f"SET {name} = {value}".encode(), prepare=False)


class PostgresqlStore:
    """One connection to the ballots' schema, made again after it was lost. Not shared between threads."""

    def __init__(self, conninfo: str, *, durable: bool = True) -> None:
        self._conninfo = conninfo
        self._synchronous = "on" if durable else "off"
        self._connection: psycopg.Connection[TupleRow] | None = None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction, in which statements travel without waiting for the answers of those before."""
        if self._connection is None:
            self._connection = self._connect()
        connection = self._connection
        with self._forgotten_when_lost(), connection.pipeline(), connection.transaction():
            yield

    def lock(self, members: list[str]) -> None:
        """Hold these members' (or respondents') ballots until the transaction ends."""
        keys = sorted({int(member[:16], 16) - 2**63 for member in members})
        self._execute(LOCK, rows=json.dumps(keys))

    def fates(self, claims: list[list[Any]], offset: int) -> list[tuple[Any, ...]]:
        return self._execute(FATES, rows=json.dumps(claims), offset=offset).fetchall()

    def put_ballots(self, rows: list[list[Any]]) -> None:
        self._execute(BALLOTS, rows=json.dumps(rows))

    def put_participation(self, rows: list[list[Any]]) -> None:
        self._execute(PARTICIPATION, rows=json.dumps(rows))

    def window(self, poll: int, offset: int) -> tuple[Any, ...] | None:
        return self._execute(WINDOW, poll=poll, offset=offset).fetchone()

    def version(self, poll: int, version: int) -> dict[str, Any] | None:
        row = self._execute(VERSION, poll=poll, version=version).fetchone()
        return None if row is None else row[0]

    def withdraw(self, panel: int, poll: int, key: str) -> bool:
        """Delete a ballot and count it as withdrawn. False where there is none."""
        if self._execute(DELETE_BALLOT, poll=poll, key=key).fetchone() is None:
            return False
        self._execute(COUNT_WITHDRAWAL, panel=panel, poll=poll)
        return True

    def _execute(self, statement: str, **values: Any) -> psycopg.Cursor[TupleRow]:
        if self._connection is None:
            self._connection = self._connect()
        with self._forgotten_when_lost():
            return self._connection.execute(statement.encode(), values)

    def _connect(self) -> psycopg.Connection[TupleRow]:
        """Raises Away where the database takes no connection."""
        try:
            connection = psycopg.connect(
                self._conninfo, autocommit=True, connect_timeout=5, prepare_threshold=0
            )
        except psycopg.OperationalError as error:
            raise Away from error
        prepared(connection)
        connection.execute(f"SET synchronous_commit = {self._synchronous}".encode(), prepare=False)
        return connection

    @contextmanager
    def _forgotten_when_lost(self) -> Iterator[None]:
        try:
            yield
        except Unavailable:
            self.close()
            raise
