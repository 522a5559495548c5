"""Under which score a code does not fit, learnt from the code's own decisions."""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors

REACHED = 0.9  # of a code's own answers
FEW = 3


def thresholds(scores: Vectors, has: NDArray[np.bool_]) -> Vectors:
    """(codes,): the score that nine of ten of a code's own answers reach; of fewer than ten, all.

    scores, has: (rows, codes), each row scored by a rule that had not seen it. A code with fewer than three
    answers has the middle of the other codes' thresholds; -inf where there are none.
    """
    often = has.sum(axis=0) >= FEW
    found = np.full(has.shape[1], -np.inf, np.float32)
    for code in np.flatnonzero(often):
        own = np.sort(scores[has[:, code], code])
        found[code] = own[int(len(own) * (1 - REACHED) + 1e-9)]
    if often.any():
        found[~often] = np.median(found[often])
    return found
