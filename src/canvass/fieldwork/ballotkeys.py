"""Under which key a ballot lies. A key is made by HMAC, so without the poll's key it says nothing.

| level | key |
|---|---|
| confidential | of the poll's key and the member |
| anonymous | of the poll's key and a random receipt that the member alone holds |
| linked, with consent | of the panel's key and the member: the same in every linked poll |
| imported | of the poll's key and the respondent |

Once the poll's key is destroyed nobody can say which ballot is whose, nor use a receipt; ballots linked with
consent are still found, under the panel's key.
"""

import hmac
import re
import secrets
from base64 import b32encode
from dataclasses import dataclass

from canvass.datafolder.keys import KeyMissing, KeyStore

_RECEIPT = re.compile(r"(\d{1,10})-((?:[A-Z2-7]{4}-){5}[A-Z2-7]{4})")


@dataclass(frozen=True, slots=True)
class BallotKeys:
    """The key makers of one poll; `panel` only where the poll is linked. Where `poll` is gone, what it would
    make is "", under which no ballot lies."""

    poll: bytes | None
    panel: bytes | None = None

    def member(self, member: str) -> str:
        return _key(self.poll, b"member:" + bytes.fromhex(member))

    def linked(self, member: str) -> str | None:
        return None if self.panel is None else _key(self.panel, b"member:" + bytes.fromhex(member))

    def receipt(self, receipt: str) -> str:
        return _key(self.poll, b"receipt:" + receipt.encode())

    def respondent(self, respondent: str) -> str:
        return _key(self.poll, b"respondent:" + respondent.encode())


def keys_of(store: KeyStore, *, panel: str, poll: str, linked: bool) -> BallotKeys:
    """The key makers of a poll that takes ballots, made when first needed."""
    panel_key = store.get_or_make(f"panel/{panel}") if linked else None
    return BallotKeys(store.get_or_make(key_name(panel, poll)), panel_key)


def surviving_keys(store: KeyStore, *, panel: str, poll: str, linked: bool = False) -> BallotKeys | None:
    """The key makers of a poll that may be over: None where none is left."""
    own = _found(store, key_name(panel, poll))
    shared = _found(store, f"panel/{panel}") if linked else None
    return None if own is None and shared is None else BallotKeys(own, shared)


def without_the_polls(keys: BallotKeys | None) -> BallotKeys | None:
    """What is left on the day from which the poll's own key is used no more."""
    return None if keys is None or keys.panel is None else BallotKeys(None, keys.panel)


def key_name(panel: str, poll: str) -> str:
    """Under which name the key store keeps a poll's key."""
    return f"poll/{panel}/{poll}"


def new_receipt(poll: int) -> str:
    """A fresh receipt: the poll's number and 120 random bits in groups that can be written down."""
    letters = b32encode(secrets.token_bytes(15)).decode()
    groups = (letters[at : at + 4] for at in range(0, len(letters), 4))
    return f"{poll}-{'-'.join(groups)}"


def read_receipt(text: str) -> tuple[int, str] | None:
    """The poll and the receipt as made, from what a person typed; None where it is none."""
    plain = re.sub(r"[\s\u2010-\u2015]+", lambda m: "-" if m[0].strip() else "", text).upper()
    found = _RECEIPT.fullmatch(plain)
    return (int(found[1]), plain) if found else None


def _found(store: KeyStore, name: str) -> bytes | None:
    try:
        return store.get(name)
    except KeyMissing:
        return None


def _key(key: bytes | None, subject: bytes) -> str:
    return "" if key is None else hmac.digest(key, subject, "sha256")[:16].hex()
