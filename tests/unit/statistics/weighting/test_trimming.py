"""Weights under a cap: nobody beyond it, and the margins as near as it lets them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import statistics


def margin(name, cells, **targets):
    return statistics.margin(name, list(cells), targets)


def rake(*margins, base=None, trim):
    base = None if base is None else np.array(base, dtype=float)
    design = statistics.design(len(margins[0].codes), weight=base)
    return statistics.rake(design, margins, trim=trim)


def test_a_cap_that_nobody_reaches_changes_nothing():
    capped = rake(margin("x", "aaab", a=0.5, b=0.5), trim=5)

    assert capped.weight == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    assert capped.capped == 0
    assert capped.notes[-1] == "Nobody reached the cap of 5 times the mean weight."


def test_what_the_capped_cannot_carry_the_others_of_their_category_carry():
    # Base weights 6 and 2 in b would become 3 and 1; 3 is capped at 2.4, and the other carries 1.6.
    capped = rake(margin("x", "aabb", a=0.0001, b=0.9999), base=[1, 1, 6, 2], trim=1.5)
    half = rake(margin("x", "aabb", a=0.5, b=0.5), base=[1, 1, 6, 2], trim=1.2)

    assert half.weight == pytest.approx([1, 1, 1.2, 0.8])
    assert half.converged
    assert half.capped == 1
    assert half.notes[-1] == "1 respondent is held at the cap of 1.2 times the mean weight."
    # The cap lets b have 3 of 4 at most, and says so.
    assert capped.weight == pytest.approx([0.5, 0.5, 1.5, 1.5])
    assert not capped.converged
    assert capped.notes[-1].startswith("x: the cap holds b at 75.0% of its target of 100.0%; join it")
    assert capped.diagnostics.max_margin_error == pytest.approx(0.25 / 0.0001 - 1)


def test_margins_that_only_together_are_beyond_the_cap():
    # a and c are to have 3 of 4 each, so the person who is both needs 2.
    x, y = margin("x", "aabb", a=0.75, b=0.25), margin("y", "cdcd", c=0.75, d=0.25)

    assert rake(x, y, trim=2.5).converged
    capped = rake(x, y, trim=1.9)

    assert capped.weight.max() == pytest.approx(1.9)
    assert not capped.converged
    assert "under this cap: raise it" in capped.notes[-1]


@st.composite
def panels(draw):
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    return panel_of(rng, draw(st.integers(30, 80)), draw(st.lists(st.integers(2, 4), min_size=1, max_size=3)))


def panel_of(rng, size, sizes):
    """Margins that some weights have, other weights to begin with, and the largest of the former."""
    truth = np.exp(rng.normal(0, 0.6, size)).clip(max=3)
    truth *= 1 / truth.mean()
    columns = [np.concatenate([np.arange(k), rng.integers(0, k, size - k)]) for k in sizes]
    margins = [
        statistics.margin_of_codes(
            f"v{place}", column, [f"c{one}" for one in range(k)], np.bincount(column, truth) / truth.sum()
        )
        for place, (column, k) in enumerate(zip(columns, sizes, strict=True))
    ]
    return margins, rng.choice([0.5, 1.0, 4.0], size), float(truth.max())


@settings(max_examples=40, deadline=None)
@given(panels())
def test_cap_and_margins_both_hold_where_weights_that_hold_them_exist(panel):
    margins, base, largest = panel
    trim = max(largest * 1.05, 1.2)

    outcome = statistics.rake(statistics.design(len(base), weight=base), margins, trim=trim)

    assert outcome.weight.max() <= trim * (1 + 1e-9)
    assert outcome.converged
    assert outcome.capped == (outcome.weight >= trim * (1 - 1e-9)).sum()


@pytest.mark.parametrize("seed", [237, 393, 1181, 2624, 3966, 4151])
def test_margins_under_a_cap_are_met_where_single_steps_would_go_round_in_circles(seed):
    rng = np.random.default_rng(seed)
    size = int(rng.integers(30, 81))
    margins, base, largest = panel_of(rng, size, list(rng.integers(2, 5, int(rng.integers(1, 4)))))

    outcome = statistics.rake(statistics.design(size, weight=base), margins, trim=max(largest * 1.05, 1.2))

    assert outcome.converged


@settings(max_examples=20, deadline=None)
@given(panels())
def test_under_the_cap_weights_keep_the_form_of_raking(panel):
    """Base weight times a factor for each category: log(weight / base) is additive where not capped."""
    margins, base, largest = panel
    trim = max(largest * 1.05, 1.2)

    outcome = statistics.rake(statistics.design(len(base), weight=base), margins, trim=trim)

    free = outcome.weight < trim * (1 - 1e-9)
    x = np.hstack([np.eye(len(one.categories))[one.codes] for one in margins])[free]
    logs = np.log(outcome.weight / base)[free]
    assert x @ np.linalg.lstsq(x, logs, rcond=None)[0] == pytest.approx(logs, abs=1e-6)


def test_everybody_may_have_a_base_weight_of_their_own():
    rng = np.random.default_rng(3)
    size, categories = 3000, 20
    margins = [
        statistics.margin_of_codes(
            f"v{place}",
            rng.permutation(np.arange(size) % categories),
            [str(one) for one in range(categories)],
            np.full(categories, 1 / categories),
        )
        for place in range(3)
    ]

    outcome = rake(*margins, base=np.exp(rng.normal(0, 0.5, size)), trim=2)

    assert outcome.converged
    assert outcome.weight.max() == pytest.approx(2)
    for one in margins:
        assert np.bincount(one.codes, outcome.weight) == pytest.approx(size / categories)
