"""The points of a tree in a row, so that neighbours are alike: what the answers are read in."""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors
from canvass.words.grouping.ward import Tree


def reading_order(tree: Tree, points: Vectors) -> NDArray[np.int64]:
    """Every point once, each group of the tree together; of the ways to join two rows the one whose ends
    are alike.

    A quick stand-in for optimal leaf ordering (Bar-Joseph, Gifford and Jaakkola 2001), which takes the cube
    of the number of points. Begins at the end that has the earlier point.
    """
    rows: dict[int, list[int]] = {point: [point] for point in range(tree.points)}
    for number, (first, second) in enumerate(tree.joined.tolist()):
        rows[tree.points + number] = _joined(rows.pop(first), rows.pop(second), points)
    (row,) = rows.values()
    return np.array(row if row[0] <= row[-1] else row[::-1])


def _joined(left: list[int], right: list[int], points: Vectors) -> list[int]:
    if len(left) < len(right):
        left, right = right, left  # the longer row stays as it is, unless its start is the better end
    ends = points[[left[-1], left[0]]] @ points[[right[0], right[-1]]].T
    at_end, flipped = divmod(int(np.argmax(ends)), 2)
    if flipped:
        right.reverse()
    if at_end == 0:
        left.extend(right)
        return left
    right.reverse()
    return right + left


def cut(tree: Tree, groups: int) -> NDArray[np.int64]:
    """The group of each point, from 0, when the tree is cut into so many groups."""
    group = np.arange(2 * tree.points - 1)
    for number in range(tree.points - groups):
        group[tree.joined[number]] = tree.points + number
    for node in range(len(group) - 1, -1, -1):
        group[node] = group[group[node]]
    found: NDArray[np.int64] = np.unique(group[: tree.points], return_inverse=True)[1]
    return found
