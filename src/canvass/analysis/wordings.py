"""Which ballots of a poll are counted together, item by item.

While a poll is open its wording may be mended. Where the team said that the meaning changed, answers to the
old and the new words of an item are never added up: the item has two tables.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from canvass.instrument import Instrument, Item


@dataclass(frozen=True, slots=True)
class Version:
    """A frozen version of a poll's instrument."""

    number: int
    instrument: Instrument
    meaning_changed: bool = False  # against the version before


@dataclass(frozen=True, slots=True)
class Wording:
    """An item in words that kept their meaning over these versions. Its address is permanent."""

    item: Item  # in its newest words
    versions: tuple[int, ...]
    part: int  # 1 for the first wording
    parts: int

    @property
    def address(self) -> str:
        return self.item.id if self.part == 1 else f"{self.item.id}-{self.part}"


def wordings(versions: Sequence[Version], answered: Collection[int]) -> tuple[Wording, ...]:
    """Every item in poll order, once for each meaning on which ballots were cast.

    versions: all versions, the first first. answered: the numbers of those that ballots were cast on.
    """
    newest = versions[-1].instrument
    return tuple(wording for item in newest for wording in _of_item(item.id, versions, answered))


def _of_item(item_id: str, versions: Sequence[Version], answered: Collection[int]) -> tuple[Wording, ...]:
    runs = _runs(item_id, versions)
    kept = [run for run in runs if any(version.number in answered for version in run)] or runs[-1:]
    return tuple(
        Wording(run[-1].instrument.item(item_id), tuple(version.number for version in run), part, len(kept))
        for part, run in enumerate(kept, start=1)
    )


def _runs(item_id: str, versions: Sequence[Version]) -> list[list[Version]]:
    """Versions in a row that ask the item in one meaning."""
    runs: list[list[Version]] = []
    for version in versions:
        if runs and not _means_something_else(item_id, runs[-1][-1], version):
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


def _means_something_else(item_id: str, before: Version, after: Version) -> bool:
    return after.meaning_changed and before.instrument.item(item_id) != after.instrument.item(item_id)
