"""The stamp that each ballot page carries: which version and page it is, and when the member started.

It is signed with the link's key and bound to the link, and handed on from page to page. An anonymous poll's
stamp carries the receipt too, so that a submit sent twice is one ballot.
"""

import hmac
from dataclasses import dataclass
from hashlib import blake2s


class StampFault(Exception):
    """The page was not made for this link, or its stamp was changed or lost on the way."""


@dataclass(frozen=True, slots=True)
class Stamp:
    version: int
    page: int
    started: int  # seconds since 1970, by the store's clock
    receipt: str = ""  # anonymous polls only


def make_stamp(key: bytes, token: str, stamp: Stamp) -> str:
    """The stamp as text for a hidden field: version.page.started.receipt.mac."""
    said = f"{stamp.version}.{stamp.page}.{stamp.started}.{stamp.receipt}"
    return f"{said}.{_mac(key, token, said)}"


def read_stamp(key: bytes, token: str, text: str) -> Stamp:
    """The stamp that this text carries for this link. Raises StampFault."""
    said, _, mac = text.rpartition(".")
    if not text.isascii() or not hmac.compare_digest(mac, _mac(key, token, said)):
        raise StampFault
    version, page, started, receipt = said.split(".")
    return Stamp(int(version), int(page), int(started), receipt)


def _mac(key: bytes, token: str, said: str) -> str:
    return blake2s(f"{token}.{said}".encode(), key=key, digest_size=12, person=b"stamp").hexdigest()
