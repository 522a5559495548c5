"""The one rule for small bases."""

import pytest

from canvass import statistics
from canvass.statistics import Caution
from canvass.statistics.small_bases import WORDS


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
