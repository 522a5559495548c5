"""Rows scored by a rule that has not seen them."""

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors
from canvass.words.fitting import logistic

FOLDS = 2


def held_out(train: Vectors, has: NDArray[np.bool_]) -> Vectors:
    """(train, codes): log odds of each row from the rows of the other half; 0 for a code that these cannot
    teach.
    """
    fold = _folds(has)
    found = np.zeros(has.shape, np.float32)
    for number in range(FOLDS):
        out, kept = fold == number, fold != number
        examples = has[kept].sum(axis=0)
        taught = np.flatnonzero((examples > 0) & (examples < kept.sum()))
        if out.any() and len(taught):
            found[np.ix_(out, taught)] = logistic.decisions(train[kept], has[kept][:, taught], train[out])
    return found


def _folds(has: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Rows dealt out in turn, those of one code one after another, so that each half has examples of it."""
    often = has.sum(axis=0)
    rarest = np.where(has, often, len(has) + 1)
    code = np.where(has.any(axis=1), rarest.argmin(axis=1) if has.shape[1] else 0, has.shape[1])
    fold = np.empty(len(has), np.int64)
    fold[np.argsort(code, kind="stable")] = np.arange(len(has)) % FOLDS
    return fold
