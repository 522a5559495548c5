"""Replicates with one unit left out: by hand, and against the errors that have a formula."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics
from canvass.statistics import DesignError


def test_the_replicates_of_three_rows():
    replicates = statistics.jackknife(statistics.design(3, weight=np.array([1.0, 2.0, 4.0])))

    assert [list(one) for one in replicates] == [[0, 3, 6], [1.5, 0, 6], [1.5, 3, 0]]
    assert len(replicates) == 3


def test_the_mean_of_three_by_hand():
    # Means without one: 4.5, 3.5, 2.5... of 1, 3, 5: 4, 3, 2. Squares around 3: 2, times 2/3.
    found = statistics.replicated(
        statistics.jackknife(statistics.design(3)), statistics.row_means(np.array([1.0, 3.0, 5.0]))
    )

    assert found.estimates == pytest.approx([3])
    assert found.covariance == pytest.approx(np.array([[4 / 3]]))
    assert found.df == 2


def test_two_given_replicates_by_hand():
    # Means 1 and 3 around 2; squares 1 and 1, each times 1/2.
    given_here = statistics.given_replicates([1, 1], [[2, 0], [0, 2]], scales=1 / 2)

    found = statistics.replicated(given_here, statistics.row_means([1, 3]))

    assert (found.estimates.tolist(), found.covariance.tolist(), found.df) == ([2], [[1]], 1)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_a_jackknife_that_is_given_is_the_one_that_is_made(seed):
    rng = np.random.default_rng(seed)
    rows = int(rng.integers(2, 30))
    weight, means = rng.uniform(0.1, 5, rows), statistics.row_means(rng.normal(0, 1, (rows, 2)))
    made = statistics.jackknife(statistics.design(rows, weight=weight))

    came = statistics.given_replicates(weight, np.stack(list(made), axis=1), scales=(rows - 1) / rows)

    ours, theirs = statistics.replicated(made, means), statistics.replicated(came, means)
    assert theirs.covariance == pytest.approx(ours.covariance)
    assert theirs.df == ours.df


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mean_without_weights_has_the_error_of_its_formula(seed):
    rng = np.random.default_rng(seed)
    values = rng.normal(0, 1, 20)

    found = statistics.replicated(statistics.jackknife(statistics.design(20)), statistics.row_means(values))

    assert found.covariance[0, 0] == pytest.approx(values.var(ddof=1) / 20)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_a_total_by_clusters_in_strata_has_the_linearised_error(seed):
    """A total is linear, so that both ways are one."""
    rng = np.random.default_rng(seed)
    size = 60
    cluster = np.concatenate([np.arange(12), rng.integers(0, 12, size - 12)])
    design = statistics.design(
        size,
        weight=np.exp(rng.normal(0, 0.4, size)),
        stratum=cluster // 6,
        cluster=cluster,
        population=np.array([20.0, 9.0]),
    )
    codes = rng.integers(0, 2, size)

    found = statistics.replicated(statistics.jackknife(design), lambda weight: weight @ codes)
    (linear,) = statistics.totals(statistics.count(codes, cells=2, design=design), np.array([[False, True]]))

    assert found.each()[0].standard_error == pytest.approx(linear.standard_error)
    assert found.df == linear.df


def test_a_stratum_that_is_all_there_is_leaves_nobody_out():
    design = statistics.design(3, stratum=np.array([0, 0, 1]), population=np.array([9.0, 1.0]))

    replicates = statistics.jackknife(design)

    assert len(replicates) == len(list(replicates)) == 2


def test_a_census_has_no_error():
    found = statistics.replicated(
        statistics.jackknife(statistics.design(2, population=2)), statistics.row_means(np.array([1.0, 2.0]))
    )

    assert (found.estimates, found.covariance) == (pytest.approx([1.5]), pytest.approx(np.zeros((1, 1))))


def test_one_unit_is_refused():
    with pytest.raises(DesignError, match="There is one unit only"):
        statistics.jackknife(statistics.design(1))


def test_a_group_that_is_one_unit_is_refused():
    replicates = statistics.jackknife(statistics.design(3))
    only_first = statistics.row_means(np.array([1.0, 2.0, 3.0]), np.array([True, False, False]))

    with pytest.raises(DesignError, match="a group has one unit only"):
        statistics.replicated(replicates, only_first)


def test_a_category_of_one_unit_cannot_be_raked_again():
    margin = statistics.margin("x", ["a", "a", "b"], {"a": 0.5, "b": 0.5})
    replicates = statistics.jackknife(
        statistics.design(3), reweight=lambda base: statistics.raked_weights(base, [margin])
    )

    with pytest.raises(statistics.WeightingError, match="x: nobody is left in b; join it"):
        list(replicates)


def test_calibration_again_in_every_replicate_keeps_the_total():
    x = statistics.KnownTotal("x", np.array([1.0, 2.0, 3.0, 2.0]), 8.5)
    replicates = statistics.jackknife(
        statistics.design(4),
        reweight=lambda base: statistics.calibrated_weights(base, [x], distance="raking"),
    )

    for weight in replicates:
        assert weight @ x.values == pytest.approx(8.5)
