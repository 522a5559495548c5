"""GUIDs that are the same whenever the same thing is written."""

import hashlib
import re

_PATTERN = re.compile(r"\{?([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})\}?")


def guid(*parts: str | int) -> str:
    """A GUID for what these parts name: half of their SHA-256, marked as version 8 (RFC 9562)."""
    digest = bytearray(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x80
    digest[8] = digest[8] & 0x3F | 0x80
    words = digest.hex()
    return "-".join((words[:8], words[8:12], words[12:16], words[16:20], words[20:]))


def plain(text: str | None) -> str:
    """In small letters, without braces. "" where it is no GUID."""
    found = _PATTERN.fullmatch(text or "")
    return found[1].lower() if found else ""
