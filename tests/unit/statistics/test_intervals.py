"""Which interval a share gets, and its limits where a closed formula is known."""

import numpy as np
import pytest
from scipy.stats import binomtest

from canvass import statistics
from canvass.statistics import intervals


def share_of(chose, base, weight=None):
    codes = np.array([0] * chose + [1] * (base - chose))
    cube = statistics.count(codes, cells=2, design=statistics.design(base, weight=weight))
    return statistics.shares(cube, np.eye(2, dtype=bool))[0]


@pytest.mark.parametrize(
    ("chose", "base", "interval"),
    [
        (10, 100, "logit"),  # 10 on the smaller side
        (9, 100, "korn-graubard"),
        (91, 100, "korn-graubard"),
        (15, 30, "logit"),
        (14, 29, "korn-graubard"),  # effective base under 30
        (0, 500, "korn-graubard"),
        (500, 500, "korn-graubard"),
    ],
)
def test_the_edges_have_korn_and_graubards(chose, base, interval):
    assert share_of(chose, base).interval == interval


@pytest.mark.parametrize("base", [1 + 1, 12, 33, 135])
def test_nobody_and_everybody_have_the_exact_limits(base):
    nobody, everybody = share_of(0, base), share_of(base, base)

    exact = binomtest(0, base).proportion_ci(method="exact")
    assert (nobody.low, nobody.high) == (0.0, pytest.approx(exact.high))
    assert (everybody.low, everybody.high) == (pytest.approx(1 - exact.high), 1.0)


def test_uneven_weights_widen_the_limit_of_nobody():
    weight = np.where(np.arange(40) < 20, 1.0, 3.0)

    weighted = share_of(0, 40, weight)

    assert weighted.effective_base == pytest.approx(32)
    assert weighted.high == pytest.approx(1 - 0.025 ** (1 / 32))


def test_a_higher_level_is_wider():
    narrow = intervals.logit(0.3, 0.05, 100, 0.90)
    wide = intervals.logit(0.3, 0.05, 100, 0.99)

    assert wide.low < narrow.low < 0.3 < narrow.high < wide.high


def test_the_logit_interval_of_the_contract():
    """91 of 135: 0.5896 to 0.7486 (contracts, tabulate --format json)."""
    share = share_of(91, 135)

    assert (round(share.estimate, 4), round(share.standard_error, 4)) == (0.6741, 0.0405)
    assert (round(share.low, 4), round(share.high, 4)) == (0.5896, 0.7486)
