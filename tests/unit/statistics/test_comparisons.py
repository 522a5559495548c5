"""Groups compared, and corrections for comparing many."""

import numpy as np
import pytest
from hypothesis import given, settings
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


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 1e6))
def test_rounding_is_never_a_difference(seed, answer):
    """Both groups give one answer, whose weighted means differ in the sixteenth digit."""
    weight = np.exp(np.random.default_rng(seed).normal(0, 1, 40))
    cube = statistics.count(
        np.zeros(40, dtype=int),
        cells=1,
        design=statistics.design(40, weight=weight),
        group=np.arange(40) % 2,
        groups=2,
    )

    (difference,) = statistics.pairwise(cube, np.array([answer]))
    mean = statistics.mean(cube, np.array([answer]))

    assert (difference.standard_error, difference.p) == (0, None)
    assert (mean.standard_error, mean.design_effect) == (0, None)


def test_benjamini_hochberg_by_hand():
    """Sorted 0.01·3/1, 0.02·3/2, 0.04·3/3; never rising backwards; one test is missing."""
    assert statistics.benjamini_hochberg([0.04, None, 0.01, 0.02]) == (0.04, None, 0.03, 0.03)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), max_size=8), st.randoms(use_true_random=False))
def test_corrections_do_not_mind_the_order(ps, random):
    order = list(range(len(ps)))
    random.shuffle(order)
    for correct in (statistics.holm, statistics.benjamini_hochberg):
        shuffled = correct([ps[one] for one in order])
        assert [shuffled[order.index(one)] for one in range(len(ps))] == list(correct(ps))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_the_false_discovery_rate_is_milder_than_holm(ps):
    pairs = zip(ps, statistics.benjamini_hochberg(ps), statistics.holm(ps), strict=True)
    assert all(p <= found <= strict + 1e-12 for p, found, strict in pairs)


def test_a_group_against_the_rest_by_hand():
    """3 of 4 against 3 of 8: the others of two groups; a ninth person is in no group and in no rest."""
    cube = grouped([0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 0], [0] * 4 + [1] * 4 + [2] * 4 + [-1], groups=3)

    first, *_ = statistics.against_rest(cube, np.array([True, False]))

    assert (first.a, first.b, first.estimate) == (0, statistics.REST, 0.375)
    assert first.standard_error == pytest.approx((13 / 12 * (0.1875 / 4 + 0.234375 / 8)) ** 0.5)


def test_of_two_groups_each_is_the_others_rest():
    cube = grouped([0, 0, 0, 1, 0, 1, 1, 1], [0] * 4 + [1] * 4)
    values = np.array([True, False])

    (pair,) = statistics.pairwise(cube, values)
    first, second = statistics.against_rest(cube, values)

    assert pair[2:] == first[2:]
    assert (second.estimate, second.low) == (-first.estimate, pytest.approx(-first.high))


@pytest.mark.parametrize("group", [[0, 0, 0, 0], [-1, -1, -1, -1]])
def test_a_group_that_is_everybody_has_no_rest(group):
    assert statistics.against_rest(grouped([0, 1, 0, 1], group), np.array([True, False])) == ()


def test_two_options_of_the_same_people_by_hand():
    """Both chosen by 5, the first alone by 3, the second alone by 1, neither by 1: 0.8 less 0.6.

    One person's difference is 1, -1 or 0 with a mean of 0.2: its variance is 0.4 - 0.04."""
    cube = statistics.count(np.repeat(np.arange(4), [5, 3, 1, 1]), cells=4, design=statistics.design(10))
    chosen = np.array([[True, True, False, False], [True, False, True, False]])

    (found,) = statistics.between_options(cube, chosen)

    assert (found.a, found.b, found.estimate) == (0, 1, pytest.approx(0.2))
    assert found.standard_error == pytest.approx((10 / 9 * 0.36 / 10) ** 0.5)
    assert statistics.between_options(cube, chosen, domain=cube.everyone & False) == ()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_the_differences_of_options_add_up(seed, options):
    rng = np.random.default_rng(seed)
    chosen = rng.random((options, 6)) < 0.5
    weight = np.exp(rng.normal(0, 0.5, 80))
    cube = statistics.count(rng.integers(-1, 6, 80), cells=6, design=statistics.design(80, weight=weight))

    found = {(one.a, one.b): one.estimate for one in statistics.between_options(cube, chosen)}

    shares = [share.estimate for share in statistics.shares(cube, chosen)]
    for (a, b), difference in found.items():
        assert difference == pytest.approx(shares[a] - shares[b])


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
