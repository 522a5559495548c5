"""Errors that know of the fitting: the cube against the slow way, a residual a person."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics


def slow_error(score, x, base, weight, stratum, cluster):
    """The standard error of Σ weight·score: least squares by rows, then sums by unit."""
    root = np.sqrt(base)
    explained = x @ np.linalg.lstsq(x * root[:, None], score * root, rcond=None)[0]
    z = weight * (score - explained)
    variance = 0.0
    for one in np.unique(stratum):
        inside = stratum == one
        units = np.array([z[inside & (cluster == unit)].sum() for unit in np.unique(cluster[inside])])
        variance += len(units) / (len(units) - 1) * ((units - units.mean()) ** 2).sum()
    return variance**0.5


@st.composite
def polls(draw):
    """A design with strata and perhaps clusters, two margins with unknown people, an item of a group."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = 120
    cluster = np.concatenate([np.arange(16), rng.integers(0, 16, size - 16)])
    clustered = draw(st.booleans())
    design = statistics.design(
        size,
        weight=np.exp(rng.normal(0, 0.5, size)),
        stratum=cluster // 8,
        cluster=cluster if clustered else None,
    )
    codes = [np.concatenate([[0, 1, 2, 0, 1, 2, -1], rng.integers(0, 3, size - 7)]) for _ in range(2)]
    shares = np.array([0.3, 0.3, 0.4])
    margins = [
        statistics.margin_of_codes(f"m{place}", one, ["a", "b", "c"], shares)
        for place, one in enumerate(codes)
    ]
    return (
        design,
        margins,
        rng.integers(-1, 4, size),
        rng.integers(-1, 2, size),
        cluster if clustered else np.arange(size),
    )


@settings(max_examples=25, deadline=None)
@given(polls(), st.booleans())
def test_a_mean_of_a_group_has_the_error_of_its_residuals(poll, one_margin):
    design, margins, answers, groups, unit = poll
    margins = margins[:1] if one_margin else margins
    outcome = statistics.rake(design, margins)
    cube = statistics.count(answers, cells=4, design=outcome.design, group=groups, groups=2)

    found = statistics.mean(cube, np.arange(4.0), domain=cube.group(1))

    inside = (answers >= 0) & (groups == 1)
    base = outcome.weight[inside].sum()
    score = np.where(inside, (answers - found.estimate) / base, 0.0)
    x = np.hstack([np.eye(4)[one.codes + 1] for one in margins])
    expected = slow_error(score, x, design.weight, outcome.weight, design.stratum, unit)
    assert found.standard_error == pytest.approx(expected)


def test_what_was_fitted_to_has_no_error_left():
    margin = statistics.margin("x", list("aabbb" * 4), {"a": 0.6, "b": 0.4})
    outcome = statistics.rake(statistics.design(20), [margin])

    knows, fixed = (
        statistics.shares(statistics.count(margin.codes, cells=2, design=design), np.eye(2, dtype=bool))
        for design in (outcome.design, outcome.fixed)
    )

    assert knows[0].estimate == fixed[0].estimate == pytest.approx(0.6)
    assert knows[0].standard_error == pytest.approx(0, abs=1e-9)
    assert fixed[0].standard_error > 0.1


def test_people_known_over_waves_keep_what_was_fitted():
    """Two waves of the same twenty people, each weighted: the change has the error of residuals by person."""
    rng = np.random.default_rng(7)
    person, wave = np.tile(np.arange(20), 2), np.repeat([0, 1], 20)
    cells = [f"{one} {group}" for one, group in zip(wave, np.tile(np.repeat(["a", "b"], 10), 2), strict=True)]
    targets = {"0 a": 0.15, "0 b": 0.35, "1 a": 0.15, "1 b": 0.35}
    outcome = statistics.post_stratify(
        statistics.design(40, cluster=person), statistics.margin("cells", cells, targets)
    )
    answers = rng.integers(0, 5, 40)
    cube = statistics.count(answers, cells=5, design=outcome.design, group=wave, groups=2)

    found = statistics.change(statistics.linked_waves(cube, np.arange(5.0)), 0, 1)

    means = [np.average(answers[wave == one], weights=outcome.weight[wave == one]) for one in (0, 1)]
    score = np.where(wave == 1, answers - means[1], means[0] - answers) / 20
    x = np.eye(4)[np.unique(cells, return_inverse=True)[1]]
    assert found.estimate == pytest.approx(means[1] - means[0])
    assert found.standard_error == pytest.approx(
        slow_error(score, x, np.ones(40), outcome.weight, np.zeros(40), person)
    )


def test_errors_are_told_what_weights_from_elsewhere_were_fitted_to():
    margin = statistics.margin("x", list("aabbb" * 4), {"a": 0.6, "b": 0.4})
    outcome = statistics.rake(statistics.design(20), [margin])

    design = statistics.calibrated(statistics.design(20, weight=outcome.weight), [margin])

    cubes = (statistics.count(np.arange(20) % 3, cells=3, design=one) for one in (design, outcome.design))
    first, second = (statistics.mean(cube, np.arange(3.0)).standard_error for cube in cubes)
    assert first == pytest.approx(second)


def test_a_design_without_weights_was_fitted_to_nothing():
    margin = statistics.margin("x", list("ab"), {"a": 0.6, "b": 0.4})

    with pytest.raises(statistics.WeightingError, match="The design has no weights"):
        statistics.calibrated(statistics.design(2), [margin])
