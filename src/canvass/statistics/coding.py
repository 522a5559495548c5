"""From rows to cells: the answers of a column as the codes that `count` takes, and what each cell means.

A cell is one distinct answer. Where there is no answer the code is -1.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from canvass.statistics.arrays import Booleans, Floats, Integers, absent, numbers, numeric


def coded_labels(cells: Iterable[Any]) -> tuple[Integers, tuple[Any, ...]]:
    """Codes (rows,) of texts, and the texts in alphabetical order; None, "" and NaN are no answer.

    Raises ValueError where texts and numbers are mixed.
    """
    given: list[Any] = [None if absent(cell) else cell for cell in cells]
    try:
        labels = tuple(sorted(set(given) - {None}))
    except TypeError:
        raise ValueError("The answers mix text and numbers; make them all text.") from None
    place = {label: code for code, label in enumerate(labels)} | {None: -1}
    return np.array([place[cell] for cell in given], dtype=np.int64), labels


def coded_numbers(given: ArrayLike) -> tuple[Integers, Floats]:
    """Codes (rows,) of numbers, and the K numbers that occur, the lowest first; NaN and None are no answer.

    Raises ValueError for text and for an infinite number.
    """
    found = numbers(given, "The answers")
    known, codes = numeric(found), np.full(len(found), -1, dtype=np.int64)
    values, codes[known] = np.unique(found[known], return_inverse=True)
    return codes, values.astype(np.float64)


def coded_choices(chosen: ArrayLike, answered: ArrayLike) -> tuple[Integers, Booleans]:
    """Codes (rows,) of a choose-all item, and which options each cell holds: (options, K).

    chosen: (rows, options) of 0 and 1; NaN is not chosen. answered: (rows,) False where there is no answer;
            none chosen is an answer.

    Raises ValueError for anything else.
    """
    ticks, there = numbers(chosen, "The choices"), np.asarray(answered, dtype=bool)
    given = ticks[there]
    if not (np.isin(given, (0, 1)) | np.isnan(given)).all():
        raise ValueError("A choice is 1 where it was made and 0 where not; mend the others.")
    codes = np.full(len(ticks), -1, dtype=np.int64)
    patterns, inverse = np.unique(given == 1, axis=0, return_inverse=True)
    codes[there] = inverse.ravel()
    return codes, patterns.T
