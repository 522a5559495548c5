"""Several couriers who deliver at once, each over a connection of its own, kept for the whole run."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import monotonic

from django.conf import settings

from canvass.fieldwork.envelopes import Envelope
from canvass.fieldwork.smtp import Courier, Fate, Reply, Server, Unreachable

PATIENCE = 120.0  # seconds for a group; with the last mail's own timeouts still within the outbox's lease
type Delivered = tuple[Envelope, Reply]


@dataclass(frozen=True, slots=True)
class Crew:
    couriers: Sequence[Courier]
    threads: ThreadPoolExecutor

    def deliver(self, envelopes: Sequence[Envelope]) -> list[Delivered]:
        """Give these mails to the server; a reply for each."""
        shares = [envelopes[at :: len(self.couriers)] for at in range(len(self.couriers))]
        until = monotonic() + PATIENCE
        rounds = self.threads.map(
            lambda courier, share: _deliver(courier, share, until), self.couriers, shares
        )
        return [delivered for each in rounds for delivered in each]


@contextmanager
def crew(server: Server, number: int) -> Iterator[Crew]:
    """A crew that connects when it first delivers, and hangs up at the end."""
    with ExitStack() as stack:
        couriers = [stack.enter_context(Courier(server)) for _ in range(number)]
        yield Crew(couriers, stack.enter_context(ThreadPoolExecutor(number)))


def _deliver(courier: Courier, share: Sequence[Envelope], until: float) -> list[Delivered]:
    """Over one connection, one after the other; what is left when it cannot be made comes back as lost."""
    delivered: list[Delivered] = []
    lost: Reply | None = None
    for envelope in share:
        if lost is None and monotonic() > until:
            lost = Reply(Fate.LOST, "The mail server answers too slowly.")
        if lost is None:
            try:
                reply = _given(courier, envelope)
            except Unreachable as fault:
                reply = lost = Reply(Fate.LOST, str(fault))
        else:
            reply = lost
        delivered.append((envelope, reply))
    return delivered


def _given(courier: Courier, envelope: Envelope) -> Reply:
    """One mail; a kept connection that the server has closed since is made anew once."""
    sender = settings.MAIL_FROM
    reply = courier.send(sender, envelope.recipient, envelope.mail)
    return courier.send(sender, envelope.recipient, envelope.mail) if reply.fate is Fate.LOST else reply
