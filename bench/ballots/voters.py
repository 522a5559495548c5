"""The load generator: one process, one epoll loop, many voters on kept connections. Reads any server's forms.

Each voter goes through whole journeys (GET the cover, POST Start, POST each page) with a link of its own and
fills in whatever hidden fields the page holds. Nothing is asked twice; an unexpected page counts as an error.
"""

import re
import select
import socket
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote_plus

_HIDDEN = re.compile(rb'<input type="?hidden"? name="?(\w+)"? value="([^"]*)"')
_LENGTH = re.compile(rb"(?i)content-length: (\d+)")
_COOKIE = re.compile(rb"(?i)set-cookie: ([^;\r]+)")
_THANKS = b"answers are in"


@dataclass
class Tally:
    """What one run saw. Latencies are of POSTs, in seconds."""

    journeys: int = 0
    errors: int = 0
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    busy: float = 0.0  # share of the time for which the load generator had work

    @property
    def per_second(self) -> float:
        return self.journeys / self.seconds

    def quantile(self, share: float) -> float:
        cuts = statistics.quantiles(self.latencies, n=100, method="inclusive")
        return cuts[round(share * 100) - 1] * 1000


@dataclass
class Plan:
    """How to vote: where, with which links, and the form of each page."""

    port: int
    links: Iterator[str]
    bodies: list[bytes]  # of each page after Start


class Voter:
    """One connection and the step of its journey."""

    def __init__(self, plan: Plan, tally: Tally) -> None:
        self.plan, self.tally = plan, tally
        self.socket = socket.create_connection(("127.0.0.1", plan.port))
        self.socket.setblocking(False)
        self.received = b""
        self.begin()

    def begin(self) -> None:
        self.path = next(self.plan.links).encode()
        self.cookie, self.step = b"", -1
        self.send(b"GET %b HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % self.path)

    def send(self, request: bytes) -> None:
        self.sent_at = time.perf_counter()
        self.socket.send(request)

    def readable(self) -> None:
        self.received += self.socket.recv(262_144)
        head, mark, body = self.received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head) if mark else None
        if length is None or len(body) < int(length[1]):
            return
        self.received = b""
        self.answered(head, body)

    def answered(self, head: bytes, body: bytes) -> None:
        """The page for this step came: go on, or begin another journey."""
        if self.step >= 0:
            self.tally.latencies.append(time.perf_counter() - self.sent_at)
        done = self.step == len(self.plan.bodies)
        if not head.startswith(b"HTTP/1.1 200") or done != (_THANKS in body):
            self.tally.errors += 1
            self.begin()
        elif done:
            self.tally.journeys += 1
            self.begin()
        else:
            self.hand_in(head, body)

    def hand_in(self, head: bytes, body: bytes) -> None:
        if cookie := _COOKIE.search(head):
            self.cookie = b"Cookie: %b\r\n" % cookie[1]
        hidden = b"&".join(b"%b=%b" % (name, value) for name, value in _HIDDEN.findall(body))
        self.step += 1
        form = hidden if self.step == 0 else b"%b&%b" % (hidden, self.plan.bodies[self.step - 1])
        self.send(
            b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\n%bContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n%b" % (self.path, self.cookie, len(form), form)
        )


def vote(plan: Plan, *, voters: int, warm_up: float, seconds: float) -> Tally:
    """Keep `voters` voting for `seconds` after a warm-up, and say what was seen."""
    tally = Tally()
    poll = select.epoll()
    crowd = {}
    for _ in range(voters):
        voter = Voter(plan, tally)
        crowd[voter.socket.fileno()] = voter
        poll.register(voter.socket, select.EPOLLIN)
    _run(poll, crowd, warm_up)
    tally.journeys, tally.latencies[:] = 0, []
    worked = time.process_time()
    tally.seconds = _run(poll, crowd, seconds)
    tally.busy = (time.process_time() - worked) / tally.seconds
    for voter in crowd.values():
        voter.socket.close()
    return tally


def _run(poll: select.epoll, crowd: dict[int, Voter], seconds: float) -> float:
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for descriptor, _event in poll.poll(0.1):
            crowd[descriptor].readable()
    return time.perf_counter() - begun


def encoded(answers: dict[str, str], pages: list[tuple[str, ...]]) -> list[bytes]:
    """The body of each page's form, without its hidden fields."""
    return [
        "&".join(f"{name}={quote_plus(answers[name])}" for name in page).encode() + b"&go=next"
        for page in pages
    ]
