"""Disclosure: what the team sees and what the public sees of the same tables.

>>> from canvass.tables import disclosure
>>> disclosure.release(found, disclosure.Audience.PUBLIC)  # hidden numbers say why
"""

from canvass.tables.disclosure.door import release
from canvass.tables.disclosure.limits import (
    ORDINARY,
    SENSITIVE,
    SENSITIVE_BASE,
    SMALLEST_BASE,
    SMALLEST_CELL,
    STEP,
    STRICT,
    Audience,
    Limits,
    in_steps,
    of_poll,
)
from canvass.tables.disclosure.merging import Merge, Offer, is_in_order, nearest_merge

__all__ = [
    "ORDINARY",
    "SENSITIVE",
    "SENSITIVE_BASE",
    "SMALLEST_BASE",
    "SMALLEST_CELL",
    "STEP",
    "STRICT",
    "Audience",
    "Limits",
    "Merge",
    "Offer",
    "in_steps",
    "is_in_order",
    "nearest_merge",
    "of_poll",
    "release",
]
