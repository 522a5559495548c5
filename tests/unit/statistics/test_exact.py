"""Exact and permutation tests: by hand, and what always holds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass import statistics


def test_the_lady_tasting_tea():
    """3 of 4 against 1 of 4: 1, 16, 36, 16 and 1 of 70 tables; the two sides as extreme: 34 of 70."""
    assert statistics.fisher(3, 4, 1, 4) == pytest.approx(34 / 70)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 30), st.integers(1, 30))
def test_fisher_does_not_mind_sides(hits_a, hits_b, more_a, more_b):
    base_a, base_b = hits_a + more_a, hits_b + more_b

    p = statistics.fisher(hits_a, base_a, hits_b, base_b)

    assert 0 < p <= 1
    assert p == pytest.approx(statistics.fisher(hits_b, base_b, hits_a, base_a))
    assert p == pytest.approx(statistics.fisher(more_a, base_a, more_b, base_b))


def test_a_stable_world_is_rarely_denied():
    """Fisher's test of two shares that are alike, over every table of 40 and 40 at a share of 5%."""
    from math import comb

    chance = [comb(40, k) * 0.05**k * 0.95 ** (40 - k) for k in range(41)]
    denied = sum(
        chance[a] * chance[b]
        for a in range(41)
        for b in range(41)
        if chance[a] * chance[b] > 1e-9 and statistics.fisher(a, 40, b, 40) < 0.05
    )

    assert denied < 0.05


def test_the_lowest_expected_count_by_hand():
    """Rows 10 and 30, columns 8 and 32 of 40: the smallest is 10·8/40; an empty column is left out."""
    assert statistics.lowest_expected(np.array([[5, 5, 0], [3, 27, 0]])) == 2
    assert statistics.lowest_expected(np.zeros((2, 2), dtype=int)) == float("inf")


@pytest.mark.parametrize("counts", [[[3, 0], [5, 0]], [[3, 4], [0, 0]], [[0, 0], [0, 0]]])
def test_a_table_that_cannot_vary_has_nothing_to_find(counts):
    assert statistics.permutation(np.array(counts), np.random.default_rng(1)) == 1


def test_one_generator_gives_one_p():
    counts = np.array([[8, 3, 1], [2, 6, 7], [1, 4, 9]])

    first, second = (statistics.permutation(counts, np.random.default_rng(9), draws=999) for _ in range(2))

    assert first == second
    assert first < 0.05
