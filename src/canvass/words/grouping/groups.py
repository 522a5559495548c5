"""Groups of similar answers: a reading order and candidates, never themes. A person makes themes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors
from canvass.words.grouping.ordering import cut, reading_order
from canvass.words.grouping.stand_ins import stand_ins
from canvass.words.grouping.ward import Tree, ward
from canvass.words.grouping.words_of import terms
from canvass.words.one_thread import one_thread
from canvass.words.space import Space

CENTRAL = 3
FEWEST, MOST_AT_FIRST = 2, 12


@dataclass(frozen=True, slots=True)
class Group:
    """answers: their numbers, in reading order. terms: what sets them apart. central: answers that stand
    for them.
    """

    answers: tuple[int, ...]
    terms: tuple[str, ...]
    central: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Answers in a tree, to be cut into any number of groups. Made by `grouping`.

    order: every answer once, neighbours alike. most: into how many groups they can be cut.
    """

    texts: tuple[str, ...]
    order: tuple[int, ...]
    most: int
    features: Vectors
    point: NDArray[np.int64]  # of each answer
    tree: Tree

    def groups(self, count: int | None = None) -> tuple[Group, ...]:
        """The answers in `count` groups (by default `at_first`), in reading order.

        Raises ValueError where they cannot be cut so.
        """
        count = at_first(self.most) if count is None else count
        if not 1 <= count <= self.most:
            raise ValueError(f"{count} groups cannot be made; choose from 1 to {self.most}.")
        of_answer = cut(self.tree, count)[self.point]
        members: dict[int, list[int]] = {}
        for answer in self.order:
            members.setdefault(int(of_answer[answer]), []).append(answer)
        told = terms([[self.texts[answer] for answer in group] for group in members.values()])
        return tuple(
            Group(tuple(group), words, self._central(group))
            for group, words in zip(members.values(), told, strict=True)
        )

    def _central(self, group: list[int]) -> tuple[int, ...]:
        """The answers nearest to the middle of a group, each text once."""
        rows = np.array(sorted(group))
        near = self.features[rows] @ self.features[rows].mean(axis=0)
        chosen: dict[str, int] = {}
        for at in np.lexsort((rows, -np.round(near, 6))):
            chosen.setdefault(self.texts[rows[at]].casefold(), int(rows[at]))
            if len(chosen) == CENTRAL:
                break
        return tuple(chosen.values())


def grouping(texts: Sequence[str], space: Space) -> Grouping:
    """The tree of at least one answer by Ward's method; the same text is one point that weighs as many
    answers.

    Exact up to 3,000 different texts; above, every answer goes with the nearest of 1,500 stand-ins.
    """
    if not texts:
        raise ValueError("There are no answers to group.")
    first, same = _same(texts)
    with one_thread():
        apart = space.features[first]
        stand_in, points = stand_ins(apart, np.bincount(same))
        point = stand_in[same]
        tree = ward(points, np.bincount(point, minlength=len(points)))
        order = _order(point, reading_order(tree, points), space.features, points)
    most = max(1, min(len(points), max(FEWEST, len(texts) // 2)))
    return Grouping(tuple(texts), tuple(order.tolist()), most, space.features, point, tree)


def at_first(most: int) -> int:
    """How many groups to begin with: the root of half the answers, from 2 to 12. A place to drag from."""
    return min(most, max(FEWEST, min(MOST_AT_FIRST, round(sqrt(most)))))


def _same(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first answer of each different text; the number of each answer's text among these."""
    numbers: dict[str, int] = {}
    same = np.array([numbers.setdefault(" ".join(text.casefold().split()), len(numbers)) for text in texts])
    return np.unique(same, return_index=True)[1], same


def _order(
    point: NDArray[np.int64], row: NDArray[np.int64], features: Vectors, points: Vectors
) -> NDArray[np.int64]:
    """Answers in the order of their points; those of one point with the nearest to it first, then as
    received.
    """
    place = np.empty(len(row), np.int64)
    place[row] = np.arange(len(row))
    near = np.einsum("ij,ij->i", features, points[point])
    return np.lexsort((np.arange(len(point)), -np.round(near, 5), place[point]))
