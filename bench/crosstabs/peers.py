"""pandas and polars, each run by the Python of its own environment: `-m bench.crosstabs.peers NAME FOLDER`.

What a careful analyst writes with them: Σw and Σw² of each group and answer by one group-by a table, and the
linearised standard error of a share from these (a group is a domain of all rows).
"""

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np

from bench.crosstabs.people import ANSWERS, FIELDS, People
from bench.crosstabs.timing import said


def with_pandas(people: People) -> list[np.ndarray]:
    import pandas as pd

    rows = len(people.weight)
    frame = pd.DataFrame(_columns(people))
    found = []
    for field, groups in enumerate(FIELDS):
        for question in range(len(people.answers)):
            keys = [f"field{field}", f"q{question}"]
            sums = frame.groupby(keys)[["w", "w2"]].sum()
            found.append(_table(sums.index, sums["w"], sums["w2"], groups, rows))
    return found


def with_polars(people: People) -> list[np.ndarray]:
    import polars as pl

    rows = len(people.weight)
    frame = pl.DataFrame(_columns(people))
    found = []
    for field, groups in enumerate(FIELDS):
        for question in range(len(people.answers)):
            keys = [f"field{field}", f"q{question}"]
            sums = frame.group_by(keys).agg(pl.col("w").sum(), pl.col("w2").sum())
            found.append(_table(sums.select(keys).rows(), sums["w"], sums["w2"], groups, rows))
    return found


def _columns(people: People) -> dict[str, np.ndarray]:
    return {
        **{f"q{number}": codes for number, codes in enumerate(people.answers)},
        **{f"field{number}": codes for number, codes in enumerate(people.groups)},
        "w": people.weight,
        "w2": people.weight**2,
    }


def _table(keys: Any, weights: Any, squares: Any, groups: int, rows: int) -> np.ndarray:
    """(2, groups, answers) shares and standard errors."""
    w, w2 = np.zeros((2, groups, ANSWERS))
    for (group, answer), weight, square in zip(keys, weights, squares, strict=True):
        if answer >= 0:
            w[group, answer], w2[group, answer] = weight, square
    base = w.sum(axis=1, keepdims=True)
    share = w / base
    spread = w2 * (1 - 2 * share) + share**2 * w2.sum(axis=1, keepdims=True)
    return np.stack([share, np.sqrt(rows / (rows - 1) * spread) / base])


PEERS = {"pandas": with_pandas, "polars": with_polars}

if __name__ == "__main__":
    importlib.import_module(sys.argv[1])  # not timed
    said(Path(sys.argv[2]), PEERS[sys.argv[1]])
