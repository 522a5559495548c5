"""A real mail server on loopback that keeps what it is given and can be told to misbehave.

`with mail_server(script) as server:` `script(recipient) -> reply or None` is asked at RCPT, and
`at_data` at the end of a mail; a reply is such as "451 4.7.1 Try later". "drop" cuts the connection.
"""

import asyncio
import email
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.ports import free_port
from tests.waiting import PATIENCE

type Script = Callable[[str], str | None]


def agreeable(_recipient: str) -> None:
    return None


@dataclass
class MailServer:
    at_recipient: Script = agreeable
    at_data: Script = agreeable
    greeting: str = ""  # instead of 220
    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)  # (recipient, mail)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _mail in self.taken]

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for _recipient, raw in self.taken]

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options
    ) -> str:
        reply = self.at_recipient(address)
        if reply == "drop":
            server.transport.abort()
            return "421 gone"
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        reply = self.at_data(envelope.rcpt_tos[0])
        if reply == "drop":
            server.transport.abort()
            return "421 gone"
        if reply and reply.startswith("slow"):
            await asyncio.sleep(float(reply.split()[1]))
            reply = None
        if reply is None:
            with self.lock:
                self.taken.append((envelope.rcpt_tos[0], envelope.content))
        return reply or "250 Taken"


class _Greeting(SMTP):
    """Says something else than 220 when somebody connects."""

    said = ""

    async def push(self, status):
        await super().push(self.said if self.said and str(status).startswith("220 ") else status)


class _Controller(Controller):
    def factory(self) -> SMTP:
        server = _Greeting(self.handler, hostname="mail.test", timeout=60)
        server.said = self.handler.greeting
        return server


@contextmanager
def mail_server(
    at_recipient: Script = agreeable, at_data: Script = agreeable, greeting: str = ""
) -> Iterator[MailServer]:
    kept = MailServer(at_recipient, at_data, greeting, free_port())
    controller = _Controller(kept, hostname="127.0.0.1", port=kept.port, ready_timeout=PATIENCE)
    controller.start()
    try:
        yield kept
    finally:
        controller.stop()
