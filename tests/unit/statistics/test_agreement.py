"""The cube agrees with the rows: any weights, strata, clusters, population, groups and missing answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.statistics import rows

from canvass import statistics


@st.composite
def surveys(draw):
    """(codes, weight, stratum, cluster, group): two strata of at least three clusters, four answers."""
    seed, size = draw(st.integers(0, 2**32 - 1)), draw(st.integers(20, 60))
    rng = np.random.default_rng(seed)
    cluster = np.concatenate([np.arange(6), rng.integers(0, 6, size - 6)])
    codes = np.concatenate([np.zeros(6, dtype=int), rng.integers(-1, 4, size - 6)])
    group = np.concatenate([np.arange(6) % 2, rng.integers(-1, 2, size - 6)])
    weight = np.exp(rng.normal(0, 0.6, size)) if draw(st.booleans()) else np.ones(size)
    return codes, weight, (cluster >= 3).astype(int), cluster, group


@settings(max_examples=60, deadline=None)
@given(surveys(), st.sampled_from(["people", "clusters"]), st.booleans())
def test_shares_of_a_group(survey, unit, finite):
    codes, weight, stratum, cluster, group = survey
    units = cluster if unit == "clusters" else np.arange(len(codes))
    behind = np.array([200.0, 300.0]) if finite else None
    design = statistics.design(
        len(codes),
        weight=weight,
        stratum=stratum,
        cluster=cluster if unit == "clusters" else None,
        population=behind,
    )
    cube = statistics.count(codes, cells=4, design=design, group=group, groups=2)

    shares = statistics.shares(cube, np.eye(4, dtype=bool), domain=cube.group(1))

    base = (codes >= 0) & (group == 1)
    for code, share in enumerate(shares):
        estimate, error = rows.ratio((codes == code) & base, base, weight, stratum, units, behind)
        assert share.estimate == pytest.approx(estimate, abs=1e-12)
        assert share.standard_error == pytest.approx(error, rel=1e-9, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(surveys())
def test_a_mean_and_its_difference_between_groups(survey):
    codes, weight, stratum, cluster, group = survey
    values = np.array([1.0, 4.0, 9.0, -3.0])
    design = statistics.design(len(codes), weight=weight, stratum=stratum, cluster=cluster)
    cube = statistics.count(codes, cells=4, design=design, group=group, groups=2)

    mean = statistics.mean(cube, values)
    (difference,) = statistics.pairwise(cube, values)

    y = np.where(codes >= 0, values[codes], 0.0)
    estimate, error = rows.ratio(y * (codes >= 0), codes >= 0, weight, stratum, cluster)
    assert (mean.estimate, mean.standard_error) == pytest.approx((estimate, error), rel=1e-9)
    assert difference.standard_error == pytest.approx(_difference_error(survey, y), rel=1e-9)


def _difference_error(survey, y):
    """The error of a difference of two domains, from one score a person that holds both."""
    codes, weight, stratum, cluster, group = survey
    score = np.zeros(len(codes))
    for sign, one in ((1, 0), (-1, 1)):
        base = (codes >= 0) & (group == one)
        total = (weight * base).sum()
        score += sign * base * (y - (weight * y * base).sum() / total) / total
    # A ratio to a denominator of 1 in all with score as numerator has that total's error.
    whole = np.zeros(len(codes))
    estimate, error = rows.ratio(score * weight.sum(), whole + 1, weight, stratum, cluster)
    assert estimate == pytest.approx(0, abs=1e-9)
    return error
