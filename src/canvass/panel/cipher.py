"""Addresses and letters are stored encrypted, with keys that lie outside the database and its backups.

AES-256-GCM with a fresh nonce; the key's number stands before each ciphertext, so that keys can be changed
without rewriting what is there. Key 1 is "identity", key n is "identity/n"; the highest is used for writing.
An address is found again by a keyed hash under a key of its own ("identity-lookup").
"""

import base64
import hmac
import secrets
import unicodedata
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


class Unreadable(Exception):
    """The text was changed, or its key is not the one it was written with."""


def normalise(address: str) -> str:
    """One spelling of an address: trimmed, NFKC, lower case."""
    return unicodedata.normalize("NFKC", address).strip().lower()


def lookup(address: str) -> str:
    """The keyed hash under which an address is found, 64 hex digits. Nobody without the key can make it."""
    key = settings.KEYS.get_or_make("identity-lookup")
    return hmac.new(key, normalise(address).encode(), sha256).hexdigest()


def encrypt(text: str, purpose: str) -> str:
    """The text as base64 of key number, nonce and ciphertext; readable for this purpose only."""
    number = _current_key()
    settings.KEYS.get_or_make(_name(number))
    nonce = secrets.token_bytes(NONCE_BYTES)
    hidden = AESGCM(_key(number)).encrypt(nonce, text.encode(), purpose.encode())
    return base64.b64encode(number.to_bytes(2) + nonce + hidden).decode()


def decrypt(hidden: str, purpose: str) -> str:
    """The text again. Raises Unreadable, or KeyMissing where the key is gone."""
    try:
        raw = base64.b64decode(hidden, validate=True)
        cipher = AESGCM(_key(int.from_bytes(raw[:2])))
        return cipher.decrypt(raw[2 : 2 + NONCE_BYTES], raw[2 + NONCE_BYTES :], purpose.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise Unreadable(purpose) from error


def _name(number: int) -> str:
    return "identity" if number == 1 else f"identity/{number}"


def _key(number: int) -> bytes:
    key: bytes = settings.KEYS.get(_name(number))
    return key


def _current_key() -> int:
    later = [int(name.partition("/")[2]) for name in settings.KEYS.names("identity")]
    return max([1, *later])


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in its table and is plain in Python. It cannot be searched."""

    def _purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: str | None, *_rest: Any) -> str | None:
        return None if value is None else decrypt(value, self._purpose())

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return None if prepared is None else encrypt(prepared, self._purpose())
