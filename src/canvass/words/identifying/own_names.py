"""A panel's own names: the words of its members' addresses that can be names."""

import re
from collections.abc import Iterable

from canvass.words.identifying.lists import words

_LETTERS = re.compile(r"[^\W\d_]+")
SHORTEST_OWN = 4  # letters
# Addresses that several people share, and words of the work that no list of everyday words has.
_OF_OFFICES = frozenset(("admin", "caseload", "enquiries", "inbox", "mail", "paperwork", "safeguarding"))


def own_names(addresses: Iterable[str]) -> frozenset[str]:
    """The words of four letters and more before the @, in small letters, that are no everyday words."""
    found = {
        word.casefold() for address in addresses for word in _LETTERS.findall(address.rpartition("@")[0])
    }
    return frozenset(word for word in found - words("everyday") - _OF_OFFICES if len(word) >= SHORTEST_OWN)
