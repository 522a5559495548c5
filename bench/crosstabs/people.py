"""The people to count: weighted rows with answers and profile fields, a byte each; kept in a folder."""

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ANSWERS = 6
FIELDS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12)  # groups of each


class People(NamedTuple):
    """What `write` left: answers (questions, rows), -1 for none; groups (fields, rows); weight (rows,)."""

    answers: NDArray[np.int8]
    groups: NDArray[np.int8]
    weight: NDArray[np.float64]


def write(folder: Path, questions: int, rows: int) -> None:
    """Answers that lean on the first field, made from a seed."""
    rng = np.random.default_rng(8)
    groups = np.stack([rng.integers(0, count, rows, dtype=np.int8) for count in FIELDS])
    with (folder / "answers.bin").open("wb") as file:
        for _ in range(questions):
            given = rng.integers(-1, ANSWERS, rows, dtype=np.int8)
            moved = (rng.random(rows) < 0.1) & (given >= 0)
            given[moved] = groups[0][moved]
            file.write(given.tobytes())
    (folder / "groups.bin").write_bytes(groups.tobytes())
    (folder / "weight.bin").write_bytes(np.exp(rng.normal(0, 0.5, rows)).tobytes())


def read(folder: Path) -> People:
    """All of it, in memory."""
    weight = np.fromfile(folder / "weight.bin")
    codes = (np.fromfile(folder / f"{name}.bin", dtype=np.int8) for name in ("answers", "groups"))
    answers, groups = (one.reshape(-1, len(weight)) for one in codes)
    return People(answers, groups, weight)
