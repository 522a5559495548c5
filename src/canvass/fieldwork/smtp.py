"""Giving mails to the mail server: one kept connection, and for each mail what became of it."""

import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from urllib.parse import unquote, urlsplit

TIMEOUT = 20  # seconds for each answer of the server
_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ServerUnset(Exception):
    """The mail server's address cannot be used. The sentence never repeats it: it may hold a password."""


class Unreachable(Exception):
    """There is no connection: nothing was given to the server, and no mail is to blame."""


class Fate(StrEnum):
    ACCEPTED = "accepted"
    DEFERRED = "deferred"  # 4xx
    REFUSED = "refused"  # 5xx
    LOST = "lost"  # the connection went before anything of the mail was given
    UNKNOWN = "unknown"  # it went after that, so the mail may have been taken


@dataclass(frozen=True, slots=True)
class Reply:
    fate: Fate
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """Where mail goes, read from smtp://user:password@host:port or smtps://…"""

    host: str
    port: int
    tls: bool  # from the first byte
    user: str = ""
    password: str = ""

    @classmethod
    def read(cls, address: str) -> "Server":
        """Raises ServerUnset."""
        url = urlsplit(address)
        try:
            port = url.port
        except ValueError:
            port = -1
        if url.scheme not in _PORTS or not url.hostname or port == -1:
            raise ServerUnset(
                "CANVASS_SMTP cannot be read. Write smtp://user:password@mail.example.org:587 or smtps://…:465."
            )
        user, password = unquote(url.username or ""), unquote(url.password or "")
        return cls(url.hostname, port or _PORTS[url.scheme], url.scheme == "smtps", user, password)


class Courier:
    """One connection to the mail server, made when first needed and kept until it is lost or closed."""

    def __init__(
        self, server: Server, *, timeout: float = TIMEOUT, context: ssl.SSLContext | None = None
    ) -> None:
        self._server = server
        self._timeout = timeout
        self._context = context or ssl.create_default_context()
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Courier":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()

    def send(self, sender: str, recipient: str, mail: bytes) -> Reply:
        """Give one mail, with lines ended by CRLF. Raises Unreachable where no connection can be made."""
        connection = self._connected()
        given = False
        try:
            for command in (f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>", "DATA"):
                code, text = connection.docmd(command)
                if code >= 400:
                    return self._turned_down(code, text)
            given = True
            connection.send(mail + b".\r\n")
            code, text = connection.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            return Reply(Fate.UNKNOWN if given else Fate.LOST, _said(str(error)))
        return self._turned_down(code, text) if code >= 400 else Reply(Fate.ACCEPTED, _told(code, text))

    def _turned_down(self, code: int, text: bytes) -> Reply:
        """The server said no to this mail: for now, or for good."""
        if code == 421:
            self._drop()
        else:
            self._reset()
        return Reply(Fate.DEFERRED if code < 500 else Fate.REFUSED, _told(code, text))

    def _reset(self) -> None:
        assert self._connection is not None
        try:
            self._connection.docmd("RSET")
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            try:
                self._connection = self._connect()
            except (smtplib.SMTPException, OSError) as error:
                raise Unreachable(self._why(error)) from None
        return self._connection

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=self._context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            self._greet(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _greet(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if not self._server.tls and connection.has_extn("starttls"):
            connection.starttls(context=self._context)
            connection.ehlo()
        if self._server.user:
            if not (self._encrypted(connection) or self._server.host in _LOOPBACK):
                raise smtplib.SMTPException("it offers no encryption, so the password was not sent")
            connection.login(self._server.user, self._server.password)

    @staticmethod
    def _encrypted(connection: smtplib.SMTP) -> bool:
        return isinstance(connection.sock, ssl.SSLSocket)

    def _why(self, error: Exception) -> str:
        """What went wrong, without the password or what a server may echo of it."""
        place = f"The mail server {self._server.host}:{self._server.port}"
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return f"{place} did not accept the user name and password ({error.smtp_code})."
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"{place} has a certificate that cannot be trusted ({error.verify_message})."
        if isinstance(error, smtplib.SMTPResponseException):
            return f"{place} does not take mail now ({error.smtp_code})."
        return f"{place} cannot be reached ({_said(str(error) or type(error).__name__)})."


def _told(code: int, text: bytes) -> str:
    return _said(f"{code} {text.decode('utf-8', 'replace')}")


def _said(text: str) -> str:
    """The server's words on one line, short, without anybody's address."""
    return re.sub(r"\S+@\S+", "[address]", " ".join(text.split()))[:200]
