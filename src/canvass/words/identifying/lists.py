"""The lists that lie in the folder beside this file, read once."""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a list, in small letters."""
    return frozenset(line.casefold() for line in lines(name))


@cache
def lines(name: str) -> tuple[str, ...]:
    text = files("canvass.words.identifying").joinpath("lists", f"{name}.list").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line)


@cache
def longest(name: str) -> int:
    """How many words the longest line of a list has."""
    return max(len(line.split()) for line in lines(name))
