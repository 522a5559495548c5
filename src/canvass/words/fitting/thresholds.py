"""Under which score a code does not fit, learnt from the code's own decisions."""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors

FEW = 3


def thresholds(scores: Vectors, has: NDArray[np.bool_]) -> Vectors:
    """(codes,): the score that half of a code's own answers reach.

    scores, has: (rows, codes), each row scored by a rule that had not seen it. A code with fewer than three
    answers has what half of all coded answers reach by the best of their codes; -inf where none has a code.
    """
    with_code = has.any(axis=1)
    if not with_code.any():
        return np.full(has.shape[1], -np.inf, np.float32)
    best = np.where(has, scores, -np.inf).max(axis=1)[with_code]
    found = np.full(has.shape[1], np.median(best), np.float32)
    for code in np.flatnonzero(has.sum(axis=0) >= FEW):
        found[code] = np.median(scores[has[:, code], code])
    return found
