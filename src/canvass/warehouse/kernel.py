"""The kernel: coded answers in, one cube an item out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.instrument import Item, Row
from canvass.statistics import Cube, Design
from canvass.statistics.arrays import Codes
from canvass.statistics.cube import Division, count_within, division
from canvass.warehouse.cells import Cells, CodedItem


@dataclass(frozen=True, slots=True, eq=False)
class ItemCube:
    """The cube of one item, or of one row of a grid, with what its cells mean."""

    item: Item
    row: Row | None
    cube: Cube
    cells: Cells
    asked: int | None
    prefer_not_to_say: int


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """A division of the people: the group of each, and the groups' labels in order."""

    codes: Codes  # (rows,) -1 for no group
    labels: tuple[str, ...]

    def merged(self, together: Iterable[tuple[str, Sequence[str]]]) -> "Groups":
        """Sets of groups as one each: (its name, their labels), where its first stood; others stay."""
        names = {label: name for name, labels in together for label in labels}
        renamed = [names.get(label, label) for label in self.labels]
        labels = tuple(dict.fromkeys(renamed))
        place = np.array([*(labels.index(name) for name in renamed), -1])
        return Groups(place[self.codes], labels)


def count_items(
    coded: Iterable[CodedItem], design: Design, groups: Groups | None = None
) -> tuple[ItemCube, ...]:
    """Count coded items; one pass over the rows each."""
    return tuple(count_each(coded, design, groups))


def count_each(
    coded: Iterable[CodedItem], design: Design, groups: Groups | None = None
) -> Iterator[ItemCube]:
    """`count_items`, one after the other, for cubes that need not be in memory together."""
    people = None if groups is None else division(groups.codes, len(groups.labels))
    return (_count(one, design, people) for one in coded)


def _count(coded: CodedItem, design: Design, people: Division | None) -> ItemCube:
    cube = count_within(people, coded.codes, coded.cells.count, design)
    return ItemCube(coded.item, coded.row, cube, coded.cells, coded.asked, coded.prefer_not_to_say)
