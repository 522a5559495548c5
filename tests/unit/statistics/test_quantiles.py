"""Medians and quantiles by R's `math` rule, with Woodruff's interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics


def quantile_of(values, q=0.5, weight=None):
    points, codes = np.unique(np.array(values, dtype=float), return_inverse=True)
    design = statistics.design(len(values), weight=None if weight is None else np.array(weight, dtype=float))
    cube = statistics.count(codes, cells=len(points), design=design)
    return statistics.quantile(cube, points, q)


@pytest.mark.parametrize(
    ("values", "q", "expected"),
    [
        ([1, 2, 3], 0.5, 2),
        ([1, 2, 3, 4], 0.5, 2),  # the lower of the two in the middle
        ([1, 2, 3, 4], 0.75, 3),
        ([5], 0.9, 5),
        (list(range(1, 11)), 0.1, 1),
        (list(range(1, 11)), 0.9, 9),
    ],
)
def test_the_smallest_value_that_enough_do_not_exceed(values, q, expected):
    assert quantile_of(values, q).estimate == expected


def test_a_heavy_person_pulls_the_median():
    assert quantile_of([1, 2, 3], weight=[1, 1, 5]).estimate == 3


def test_woodruff_by_hand():
    """1 to 100: 50% at or below 50, SE √(0.25/99), t(99) = 1.98422: 40.03% and 59.97%, so 41 and 60."""
    median = quantile_of(range(1, 101))

    assert (median.estimate, median.low, median.high) == (50, 41, 60)
    assert median.standard_error == pytest.approx((60 - 41) / (2 * 1.9842169515))


def test_a_limit_beyond_the_data_does_not_exist():
    assert quantile_of(range(1, 11), 0.9).high is None


def test_where_all_answer_alike_the_limits_are_their_answer():
    """0.1 + 0.2 + 0.3 over their sum is a hair off 1, and still all of them."""
    median = quantile_of([4, 4, 4], weight=[0.1, 0.2, 0.3])

    assert (median.low, median.high, median.standard_error) == (4, 4, 0)


def test_one_person_has_a_median_without_limits():
    alone = quantile_of([4])

    assert (alone.estimate, alone.low, alone.high, alone.standard_error) == (4, None, None, None)


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=40), st.sampled_from([0.1, 0.25, 0.5, 0.75]))
def test_it_agrees_with_numpys_inverse_of_the_distribution(values, q):
    assert quantile_of(values, q).estimate == np.quantile(values, q, method="inverted_cdf")


@settings(deadline=None)
@given(st.lists(st.integers(0, 10), min_size=20, max_size=60))
def test_the_limits_enclose_the_median(values):
    median = quantile_of(values)

    assert median.low is None or median.low <= median.estimate
    assert median.high is None or median.estimate <= median.high
