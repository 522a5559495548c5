"""A few points that stand for many, so that a tree of 50,000 answers takes seconds."""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors

EXACT = 3_000  # points that a tree is made of as they are
STAND_INS = 1_500
ROUNDS = 3
ROWS = 4_096  # at once


def stand_ins(features: Vectors, weights: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
    """The stand-in of each row, and the stand-ins: the rows themselves where they are few.

    Else rounds of k-means (Lloyd 1982) from evenly spaced rows; a stand-in that loses all its rows is left
    out. weights: how many answers a row is.
    """
    count = len(features)
    if count <= EXACT:
        return np.arange(count), features
    centres = features[np.linspace(0, count - 1, STAND_INS).astype(np.int64)]
    for _ in range(ROUNDS):
        nearest = _nearest(features, centres)
        kept, nearest = np.unique(nearest, return_inverse=True)
        centres = _means(features, weights, nearest, len(kept))
    nearest = _nearest(features, centres)
    kept, nearest = np.unique(nearest, return_inverse=True)
    return nearest, centres[kept]


def _nearest(features: Vectors, centres: Vectors) -> NDArray[np.int64]:
    lengths = np.einsum("ij,ij->i", centres, centres) / 2
    parts = (features[first : first + ROWS] for first in range(0, len(features), ROWS))
    return np.concatenate([(part @ centres.T - lengths).argmax(axis=1) for part in parts])


def _means(features: Vectors, weights: NDArray[np.int64], nearest: NDArray[np.int64], count: int) -> Vectors:
    order = np.argsort(nearest, kind="stable")
    starts = np.searchsorted(nearest[order], np.arange(count))
    weighed = weights[order].astype(np.float32)
    sums = np.add.reduceat(features[order] * weighed[:, None], starts, axis=0)
    return np.asarray(sums / np.add.reduceat(weighed, starts)[:, None], np.float32)
