"""The order of labels that nobody has put in order."""

import re
from collections.abc import Iterable

_DIGITS = re.compile(r"([0-9]+)")


def in_natural_order(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels by the alphabet, capitals like small letters, with the numbers in them as numbers.

    >>> in_natural_order(["11+", "3-5", "0-2"])
    ('0-2', '3-5', '11+')
    """
    return tuple(sorted(labels, key=lambda label: (_key(label), label)))


def _key(label: str) -> tuple[tuple[int, int, str], ...]:
    """Parts that compare with each other whatever they are: a number before a text.

    A number is its length and its digits, for a cell can hold more digits than an int is read from.
    """
    parts = enumerate(_DIGITS.split(label.casefold()))
    return tuple(_number(part) if place % 2 else (1, 0, part) for place, part in parts if part)


def _number(digits: str) -> tuple[int, int, str]:
    significant = digits.lstrip("0")
    return 0, len(significant), significant
