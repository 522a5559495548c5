"""A mail as bytes: rendered once for a whole round, with slots for what differs from person to person.

Slots hold ASCII of links and addresses alone and stand on lines of their own making (soft line breaks of
quoted-printable), so that filling one in is joining bytes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from email.utils import format_datetime
from hashlib import blake2s

MARK = re.compile(r"\x00(\w+)\x00")  # a slot in a text that is still to be filled: "\0ballot\0"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LINE = 72  # characters of an encoded line
_PLAIN_ADDRESS = re.compile(r"[!-~]+@[!-~]+")


class AddressUnfit(Exception):
    """The address cannot stand in a mail's head as it is."""


@dataclass(frozen=True, slots=True)
class Template:
    """Pieces of bytes with the names of slots between them: piece, name, piece, name, …, piece."""

    pieces: tuple[bytes, ...]
    names: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> bytes:
        """The whole mail. Every slot's value is ASCII without control characters."""
        parts = [self.pieces[0]]
        for name, piece in zip(self.names, self.pieces[1:], strict=True):
            parts += (values[name].encode("ascii"), piece)
        return b"".join(parts)


def slot(name: str) -> str:
    """The mark of a slot, to be written into a text or the value of a slotted header."""
    return f"\x00{name}\x00"


def template(
    *,
    sender: tuple[str, str],
    dated: datetime,
    subject: str,
    text: str,
    html: str,
    headers: Mapping[str, str],
    key: str,
) -> Template:
    """Compose a mail of a text and an HTML part.

    sender: name and address. dated: aware; the Date of RFC 5322, the same however often the mail is tried.
    headers: further ones; they and both parts may hold slots; "to" and "message_id" are slots of every mail.
    key: names the boundary, so that the same mail has the same bytes.
    """
    boundary = f"=_{blake2s(key.encode(), digest_size=12).hexdigest()}"
    head = _fixed_head(sender, dated, subject) + "To: \x00to\x00\r\nMessage-ID: <\x00message_id\x00>\r\n"
    head += "".join(f"{one_line(name)}: {_with_slots(value)}\r\n" for name, value in headers.items())
    head += f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    parts = (
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{_encoded(content)}\r\n"
        for kind, content in (("plain", text), ("html", html))
    )
    return _cut(f"{head}{''.join(parts)}--{boundary}--\r\n")


def one_line(value: str) -> str:
    """A header's value on one line: whatever could begin another header is gone."""
    return _CONTROL.sub(" ", value).strip()


def header_address(address: str) -> str:
    """The address as ASCII for a mail's head and envelope. Raises AddressUnfit."""
    local, _, domain = address.rpartition("@")
    try:
        plain = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise AddressUnfit from error
    if not _PLAIN_ADDRESS.fullmatch(plain) or any(mark in plain for mark in "<>,;"):
        raise AddressUnfit
    return plain


def _fixed_head(sender: tuple[str, str], dated: datetime, subject: str) -> str:
    """From, Date and Subject, encoded where they are not ASCII."""
    name, address = sender
    message = EmailMessage(policy=SMTP)
    quoted = one_line(name).replace("\\", "").replace('"', "")
    message["From"] = f'"{quoted}" <{header_address(address)}>'
    message["Date"] = format_datetime(dated.astimezone(UTC))
    message["Subject"] = one_line(subject)
    return message.as_bytes().decode("ascii").rstrip("\r\n") + "\r\n"


def _with_slots(value: str) -> str:
    """A header's value on one line, its slots kept."""
    return "".join(
        slot(part) if at % 2 else _CONTROL.sub(" ", part) for at, part in enumerate(MARK.split(value))
    )


def _encoded(content: str) -> str:
    """Quoted-printable with CRLF, each slot between soft line breaks; no line begins with a full stop."""
    parts = MARK.split(content.replace("\r\n", "\n"))
    encoded: list[str] = [
        f"=\r\n{slot(part)}=\r\n" if at % 2 else _quoted_printable(part) for at, part in enumerate(parts)
    ]
    return re.sub(r"(?m)^\.", "=2E", "".join(encoded))


def _quoted_printable(text: str) -> str:
    return body_encode(text.encode().decode("latin-1"), maxlinelen=_LINE, eol="\r\n")


def _cut(whole: str) -> Template:
    parts: Sequence[str] = MARK.split(whole)
    return Template(tuple(part.encode("ascii") for part in parts[::2]), tuple(parts[1::2]))
