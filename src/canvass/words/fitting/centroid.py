"""Likeness to the middle of a code's examples: what is left where a code has few, or where codes are many."""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors


def likenesses(train: Vectors, has: NDArray[np.bool_], rows: Vectors) -> Vectors:
    """(rows, codes): cosine with the mean of the rows that have the code. has: (train, codes)."""
    return _cosines(rows, has.T.astype(np.float32) @ train)


def left_out(train: Vectors, has: NDArray[np.bool_]) -> Vectors:
    """(train, codes): the same for the training rows, each left out of the means that it is in.

    0 where a row is the only example of a code.
    """
    sums = has.T.astype(np.float32) @ train
    found = _cosines(train, sums)
    for row, code in np.argwhere(has):
        found[row, code] = _cosines(train[row : row + 1], (sums[code] - train[row])[None])[0, 0]
    found[:, has.sum(axis=0) == 1] *= ~has[:, has.sum(axis=0) == 1]
    return found


def _cosines(rows: Vectors, others: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1)[:, None] * np.linalg.norm(others, axis=1)[None]
    products = rows @ others.T
    found: Vectors = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 1e-6)
    return found
