"""The limit: the same app, pages and checks, with a store that keeps nothing and says that it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import time
from typing import Any

import canvass.config.asgi as asgi
from canvass.fieldwork.runtime import Ballots, open_store


class Nowhere:
    """Answers every claim with `stored`; reads polls from the real store."""

    def __init__(self) -> None:
        self._polls = open_store()
        self.window, self.version = self._polls.window, self._polls.version

    def close(self) -> None:
        self._polls.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        yield

    def lock(self, members: list[str]) -> None:
        pass

    def fates(self, claims: list[list[Any]], _offset: int) -> list[tuple[Any, ...]]:
        now = int(time())
        return [
            (at, "stored", now, 1, {}, claim[5], None, None, None, None, False, False)
            for at, claim in enumerate(claims)
        ]

    def put_ballots(self, rows: list[list[Any]]) -> None:
        pass

    def put_participation(self, rows: list[list[Any]]) -> None:
        pass

    def withdraw(self, _panel: int, _poll: int, _key: str) -> bool:
        return False


application = asgi.Door(Ballots(Nowhere))
