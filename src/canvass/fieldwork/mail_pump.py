"""The pump that sends mail: what the panel wrote, then invitations. It may be killed at any instant."""

import logging
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from django.conf import settings

from canvass.datafolder import clock
from canvass.fieldwork import letterbox, outbox, services
from canvass.fieldwork.crew import Crew, crew
from canvass.fieldwork.envelopes import Envelope, Envelopes
from canvass.fieldwork.mailings import MailState
from canvass.fieldwork.outbox import Settled, Slip
from canvass.fieldwork.smtp import Fate, Reply, Server, ServerUnset, Unreachable
from canvass.fieldwork.store import in_pieces
from canvass.team.audit import SYSTEM

logger = logging.getLogger("canvass.fieldwork")
CLAIM = 500  # mails leased at a time
GROUP = 20  # mails under way at once: no more than these can be sent twice after a crash
CONNECTIONS = 4
RUN = 10.0  # seconds after which a run hands over to the other pumps
REST = 30.0  # seconds for which a server that cannot be reached is left alone
SHORT_WAIT = 60  # seconds until a mail is due again that was never given to the server


@dataclass(slots=True)
class MailPump:
    """One installation's mail. `run` is called again and again."""

    now: Callable[[], datetime] = lambda: clock.now(settings.DATA.path)
    run_for: float = RUN
    group: int = GROUP
    connections: int = CONNECTIONS
    _rest_until: float = field(default=0.0, init=False)

    def run(self) -> None:
        """Begin what is due, then send until nothing is due or the time is up."""
        services.begin_due(by=SYSTEM, now=self.now())
        if outbox.anything_waits():
            outbox.recover(self._seconds())
        if not settings.SMTP_URL:
            self._drain(None)
        elif monotonic() >= self._rest_until:
            self._send_all()

    def _send_all(self) -> None:
        try:
            server = Server.read(settings.SMTP_URL)
        except ServerUnset as fault:
            self._rest(str(fault))
            return
        with crew(server, self.connections) as sending:
            try:
                letterbox.drain(sending.couriers[0], now=self.now())
            except Unreachable as fault:
                self._rest(str(fault))
                return
            self._drain(sending)

    def _drain(self, sending: Crew | None) -> None:
        worker = f"{socket.gethostname()[:24]}-{os.getpid()}"
        until = monotonic() + self.run_for
        if not outbox.anything_waits():
            return
        try:
            while monotonic() < until and monotonic() >= self._rest_until:
                slips = outbox.claim(worker, CLAIM, now=self._seconds())
                if not slips:
                    return
                self._work_off(slips, worker, sending, until)
        finally:
            outbox.release(worker)

    def _work_off(self, slips: Sequence[Slip], worker: str, sending: Crew | None, until: float) -> None:
        """A claim, group by group: each group's outcome is written together with the next one's marks."""
        envelopes = Envelopes(slips, now=self.now())
        settled: list[Settled] = []
        for group in in_pieces(slips, self.group if sending else CLAIM):
            if monotonic() >= until or monotonic() < self._rest_until:
                break
            going = outbox.attempt(group, worker, settled, now=self._seconds())
            settled = self._hand_over(envelopes.of(going), sending)
        outbox.settle(settled, worker, now=self._seconds())

    def _hand_over(self, envelopes: Sequence[Envelope], sending: Crew | None) -> list[Settled]:
        """Give mails to the server, over all connections at once; without a server they are kept."""
        settled = [Settled(one.slip, MailState.REFUSED, one.fault) for one in envelopes if one.fault]
        good = [one for one in envelopes if not one.fault]
        if sending is None:
            return settled + [Settled(one.slip, MailState.KEPT) for one in good]
        settled += (_settled(envelope.slip, reply) for envelope, reply in sending.deliver(good))
        lost = [one.reply for one in settled if not one.counts]
        if lost:
            self._rest(lost[0])
        return settled

    def _rest(self, why: str) -> None:
        self._rest_until = monotonic() + REST
        logger.warning("%s Mail waits and is tried again.", why)

    def _seconds(self) -> int:
        return int(self.now().timestamp())


def _settled(slip: Slip, reply: Reply) -> Settled:
    """What a reply means for the outbox."""
    match reply.fate:
        case Fate.ACCEPTED:
            return Settled(slip, MailState.ACCEPTED, reply.text)
        case Fate.REFUSED:
            return Settled(slip, MailState.REFUSED, reply.text)
        case Fate.DEFERRED:
            return Settled(slip, MailState.DEFERRED, reply.text, outbox.wait_after(slip.tries + 1))
        case Fate.UNKNOWN:
            given_up = slip.tries + 1 >= outbox.MOST_CRASHES
            wait = outbox.NEVER if given_up else outbox.FIRST_WAIT
            return Settled(slip, MailState.UNKNOWN, reply.text, wait)
        case Fate.LOST:
            return Settled(slip, MailState.DEFERRED, reply.text, SHORT_WAIT, counts=False)
