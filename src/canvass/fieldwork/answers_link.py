"""The 15-minute link with which a member who has finished sees, changes or withdraws their answers.

It is the member's ballot link and, after it, until when it opens the answers, signed with the same key:
/b/<link>~<second>.<mac>. The link in the invitation alone never shows answers.
"""

import hmac
from hashlib import blake2s

from canvass.fieldwork.links import LinkKeys, make_link, read_link

LIVES = 15 * 60  # seconds
MARK = "~"


def make(keys: LinkKeys, poll: int, member: str, *, now: int) -> str:
    """The part of the address after /b/."""
    token = make_link(keys, poll, member)
    until = str(now + LIVES)
    return f"{token}{MARK}{until}.{_mac(keys.get(read_link(keys, token).key_id), token, until)}"


def opens(key: bytes, token: str, pass_: str, *, now: float) -> bool:
    """Whether what stands after the mark opens the answers now. Compared in constant time."""
    until, _, mac = pass_.partition(".")
    if not (pass_.isascii() and until.isdigit() and len(until) < 12):
        return False
    return hmac.compare_digest(mac, _mac(key, token, until)) and now < int(until)


def _mac(key: bytes, token: str, until: str) -> str:
    return blake2s(f"{token}~{until}".encode(), key=key, digest_size=14, person=b"answers").hexdigest()
