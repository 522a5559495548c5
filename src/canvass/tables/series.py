"""Series: which items of several polls are one question asked again, and where its wording changed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from canvass.instrument import Instrument, Item


@dataclass(frozen=True, slots=True)
class Tied:
    """One poll's item in a series. `wording` is 1 for the first and rises where the question is another."""

    poll: Instrument
    item: Item
    wording: int


def series_of(polls: Iterable[Instrument]) -> dict[str, tuple[Tied, ...]]:
    """The items that are asked again, by the name of their series, in the order of the polls.

    An item of the question bank is tied by its bank identity; any other by its id within polls of one
    `series`. An item that was asked once is not in it.
    """
    found: dict[str, list[Tied]] = {}
    for poll in polls:
        for item in poll:
            name = item.bank or (f"{poll.series}/{item.id}" if poll.series else "")
            if name:
                before = found.setdefault(name, [])
                before.append(Tied(poll, item, _wording(before, item)))
    return {name: tuple(tied) for name, tied in found.items() if len(tied) > 1}


def _wording(before: list[Tied], item: Item) -> int:
    """A wording that comes back is that wording again only if nothing came between: lines run in time."""
    if not before:
        return 1
    last = before[-1]
    return last.wording if asks_the_same(last.item, item) else last.wording + 1


def asks_the_same(one: Item, other: Item) -> bool:
    """Whether two items put one question in the same words, with the same answers to choose from."""
    return _question(one) == _question(other)


def _question(item: Item) -> Item:
    """What of an item makes its meaning: its words without capitals and spacing, its answers, its scale."""
    return replace(
        item,
        id="",
        text=_plain(item.text),
        hint=_plain(item.hint),
        prefer_not_to_say="",  # in no base
        max_chars=None,
        quote_consent=False,
        ask_if=None,
        category="",
        topic="",
        picture=None,
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
