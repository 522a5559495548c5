"""Groups compared, and corrections for comparing many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass import statistics


def grouped(codes, group, groups=2, cells=2):
    design = statistics.design(len(codes))
    return statistics.count(np.array(codes), cells=cells, design=design, group=np.array(group), groups=groups)


def test_two_groups_by_hand():
    """Shares 3/4 and 1/4 of four each: scores ±1/4·… give SE² = 8/7 · (0.75·0.25/4) · 2."""
    cube = grouped([0, 0, 0, 1, 0, 1, 1, 1], [0] * 4 + [1] * 4)

    (difference,) = statistics.pairwise(cube, np.array([True, False]))

    assert (difference.a, difference.b, difference.estimate, difference.df) == (0, 1, 0.5, 7)
    assert difference.standard_error == pytest.approx((8 / 7 * 2 * 0.1875 / 4) ** 0.5)


def test_every_pair_once_and_empty_groups_never():
    cube = grouped([0, 1, 0, 1, 0, 1], [0, 0, 1, 1, 3, 3], groups=4)

    pairs = [(one.a, one.b) for one in statistics.pairwise(cube, np.array([True, False]))]

    assert pairs == [(0, 1), (0, 3), (1, 3)]


def test_groups_that_do_not_vary_have_no_test():
    cube = grouped([0, 0, 1, 1], [0, 0, 1, 1])

    (difference,) = statistics.pairwise(cube, np.array([True, False]))

    assert (difference.estimate, difference.standard_error) == (1.0, 0.0)
    assert (difference.low, difference.high, difference.p) == (None, None, None)


def test_holm_by_hand():
    """Sorted 0.01·3, 0.02·2, 0.04·1; never falling; one test is missing and does not count."""
    assert statistics.holm([0.04, None, 0.01, 0.02]) == (0.04, None, 0.03, 0.04)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_lies_between_no_correction_and_bonferroni(ps):
    for p, adjusted in zip(ps, statistics.holm(ps), strict=True):
        assert p <= adjusted <= min(1.0, p * len(ps)) + 1e-12


def test_answers_and_groups_that_go_together_are_found():
    rng = np.random.default_rng(7)
    group = rng.integers(0, 2, 400)
    together = np.where(rng.random(400) < 0.8, group, 1 - group)

    strong = statistics.rao_scott(grouped(together, group), np.eye(2, dtype=bool), df=399)
    none = statistics.rao_scott(grouped(rng.integers(0, 2, 400), group), np.eye(2, dtype=bool), df=399)

    assert strong.p < 1e-6 < none.p


def test_without_weights_the_corrected_f_is_pearsons_chi_square():
    from scipy.stats import chi2_contingency

    table = np.array([[30, 20, 25], [10, 40, 35]])
    codes = np.repeat([0, 0, 0, 1, 1, 1], table.ravel())
    group = np.repeat([0, 1, 2, 0, 1, 2], table.ravel())

    test = statistics.rao_scott(grouped(codes, group, groups=3), np.eye(2, dtype=bool), df=159)

    pearson = chi2_contingency(table, correction=False).statistic
    assert test.statistic * 2 == pytest.approx(pearson, rel=0.05)


@pytest.mark.parametrize(
    ("codes", "group"),
    [([0, 0, 0, 0], [0, 1, 0, 1]), ([0, 1, 0, 1], [0, 0, 0, 0]), ([-1, -1, -1, -1], [0, 1, 0, 1])],
)
def test_one_answer_or_one_group_is_no_test(codes, group):
    assert statistics.rao_scott(grouped(codes, group), np.eye(2, dtype=bool), df=3) is None
