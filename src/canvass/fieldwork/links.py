"""A member's link to a poll: a capability. It needs no look-up, no cookie and no table of tokens.

token = base64url(key id, poll, member's random key, MAC). The MAC is BLAKE2s under the key "link/<id>".
Rotating adds a key with a higher id; destroying a key ends every link made with it.
"""

import hmac
import re
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import blake2s

from canvass.datafolder.keys import KeyMissing, KeyStore

_HEAD = struct.Struct(">HI16s")  # key id, poll, member
_MAC_BYTES = 14
TOKEN_LENGTH = 48  # 36 bytes: no padding and one spelling only
_TOKEN = re.compile(rf"[A-Za-z0-9_-]{{{TOKEN_LENGTH}}}")


class LinkFault(Exception):
    """The link was not made here: mistyped, cut short, tampered with, or its key is gone."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a genuine link says."""

    key_id: int
    poll: int
    member: str  # 32 hex digits


@dataclass(slots=True)
class LinkKeys:
    """The keys that sign links, read from the key store once and kept until `forget`."""

    store: KeyStore
    _kept: dict[int, bytes] = field(default_factory=dict)

    def get(self, key_id: int) -> bytes:
        """The key with this id. Raises KeyMissing."""
        key = self._kept.get(key_id)
        if key is None:
            key = self._kept[key_id] = self.store.get(f"link/{key_id}")
        return key

    def current(self) -> int:
        """The highest id; the first key is made when there is none."""
        ids = [int(name.removeprefix("link/")) for name in self.store.names("link")]
        if not ids:
            self.store.get_or_make("link/1")
        return max(ids, default=1)

    def forget(self) -> None:
        """Read the keys again at the next look, so that a destroyed one ends its links."""
        self._kept.clear()


def rotate(keys: LinkKeys) -> int:
    """Make a new signing key and return its id. Links made with older keys go on working."""
    key_id = keys.current() + 1
    keys.store.get_or_make(f"link/{key_id}")
    return key_id


def make_link(keys: LinkKeys, poll: int, member: str) -> str:
    """The token of one member's link to one poll, 48 characters safe in a URL."""
    key_id = keys.current()
    head = _HEAD.pack(key_id, poll, bytes.fromhex(member))
    return urlsafe_b64encode(head + _mac(keys.get(key_id), head)).decode()


def read_link(keys: LinkKeys, token: str) -> Link:
    """What the token says, compared in constant time. Raises LinkFault."""
    if not _TOKEN.fullmatch(token):
        raise LinkFault
    raw = urlsafe_b64decode(token)
    head, mac = raw[: _HEAD.size], raw[_HEAD.size :]
    key_id, poll, member = _HEAD.unpack(head)
    try:
        key = keys.get(key_id)
    except KeyMissing as error:
        raise LinkFault from error
    if not hmac.compare_digest(mac, _mac(key, head)):
        raise LinkFault
    return Link(key_id, poll, member.hex())


def _mac(key: bytes, head: bytes) -> bytes:
    return blake2s(head, key=key, digest_size=_MAC_BYTES, person=b"link").digest()
