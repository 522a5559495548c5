"""Links for members: signed capabilities, built like the ballot's. No look-up, no password, nothing stored.

A token is base64url of: key number (1 byte), purpose (1), the random key of a member or a wish (16), last
second of its life (4), MAC (16). Keys are "member/<number>"; links are made with the highest and read with
any that is still there.
"""

import base64
import binascii
import hmac
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from hashlib import sha256

from django.conf import settings

from canvass.datafolder.keys import KeyMissing

_BODY = struct.Struct(">BB16sI")
_MAC_BYTES = 16


class Purpose(IntEnum):
    """What a link may be used for; a link for one purpose opens no other door."""

    CONFIRM = 1  # "Yes, sign me up"
    ME = 2  # the member's own page
    ADDRESS = 3  # "Yes, mail me here"; names the wish to change the address, not the member


LIVES = {
    Purpose.CONFIRM: timedelta(days=14),
    Purpose.ME: timedelta(days=400),
    Purpose.ADDRESS: timedelta(days=14),
}


class LinkRefused(Exception):
    """Not a link that we made, for another purpose, or older than its life."""


@dataclass(frozen=True, slots=True)
class Link:
    purpose: Purpose
    member: str
    made: datetime  # to the second
    expired: bool


def make(purpose: Purpose, member: str, *, now: datetime) -> str:
    """The token of a link for one member and one purpose."""
    number = _current_key()
    until = int((now + LIVES[purpose]).timestamp())
    body = _BODY.pack(number, purpose, bytes.fromhex(member), until)
    return base64.urlsafe_b64encode(body + _mac(number, body)).rstrip(b"=").decode()


def read(token: str, purpose: Purpose, *, now: datetime) -> Link:
    """What the token says. Raises LinkRefused unless we made it for this purpose; it may be expired."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        number, meant, member, until = _BODY.unpack(raw[: _BODY.size])
        genuine = hmac.compare_digest(raw[_BODY.size :], _mac(number, raw[: _BODY.size]))
    except (binascii.Error, struct.error, ValueError, KeyMissing) as error:
        raise LinkRefused from error
    if not genuine or meant != purpose:
        raise LinkRefused
    end = datetime.fromtimestamp(until, UTC)
    return Link(purpose, member.hex(), made=end - LIVES[purpose], expired=end < now)


def _mac(number: int, body: bytes) -> bytes:
    key = settings.KEYS.get(f"member/{number}")
    return hmac.new(key, b"canvass member link\0" + body, sha256).digest()[:_MAC_BYTES]


def _current_key() -> int:
    numbers = [int(name.partition("/")[2]) for name in settings.KEYS.names("member")]
    if not numbers:
        settings.KEYS.get_or_make("member/1")
    return max(numbers, default=1)
