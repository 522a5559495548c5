"""Shares and means: worked by hand, and what must hold for any data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics

TWO = np.eye(2, dtype=bool)

answers = st.lists(st.tuples(st.integers(-1, 1), st.floats(0.1, 10)), min_size=3, max_size=60).filter(
    lambda rows: sum(code >= 0 for code, _ in rows) >= 2
)


def cube_of(codes, weight=None, cells=2, **more):
    codes = np.array(codes)
    design = statistics.design(len(codes), weight=None if weight is None else np.array(weight), **more)
    return statistics.count(codes, cells=cells, design=design)


def shares_of(rows):
    codes, weight = zip(*rows, strict=True)
    return statistics.shares(cube_of(codes, weight), TWO)


def test_a_share_by_hand():
    """4 of 10 chose: p = 0.4, SE² = 10/9 · Σ(1[i] - 0.4)²/100 = 10/9 · 2.4/100, so SE = √(p(1-p)/9)."""
    yes, no = statistics.shares(cube_of([0] * 4 + [1] * 6), TWO)

    assert (yes.estimate, yes.n, yes.base, yes.df) == (0.4, 4, 10, 9)
    assert yes.standard_error == pytest.approx((0.24 / 9) ** 0.5)
    assert yes.design_effect == pytest.approx(1)
    assert no.estimate == pytest.approx(0.6)


def test_a_weighted_share_by_hand():
    """Weights 1, 1, 2: p = 2/4; scores ±w/2/4; SE² = 3/2 · (1/64 + 1/64 + 4/64), mean score 0."""
    (share, _) = statistics.shares(cube_of([0, 0, 1], [1.0, 1.0, 2.0]), TWO)

    assert share.estimate == 0.5
    assert share.standard_error == pytest.approx((3 / 2 * 6 / 64) ** 0.5)
    assert share.effective_base == pytest.approx(16 / 6)


def test_a_missing_answer_keeps_the_factor_of_the_full_design():
    whole = statistics.shares(cube_of([0, 0, 1, 1]), TWO)[0]
    with_gaps = statistics.shares(cube_of([0, 0, 1, 1, -1, -1]), TWO)[0]

    assert (with_gaps.base, with_gaps.df) == (4, 3)
    assert with_gaps.standard_error / whole.standard_error == pytest.approx((6 / 5 / (4 / 3)) ** 0.5)


def test_a_finite_population_narrows_the_interval():
    """135 of 1,237: the variance is 1 - 135/1237 of that without the correction."""
    codes = [0] * 90 + [1] * 45

    endless = statistics.shares(cube_of(codes), TWO)[0]
    finite = statistics.shares(cube_of(codes, population=1237), TWO)[0]

    assert (finite.standard_error / endless.standard_error) ** 2 == pytest.approx(1 - 135 / 1237)


def test_a_census_has_no_error():
    (share, _) = statistics.shares(cube_of([0] * 30 + [1] * 30, population=60), TWO)

    assert (share.standard_error, share.low, share.high) == (0.0, 0.5, 0.5)


def test_a_mean_by_hand():
    """2, 4, 6, 8: mean 5, SE = sd/√n = √(20/3)/2, t(3) = 3.1824."""
    mean = statistics.mean(cube_of([0, 1, 2, 3], cells=4), np.array([2.0, 4.0, 6.0, 8.0]))

    assert (mean.estimate, mean.df, mean.interval) == (5.0, 3, "t")
    assert mean.standard_error == pytest.approx((20 / 3) ** 0.5 / 2)
    assert mean.high - mean.estimate == pytest.approx(3.182446305 * mean.standard_error)


def test_a_net_promoter_score_is_a_mean():
    """Points 10, 9, 8, 3: two promoters, one passive, one detractor: (200 - 100)/4."""
    points = np.arange(11.0)

    score = statistics.mean(cube_of([10, 9, 8, 3], cells=11), statistics.net_promoter_values(points))

    assert score.estimate == 25.0
    assert score.standard_error == pytest.approx(np.std([100, 100, 0, -100], ddof=1) / 2)


def test_cells_without_a_number_are_out_of_the_base_of_a_mean():
    mean = statistics.mean(cube_of([0, 1, 2, 2], cells=3), np.array([1.0, 3.0, np.nan]))

    assert (mean.estimate, mean.base, mean.df) == (2.0, 2, 1)


def test_an_empty_base_gives_no_number_and_no_error():
    for share in statistics.shares(cube_of([-1, -1]), TWO):
        assert (share.estimate, share.low, share.base) == (None, None, 0)
    assert statistics.mean(cube_of([-1]), np.array([1.0, 2.0])).estimate is None


def test_a_single_person_has_exact_limits_and_no_standard_error():
    yes, no = statistics.shares(cube_of([0]), TWO)

    assert (yes.estimate, no.estimate) == (1.0, 0.0)
    assert (yes.standard_error, yes.low, yes.high) == (None, pytest.approx(0.025), 1.0)


def test_a_group_of_one_has_a_mean_without_limits():
    design = statistics.design(3)
    cube = statistics.count(np.array([0, 1, 1]), cells=2, design=design, group=np.array([0, 1, 1]), groups=2)

    mean = statistics.mean(cube, np.array([2.0, 7.0]), domain=cube.group(0))

    assert (mean.estimate, mean.low, mean.high) == (2.0, None, None)


def test_importing_leaves_scipy_alone():
    import subprocess
    import sys

    code = "import sys, canvass.statistics; sys.exit(any(name.startswith('scipy') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(deadline=None)
@given(answers, st.floats(0.01, 1000))
def test_only_ratios_of_weights_matter(rows, factor):
    scaled = shares_of([(code, weight * factor) for code, weight in rows])

    for one, other in zip(shares_of(rows), scaled, strict=True):
        assert (one.estimate, one.low, one.high) == pytest.approx(
            (other.estimate, other.low, other.high), rel=1e-7, abs=1e-9
        )


@settings(deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))

    for one, other in zip(shares_of(rows), shares_of(shuffled), strict=True):
        assert (one.estimate, one.standard_error) == pytest.approx((other.estimate, other.standard_error))


@settings(deadline=None)
@given(answers)
def test_choosing_and_not_choosing_mirror_each_other(rows):
    yes, no = shares_of(rows)

    assert yes.estimate == pytest.approx(1 - no.estimate)
    assert yes.standard_error == pytest.approx(no.standard_error)
    assert (yes.low, yes.high) == pytest.approx((1 - no.high, 1 - no.low), abs=1e-9)


@settings(deadline=None)
@given(answers)
def test_limits_lie_within_0_and_1_and_around_the_share(rows):
    for share in shares_of(rows):
        assert 0 <= share.low <= share.estimate + 1e-12
        assert share.estimate - 1e-12 <= share.high <= 1


@settings(deadline=None)
@given(answers, st.data())
def test_groups_add_up_to_all(rows, data):
    codes, weight = (np.array(column) for column in zip(*rows, strict=True))
    group = np.array(data.draw(st.lists(st.integers(-1, 2), min_size=len(codes), max_size=len(codes))))
    design = statistics.design(len(codes), weight=weight)

    cube = statistics.count(codes, cells=2, design=design, group=group, groups=3)

    together = statistics.count(codes, cells=2, design=design)
    np.testing.assert_array_equal(cube.n.sum(axis=1), together.n.sum(axis=1))
    np.testing.assert_allclose(cube.w2.sum(axis=1), together.w2.sum(axis=1))
