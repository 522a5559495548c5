"""Designs that cannot be used are refused with a sentence."""

import numpy as np
import pytest

from canvass import statistics
from canvass.statistics import DesignError


@pytest.mark.parametrize("weight", [[1.0, 0.0], [1.0, -2.0], [1.0, np.nan], [1.0, np.inf], [1.0, 1e200]])
def test_weights_are_positive_numbers(weight):
    with pytest.raises(DesignError, match="Weights must be positive"):
        statistics.design(2, weight=np.array(weight))


def test_a_stratum_of_one_is_refused():
    with pytest.raises(DesignError, match="A stratum has one unit"):
        statistics.design(3, stratum=np.array([0, 0, 1]))


def test_a_stratum_of_one_that_is_all_there_is_adds_no_error():
    design = statistics.design(3, stratum=np.array([0, 0, 1]), population=np.array([10.0, 1.0]))
    cube = statistics.count(np.array([0, 1, 0]), cells=2, design=design)

    assert np.isfinite(cube.covariance(cube.spread(np.eye(2)))).all()


def test_a_cluster_lies_in_one_stratum():
    with pytest.raises(DesignError, match="A cluster lies in two strata"):
        statistics.design(4, stratum=np.array([0, 0, 1, 1]), cluster=np.array([0, 1, 1, 2]))


def test_more_cannot_answer_than_there_are():
    with pytest.raises(DesignError, match="population is smaller"):
        statistics.design(10, population=9)


def test_columns_have_a_value_for_each_row():
    with pytest.raises(DesignError, match="2 values for 3 rows"):
        statistics.design(3, weight=np.ones(2))


@pytest.mark.parametrize("codes", [[0, 2], [-2, 0], [0, 0, 0]])
def test_codes_that_do_not_fit_are_refused(codes):
    with pytest.raises(ValueError, match="codes"):
        statistics.count(np.array(codes), cells=2, design=statistics.design(2))
