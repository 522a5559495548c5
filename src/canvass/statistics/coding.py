"""From rows to cells: the answers of a column as the codes that `count` takes, and what each cell means.

A cell is one distinct answer. Where there is no answer the code is -1.
"""

from collections.abc import Sequence

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers


def coded_labels(cells: Sequence[str | None]) -> tuple[Integers, tuple[str, ...]]:
    """Codes (rows,) of texts, and the texts in alphabetical order; None and "" are no answer."""
    labels = tuple(sorted({cell for cell in cells if cell}))
    place = {label: code for code, label in enumerate(labels)}
    return np.array([place[cell] if cell else -1 for cell in cells], dtype=np.int64), labels


def coded_numbers(numbers: Floats) -> tuple[Integers, Floats]:
    """Codes (rows,) of numbers, and the K numbers that occur, the lowest first; NaN is no answer.

    Raises ValueError for an infinite number.
    """
    if np.isinf(numbers).any():
        raise ValueError("There is an infinite number among the answers; mend it, or leave it out.")
    known, codes = ~np.isnan(numbers), np.full(len(numbers), -1, dtype=np.int64)
    values, codes[known] = np.unique(numbers[known], return_inverse=True)
    return codes, values.astype(np.float64)


def coded_choices(chosen: Booleans, answered: Booleans) -> tuple[Integers, Booleans]:
    """Codes (rows,) of a choose-all item, and which options each cell holds: (options, K).

    chosen: (rows, options). answered: (rows,) False where there is no answer; none chosen is an answer.
    """
    codes = np.full(len(chosen), -1, dtype=np.int64)
    patterns, inverse = np.unique(np.asarray(chosen, dtype=bool)[answered], axis=0, return_inverse=True)
    codes[answered] = inverse.ravel()
    return codes, patterns.T
