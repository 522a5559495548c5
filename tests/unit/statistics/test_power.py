"""How many answers are enough: by hand, by simulation of the test that is run, and what always holds."""

from itertools import combinations
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics
from canvass.statistics import power
from canvass.statistics.power import Overlap, Planned

HALF = power.deviation_of_share(0.5)


def test_the_usual_share_by_hand():
    """1.96²·0.25/0.05² = 384.1 with the normal; t asks for a few more. Of 1,237 mailed 293.2 are enough."""
    assert power.answers_for_reach(0.05, HALF) == 387
    assert power.answers_for_reach(0.05, HALF, population=1237) == 295


def test_a_design_effect_of_two_asks_for_twice_as_many():
    assert power.answers_for_reach(0.05, HALF, design_effect=2) == pytest.approx(2 * 387, abs=3)


def test_everybody_answers_a_small_panel_exactly():
    assert power.reach(40, HALF, population=40) == 0
    assert power.answers_for_reach(0.001, HALF, population=40) == 40


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: power.answers_for_reach(1e-9, HALF), "Not even 10,000,000 answers"),
        (lambda: power.answers_for_difference(0.0, HALF, population=50), "A difference to plan for"),
        (lambda: power.answers_for_reach(0.1, HALF, population=1), "Not even 1 answers"),
        (lambda: power.reach(60, HALF, population=50), "60 answers cannot be planned"),
        (lambda: power.detectable(1.0, 1), "at least 2 degrees"),
        (lambda: power.deviation_of_share(1.2), "1.2 is no share"),
        (lambda: Overlap(0.5, 1.5), "a correlation from -1 to 1"),
    ],
)
def test_what_cannot_be_reached_is_said(ask, sentence):
    with pytest.raises(ValueError, match=sentence):
        ask()


def test_the_planned_power_is_that_of_the_test_that_is_run():
    """Two groups of 90 with means 0.9 apart and a deviation of 2.1, as `pairwise` tests them."""
    rng = np.random.default_rng(8)
    points, group = np.arange(-40, 60) / 4, np.repeat([0, 1], 90)
    side = Planned(90, 2.1)
    planned = power.power(0.9, power.error_of_difference(side, side), 178)

    found = 0
    for _ in range(600):
        answers = rng.normal(0, 2.1, 180) + 0.9 * group
        codes = np.clip(np.round(answers * 4) + 40, 0, 99).astype(int)
        cube = statistics.count(codes, cells=100, design=statistics.design(180), group=group, groups=2)
        found += statistics.pairwise(cube, points)[0].p < 0.05

    assert found / 600 == pytest.approx(planned, abs=3 * sqrt(planned * (1 - planned) / 600))


def test_people_who_answer_twice_save_answers():
    alone = power.answers_for_change(0.4, 2.0)
    half = power.answers_for_change(0.4, 2.0, overlap=Overlap(0.5, 0.6))
    all_ = power.answers_for_change(0.4, 2.0, overlap=Overlap(1.0, 0.6))

    assert all_ < half < alone
    assert all_ == pytest.approx(alone * (1 - 0.6), rel=0.02)


@pytest.mark.parametrize("shared", [1, 2, 3])
def test_the_error_of_a_change_in_a_small_population_by_every_sample(shared):
    y = np.array([[1.0, 4, 2, 7, 9, 4], [2.0, 3, 5, 9, 8, 6]])
    changes = [
        y[1, list(b)].mean() - y[0, list(a)].mean()
        for a in combinations(range(6), 3)
        for b in combinations(range(6), 3)
        if len(set(a) & set(b)) == shared
    ]
    sides = [Planned(3, float(np.std(one, ddof=1)), 6) for one in y]

    error = power.error_of_change(*sides, Overlap(shared / 3, float(np.corrcoef(y)[0, 1])))

    assert error == pytest.approx(np.std(changes))


@settings(deadline=None, max_examples=40)
@given(st.floats(0.02, 1.5), st.floats(0.3, 3), st.sampled_from([inf, 5000.0, 300.0]))
def test_the_fewest_are_enough_and_one_less_is_not(difference, deviation, population):
    try:
        answers = power.answers_for_difference(difference, deviation, population=population)
    except power.OutOfReach:
        return

    def reached(number):
        side = Planned(number, deviation, population)
        return power.power(difference, power.error_of_difference(side, side), 2 * number - 2)

    assert reached(answers) >= 0.8
    assert answers == 2 or reached(answers - 1) < 0.8


@settings(deadline=None, max_examples=30)
@given(st.floats(0.01, 5), st.integers(2, 5000), st.floats(0.1, 0.99))
def test_what_can_be_seen_is_seen_with_that_power(error, df, wanted):
    difference = power.detectable(error, df, wanted=wanted)

    assert power.power(difference, error, df) == pytest.approx(wanted, abs=1e-6)
