"""Canvass: rows of a poll counted by ten divisions, then a share with its standard error a cell."""

import sys
from pathlib import Path

import numpy as np
import scipy.special  # noqa: F401  # not timed

from bench.crosstabs.people import ANSWERS, FIELDS, People
from bench.crosstabs.timing import said
from canvass import statistics
from canvass.instrument import Item, Kind, Option
from canvass.warehouse import Cells, CodedItem, Groups, PollRows


def canvass(people: People) -> list[np.ndarray]:
    """A table a question and field: (2, groups, answers) shares and their errors."""
    options = tuple(Option(str(one), str(one)) for one in range(ANSWERS))
    cells = Cells(
        np.eye(ANSWERS, dtype=bool),
        np.full(ANSWERS, np.nan),
        np.empty((0, ANSWERS)),
        np.zeros(ANSWERS, dtype=bool),
    )
    rows = len(people.weight)
    coded = tuple(
        CodedItem(Item(f"q{number}", Kind.SINGLE, "", options=options), None, codes, cells, codes)
        for number, codes in enumerate(people.answers)
    )
    poll = PollRows(rows, np.ones(rows, dtype=np.int8), coded, {}, None, people.weight)
    divisions = {
        f"field{number}": Groups(codes, tuple(map(str, range(count))))
        for number, (count, codes) in enumerate(zip(FIELDS, people.groups, strict=True))
    }
    counted = poll.count_each(divisions)
    return [_table(one.cube) for name in divisions for one in counted[name]]


def _table(cube: statistics.Cube) -> np.ndarray:
    found = statistics.shares_each(cube, np.eye(ANSWERS, dtype=bool), cube.by_group)
    return np.array([[[one[:2] for one in group] for group in found]]).transpose(0, 3, 1, 2)[0]


if __name__ == "__main__":
    said(Path(sys.argv[1]), canvass)
