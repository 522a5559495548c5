"""Voters over real HTTP who keep their own log of what was acknowledged. Used by the kill test."""

import re
import threading
from dataclasses import dataclass, field

import httpx
from tests.ballotserver import Server
from tests.unit.fieldwork.stores import member
from tests.waiting import wait_until

PAGES = ("often", "hours", "why")
_STAMP = re.compile(r'name=stamp value="([^"]+)"')
_TITLE = re.compile(r"<title>([^<]*)")


@dataclass
class Acknowledged:
    """What the server told one member: every answer in it must be in the ballot."""

    answers: dict[str, str] = field(default_factory=dict)
    sent: dict[str, set[str]] = field(default_factory=dict)  # tried, acknowledged or not
    finished: bool = False


@dataclass
class Log:
    """The clients' own log, and the lock that lets several voters write it."""

    members: dict[str, Acknowledged] = field(default_factory=dict)
    unexpected: list[str] = field(default_factory=list)
    acknowledgements: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for(self, more: int) -> None:
        """Until so many more answers are acknowledged."""
        goal = self.acknowledgements + more
        wait_until(lambda: self.acknowledgements >= goal, lambda: self.unexpected)

    def of(self, who: str) -> Acknowledged:
        with self.lock:
            return self.members.setdefault(who, Acknowledged())


class Voter(threading.Thread):
    """Goes through whole journeys, one member after another, until told to stop; waits for a lost server."""

    def __init__(self, server: Server, log: Log, numbers: range, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.server, self.log, self.numbers, self.stopping = server, log, numbers, stop

    def run(self) -> None:
        with httpx.Client(timeout=30) as client:
            for number in self.numbers:
                if self.stopping.is_set():
                    return
                self._vote_until_in(client, number)

    def _vote_until_in(self, client: httpx.Client, number: int) -> None:
        """A member whose server died starts again with the same link, as a person would."""
        for attempt in range(1_000):
            if self.stopping.is_set():
                return
            try:
                self._vote(client, number, f"{number}-{attempt}")
            except httpx.TransportError:
                self.stopping.wait(0.2)
            else:
                return

    def _vote(self, client: httpx.Client, number: int, words: str) -> None:
        who = member(number)
        link, acknowledged = self.server.link(who), self.log.of(who)
        client.get(link)
        page = client.post(link, data={"start": "1"})
        values = {"often": "0", "hours": str(number % 80), "why": words}
        while (stamp := _STAMP.search(page.text)) is not None:
            item = PAGES[int(stamp[1].split(".")[1])]
            acknowledged.sent.setdefault(item, set()).add(values[item])
            page = client.post(link, data={"stamp": stamp[1], item: values[item]})
            if page.status_code != 200:
                break
            acknowledged.answers[item] = values[item]
            with self.log.lock:
                self.log.acknowledgements += 1
        self._end(page, acknowledged)

    def _end(self, page: httpx.Response, acknowledged: Acknowledged) -> None:
        title = _TITLE.search(page.text)
        if title and "answers are in" in title[1]:
            acknowledged.finished = True
        else:
            with self.log.lock:
                self.log.unexpected.append(f"{page.status_code} {title and title[1]}")
