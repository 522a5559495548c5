"""Searching what is published: words as people type them against words as they were written."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 200  # characters of a search
MOST_TERMS = 12
_PARTS = re.compile(r'"([^"]*)"|(\S+)')


def plain(texts: Iterable[str]) -> str:
    """Texts as one line of words with a space at both ends: no case, no accents, no punctuation.

    >>> plain(["“Café” – TOIL?"])
    ' cafe toil '
    """
    folded = unicodedata.normalize("NFKD", " ".join(texts).casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in folded if not unicodedata.combining(sign))
    words = letters.split()
    return f" {' '.join(words)} " if words else " "


def terms(typed: str) -> tuple[str, ...]:
    """What must stand in a text: the beginning of each word typed, and each phrase in quotation marks.

    Marks alone ask for nothing. An opening quotation mark without its partner is a mark like any other.
    """
    quoted = typed[:LONGEST].replace("“", '"').replace("”", '"')
    found = []
    for phrase, word in _PARTS.findall(quoted):
        exact = plain([phrase])
        if phrase and exact.strip():
            found.append(exact)
        found += [f" {part}" for part in plain([word]).split()]
    return tuple(dict.fromkeys(found))[:MOST_TERMS]
