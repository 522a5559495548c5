"""The one rule for small bases."""

import pytest

from canvass import statistics
from canvass.statistics import Caution
from canvass.statistics.small_bases import WORDS, is_wide


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        (0, Caution.NO_FIGURE),
        (9, Caution.NO_FIGURE),
        (10, Caution.COUNTS_ONLY),
        (29, Caution.COUNTS_ONLY),
        (30, Caution.VERY_SMALL),
        (49, Caution.VERY_SMALL),
        (50, Caution.SMALL),
        (99, Caution.SMALL),
        (100, None),
    ],
)
def test_the_base_decides(base, expected):
    assert statistics.caution(base, float(base)) == expected


def test_an_effective_base_that_is_smaller_decides():
    assert statistics.caution(200, 29.99) is Caution.COUNTS_ONLY


def test_an_effective_base_that_is_larger_does_not_help():
    assert statistics.caution(9, 100.0) is Caution.NO_FIGURE


def test_every_caution_has_words():
    assert set(WORDS) == set(Caution)


@pytest.mark.parametrize(
    ("share", "low", "high", "wide"),
    [
        (0.50, 0.36, 0.65, False),  # 29 points, 0.58 of the share
        (0.50, 0.35, 0.65, True),  # 30 points
        (0.10, 0.05, 0.19, True),  # 14 points, 1.4 of the share
        (0.10, 0.05, 0.17, False),  # 12 points, 1.2 of the share
        (0.01, 0.00, 0.05, False),  # 5 points are never wide
        (0.00, 0.00, 0.06, True),
        (0.40, None, None, False),
    ],
)
def test_the_width_of_an_interval_is_a_second_caution(share, low, high, wide):
    assert is_wide(share, low, high) is wide
