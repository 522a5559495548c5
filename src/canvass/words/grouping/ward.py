"""Ward's clustering of weighted points: at each step the two groups join whose joining spreads them least.

Ward 1963 with the update of Lance and Williams 1967, by chains of nearest neighbours (Murtagh 1983).
Heights as in R: hclust(method = "ward.D2") and scipy: linkage(method = "ward"), where all weights are 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors

type Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tree:
    """joined: (points - 1, 2), which nodes become one, in order of height; points are nodes 0 to n-1, the
    first join is node n. heights: of each join, rising.
    """

    joined: NDArray[np.int64]
    heights: Floats

    @property
    def points(self) -> int:
        """How many points were joined."""
        return len(self.joined) + 1


def ward(points: Vectors, weights: NDArray[np.int64]) -> Tree:
    """The tree of at least one point. Ties go to the earlier point."""
    count = len(points)
    distance = _squared_distances(points) * _halved_mass(weights)
    np.fill_diagonal(distance, np.inf)
    mass = weights.astype(np.float64)
    alive = np.ones(count, bool)
    height = np.zeros(count)  # squared, of the group that a point has become: rounding must not make it fall
    pairs: list[tuple[int, int, float]] = []
    chain: list[int] = []
    while len(pairs) < count - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        tip = chain[-1]
        near = int(np.argmin(distance[tip]))
        if len(chain) > 1 and distance[tip, chain[-2]] <= distance[tip, near]:
            near = chain[-2]
            del chain[-2:]
            kept, gone = min(tip, near), max(tip, near)
            height[kept] = max(float(distance[tip, near]), height[kept], height[gone])
            pairs.append((kept, gone, float(height[kept])))
            _join(distance, mass, alive, kept, gone)
        else:
            chain.append(near)
    return _in_order(pairs, count)


def _squared_distances(points: Vectors) -> Floats:
    wide = points.astype(np.float64)
    lengths = np.einsum("ij,ij->i", wide, wide)
    found: Floats = lengths[:, None] + lengths[None] - 2 * (wide @ wide.T)
    return found.clip(0, out=found)


def _halved_mass(weights: NDArray[np.int64]) -> Floats:
    """2ab / (a + b): for two points of weight 1 the squared distance stays as it is."""
    a, b = weights[:, None].astype(np.float64), weights[None].astype(np.float64)
    return np.asarray(2 * a * b / (a + b))


def _join(distance: Floats, mass: Floats, alive: NDArray[np.bool_], kept: int, gone: int) -> None:
    """`gone` becomes part of `kept`: the distances of both to all others, by Lance and Williams."""
    alive[gone] = False
    others = np.flatnonzero(alive)
    others = others[others != kept]
    a, b, rest = mass[kept], mass[gone], mass[others]
    joined = (
        (a + rest) * distance[kept, others]
        + (b + rest) * distance[gone, others]
        - rest * distance[kept, gone]
    ) / (a + b + rest)
    distance[kept, others] = distance[others, kept] = joined
    distance[gone, :] = distance[:, gone] = np.inf
    mass[kept] = a + b


def _in_order(pairs: list[tuple[int, int, float]], count: int) -> Tree:
    """Joins by height; each names the nodes that its points have become."""
    order = sorted(range(len(pairs)), key=lambda step: (pairs[step][2], step))
    node = list(range(count))

    def top(point: int) -> int:
        while node[point] != point:
            node[point] = node[node[point]]
            point = node[point]
        return point

    joined = np.empty((len(pairs), 2), np.int64)
    for number, step in enumerate(order):
        first, second, _ = pairs[step]
        joined[number] = sorted((top(first), top(second)))
        node.append(count + number)
        node[top(first)] = node[top(second)] = count + number
    return Tree(joined, np.sqrt(np.array([pairs[step][2] for step in order])))
