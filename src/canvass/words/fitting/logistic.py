"""One-vs-rest logistic regression, all codes at once: which rows carry a code?

Balanced: the rows with a code weigh together as much as those without (King and Zeng 2001), so that a code
with three examples is not drowned. Ridge penalty, L-BFGS from zero: the same rows give the same bytes.
"""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors

PENALTY = 30.0  # how little the size of the weights costs, C of other programs
STEPS = 30  # after which the order of the codes no longer changes (bench/words)


def decisions(train: Vectors, has: NDArray[np.bool_], rows: Vectors) -> Vectors:
    """(rows, codes): log odds of each code. has: (train, codes), each code on some rows and not on all."""
    from scipy.optimize import minimize
    from scipy.special import expit

    count, codes = has.shape
    target = has.astype(np.float32)
    with_code = has.sum(axis=0)
    weight = np.where(has, count / (2 * with_code), count / (2 * (count - with_code))).astype(np.float32)
    shape = (train.shape[1] + 1, codes)

    def cost(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slopes = flat.reshape(shape).astype(np.float32)
        odds = train @ slopes[:-1] + slopes[-1]
        loss = float((weight * (np.logaddexp(np.float32(0), odds) - target * odds)).sum(dtype=np.float64))
        off = weight * (expit(odds) - target)
        gradient = np.vstack([train.T @ off + slopes[:-1] / np.float32(PENALTY), off.sum(axis=0)])
        ridge = float((slopes[:-1] ** 2).sum(dtype=np.float64)) / (2 * PENALTY)
        return loss + ridge, gradient.astype(np.float64).ravel()

    start = np.zeros(shape).ravel()
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    slopes = found.x.reshape(shape).astype(np.float32)
    return np.asarray(rows @ slopes[:-1] + slopes[-1], np.float32)
