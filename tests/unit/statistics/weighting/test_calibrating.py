"""Calibration to totals: cases worked by hand, what holds for any totals, what is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics
from canvass.statistics import KnownTotal, WeightingError


def calibrate(*totals, base=None, **options):
    base = None if base is None else np.array(base, dtype=float)
    design = statistics.design(len(totals[0].values), weight=base)
    return statistics.calibrate(design, totals, **options)


def total(name, values, wanted):
    return KnownTotal(name, np.array(values, dtype=float), wanted)


def test_one_total_by_the_linear_distance():
    # g = 1 + x·λ with λ = (12 - 10) / Σx² = 2/30: weights 1 + x/15.
    found = calibrate(total("x", [1, 2, 3, 4], 12))

    assert found.weight == pytest.approx([1 + x / 15 for x in (1, 2, 3, 4)])
    assert found.diagnostics.iterations == 1


def test_one_total_by_the_raking_distance():
    # One column of 0 and 1: everybody in it is multiplied alike.
    found = calibrate(total("yes", [1, 1, 0, 0], 3), distance="raking")

    assert found.weight == pytest.approx([1.5, 1.5, 1, 1])


def test_a_bound_holds_and_the_others_make_up_for_it():
    # Free, the last would be 1.267. Held at 1.25 it brings 5, and the first three 7 = 6 + 14·λ.
    found = calibrate(total("x", [1, 2, 3, 4], 12), bounds=(0.5, 1.25))

    assert found.weight == pytest.approx([15 / 14, 16 / 14, 17 / 14, 1.25])
    assert found.capped == 1


def test_a_margin_as_totals_is_the_same_as_raking_to_it():
    margin = statistics.margin("x", ["a", "a", "b", ""], {"a": 0.5, "b": 0.5})

    calibrated = calibrate(*statistics.known_totals(margin, 4), distance="raking")

    assert calibrated.weight == pytest.approx(statistics.rake(statistics.design(4), [margin]).weight)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["linear", "raking", "logit"]))
def test_totals_are_met_within_the_bounds(seed, distance):
    rng = np.random.default_rng(seed)
    size = 60
    base, truth = np.exp(rng.normal(0, 0.4, size)), rng.uniform(0.7, 1.4, size)
    columns = [np.ones(size), rng.normal(5, 2, size), rng.integers(0, 2, size)]
    wanted = [total(f"x{place}", one, (base * truth) @ one) for place, one in enumerate(columns)]

    found = calibrate(*wanted, base=base, distance=distance, bounds=(0.4, 2.5))

    ratio = found.weight / base
    assert ((ratio >= 0.4 - 1e-12) & (ratio <= 2.5 + 1e-12)).all()
    for one in wanted:
        assert found.weight @ one.values == pytest.approx(one.total, rel=1e-8, abs=1e-8)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32))
def test_own_totals_change_nothing(seed):
    rng = np.random.default_rng(seed)
    base, x = np.exp(rng.normal(0, 0.4, 30)), rng.normal(0, 1, 30)

    found = calibrate(total("n", np.ones(30), base.sum()), total("x", x, base @ x), base=base)

    assert found.weight == pytest.approx(base)


@pytest.mark.parametrize(
    ("totals", "options", "sentence"),
    [
        (
            [total("x", [1, 2], 90)],
            {"bounds": (0.5, 2)},
            "within 0.5 to 2 times the base weights: x stands at 6",
        ),
        ([total("x", [1, 1], 2), total("y", [1, 1], 3)], {}, "The totals cannot be met: "),
        ([total("x", [-1, 5], -9)], {}, "gives 1 of 2 respondents a weight of 0 or less; set bounds"),
        ([total("x", [1, np.nan], 2)], {}, "x: there is no number in 1 row"),
        ([total("x", [1, 2], np.inf)], {}, "x: there is no number as its total"),
        ([total("x", [1, 2], 2), total("x", [1, 2], 2)], {}, "x is given twice to weight by"),
        ([total("x", [1, 2], 2)], {"distance": "logit"}, "Logit calibration needs bounds"),
        ([total("x", [1, 2], 2)], {"bounds": (2, 3)}, "Bounds of 2 to 3 times the base weight cannot hold"),
    ],
)
def test_totals_that_cannot_be_are_refused(totals, options, sentence):
    with pytest.raises(WeightingError) as refused:
        calibrate(*totals, **options)

    assert sentence in str(refused.value)


def test_nothing_to_calibrate_is_refused():
    with pytest.raises(WeightingError, match="nothing to weight by"):
        statistics.calibrate(statistics.design(2), [])
    with pytest.raises(WeightingError, match="no respondents"):
        statistics.calibrate(statistics.design(0), [total("x", [], 1)])
    with pytest.raises(WeightingError, match="x has 2 values for 3 rows"):
        statistics.calibrate(statistics.design(3), [total("x", [1, 2], 3)])
