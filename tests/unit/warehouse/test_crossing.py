"""Counting by many divisions at once gives what counting by one at a time gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.instrument import Item, Kind, Option
from canvass.statistics import design
from canvass.warehouse import CodedItem, Groups, count_items
from canvass.warehouse.cells import Cells
from canvass.warehouse.crossing import count_divisions


def coded(codes, cells: int) -> CodedItem:
    item = Item("q", Kind.SINGLE, "Q?", options=tuple(Option(str(one), str(one)) for one in range(cells)))
    numbers = np.full(cells, np.nan)
    meaning = Cells(np.eye(cells, dtype=bool), numbers, np.empty((0, cells)), np.zeros(cells, dtype=bool))
    return CodedItem(item, None, np.asarray(codes), meaning, np.asarray(codes))


@st.composite
def situations(draw):
    rows, cells = draw(st.integers(1, 60)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    divisions = {
        f"field{number}": Groups(rng.integers(-1, size, rows), tuple(str(one) for one in range(size)))
        for number, size in enumerate(draw(st.lists(st.integers(1, 5), max_size=5)))
    }
    weight = draw(st.sampled_from([None, rng.uniform(0.2, 5, rows)]))
    stratum = draw(st.sampled_from([None, np.arange(rows) % 2 if rows > 3 else None]))
    cluster = draw(st.sampled_from([None, np.arange(rows) // 2 if stratum is None else None]))
    cluster = None if rows < 3 else cluster
    made = design(rows, weight=weight, stratum=stratum, cluster=cluster)
    return coded(rng.integers(-1, cells, rows), cells), made, divisions


@settings(max_examples=120, deadline=None)
@given(situations())
def test_margins_of_crossings_are_the_cubes_of_the_divisions(situation):
    item, made, divisions = situation

    together = count_divisions([item], made, divisions)

    apart = {"": count_items([item], made)} | {
        name: count_items([item], made, groups) for name, groups in divisions.items()
    }
    assert list(together) == list(apart)
    for name, (expected,) in apart.items():
        (found,) = together[name]
        np.testing.assert_array_equal(found.cube.n, expected.cube.n)
        np.testing.assert_allclose(found.cube.w, expected.cube.w, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(found.cube.w2, expected.cube.w2, rtol=1e-12, atol=1e-12)


def test_a_division_that_would_cross_too_widely_is_counted_by_itself():
    rng = np.random.default_rng(1)
    divisions = {
        str(number): Groups(rng.integers(-1, 40, 1000), tuple(map(str, range(40)))) for number in range(3)
    }
    item = coded(rng.integers(-1, 3, 1000), 3)

    together = count_divisions([item], design(1000), divisions)

    for name, groups in divisions.items():
        (expected,) = count_items([item], design(1000), groups)
        np.testing.assert_array_equal(together[name][0].cube.n, expected.cube.n)
