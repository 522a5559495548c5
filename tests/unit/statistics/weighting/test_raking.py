"""Rim weighting: cases worked by hand, and what holds for any margins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from canvass import statistics
from canvass.statistics import WeightingError


def margin(name, cells, **targets):
    return statistics.margin(name, list(cells), targets)


def weights(*margins, base=None, **options):
    base = None if base is None else np.array(base, dtype=float)
    return statistics.rake(statistics.design(len(margins[0].codes), weight=base), margins, **options).weight


def test_one_margin_is_the_target_over_the_share():
    # Three of four are a; they are to be half: 0.5 / 0.75.
    assert weights(margin("x", "aaab", a=0.5, b=0.5)) == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])


def test_two_margins_of_a_full_square():
    # Independent margins, one person a cell: weights are the products of the ratios.
    found = weights(margin("x", "aabb", a=0.6, b=0.4), margin("y", "cdcd", c=0.7, d=0.3))

    assert found == pytest.approx([4 * 0.42, 4 * 0.18, 4 * 0.28, 4 * 0.12])


def test_own_weights_are_kept_in_proportion_within_a_cell():
    found = weights(margin("x", "aab", a=0.5, b=0.5), base=[1, 3, 7])

    assert found == pytest.approx([1.5 / 4, 4.5 / 4, 1.5])


def test_people_without_a_value_keep_the_share_they_have():
    # One of four is unknown and keeps a quarter; the others divide three quarters half and half.
    found = weights(margin("x", ["a", "a", "b", ""], a=0.5, b=0.5))

    assert found == pytest.approx([0.75, 0.75, 1.5, 1])


def test_the_unknown_keep_their_weighted_share():
    found = weights(margin("x", ["a", "b", None], a=0.5, b=0.5), base=[1, 1, 2])

    assert found == pytest.approx([0.75, 0.75, 1.5])


def test_weights_add_up_to_the_total_asked_for():
    assert weights(margin("x", "aaab", a=0.5, b=0.5), total=1000).sum() == pytest.approx(1000)


def test_per_cents_are_shares_of_a_hundred():
    assert weights(margin("x", "aaab", a=50, b=50)) == pytest.approx(
        weights(margin("x", "aaab", a=0.5, b=0.5))
    )


def test_the_cells_of_two_variables_are_one_margin_of_pairs():
    cells = list(zip("aabb", "cdcd", strict=True))
    targets = {("a", "c"): 0.4, ("a", "d"): 0.1, ("b", "c"): 0.2, ("b", "d"): 0.3}

    found = statistics.post_stratify(statistics.design(4), statistics.margin("both", cells, targets))

    assert found.weight == pytest.approx([1.6, 0.4, 0.8, 1.2])
    assert found.standings[0].category == "a × c"


def test_the_outcome_says_where_the_respondents_stood():
    outcome = statistics.rake(statistics.design(4), [margin("x", "aaab", a=0.5, b=0.5)])

    first, second = outcome.standings
    assert (first.variable, first.category, first.people) == ("x", "a", 3)
    assert (first.unweighted, first.weighted, first.target) == pytest.approx((0.75, 0.5, 0.5))
    assert (second.people, second.thin) == (1, True)
    assert "x: b has 1 respondent, fewer than 10; join it to a neighbouring category." in outcome.notes


def test_what_the_weights_cost():
    diagnostics = statistics.rake(statistics.design(4), [margin("x", "aaab", a=0.5, b=0.5)]).diagnostics

    # Σw = 4, Σw² = 3·4/9 + 4 = 16/3: an effective base of 3.
    assert diagnostics.effective_base == pytest.approx(3)
    assert (diagnostics.design_effect, diagnostics.efficiency) == pytest.approx((4 / 3, 0.75))
    assert (diagnostics.min, diagnostics.max, diagnostics.ratio) == pytest.approx((2 / 3, 2, 3))
    assert diagnostics.light is statistics.Light.GREEN


@pytest.mark.parametrize(("efficiency", "shown"), [(0.6, "green"), (0.599, "amber"), (0.399, "red")])
def test_the_light_of_an_efficiency(efficiency, shown):
    assert statistics.light(efficiency) == shown


def test_margins_that_contradict_each_other_are_said_to():
    # x and y are the same division, and cannot have two sets of shares.
    outcome = statistics.rake(
        statistics.design(4), [margin("x", "aabb", a=0.5, b=0.5), margin("y", "ccdd", c=0.9, d=0.1)]
    )

    assert not outcome.converged
    assert outcome.notes[-1].startswith("After 40 rounds the targets are not met: x, a stands at 90.0% for")


def test_the_most_categories_and_margins_are_raked_by_the_combinations_that_occur():
    rng = np.random.default_rng(5)
    sizes = (200, 300, 400, 500)
    codes = [np.concatenate([np.arange(size), rng.integers(0, size, 2000 - size)]) for size in sizes]
    margins = [
        statistics.margin_of_codes(
            f"m{size}", one, [str(place) for place in range(size)], np.full(size, 1 / size)
        )
        for size, one in zip(sizes, codes, strict=True)
    ]

    outcome = statistics.rake(statistics.design(2000), margins[:2])
    wide = statistics.rake(statistics.design(2000), margins, tolerance=1e-3)

    assert outcome.converged
    for one, size in zip(codes[:2], sizes, strict=False):
        assert np.bincount(one, outcome.weight) == pytest.approx(2000 / size)
    assert np.bincount(codes[3], wide.weight) == pytest.approx(2000 / 500, rel=1e-2)


rows = st.integers(20, 60)


@st.composite
def panels(draw):
    """Margins in which every category has somebody and every cell can be met, and base weights."""
    size = draw(rows)
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    truth = np.exp(rng.normal(0, 0.7, size))  # weights that meet the targets exist
    columns = [np.concatenate([np.arange(k), rng.integers(0, k, size - k)]) for k in sizes]
    margins = [
        statistics.margin_of_codes(
            f"v{place}", column, [f"c{one}" for one in range(k)], np.bincount(column, truth) / truth.sum()
        )
        for place, (column, k) in enumerate(zip(columns, sizes, strict=True))
    ]
    base = draw(arrays.arrays(float, size, elements=st.floats(0.2, 5)))
    return margins, base


@settings(max_examples=40, deadline=None)
@given(panels())
def test_the_margins_are_hit(panel):
    margins, base = panel

    outcome = statistics.rake(statistics.design(len(base), weight=base), margins)

    assert outcome.converged
    for one in margins:
        found = np.bincount(one.codes, outcome.weight) / outcome.weight.sum()
        assert found == pytest.approx(one.shares, rel=1e-6)
    assert outcome.weight.sum() == pytest.approx(len(base))


@settings(max_examples=25, deadline=None)
@given(panels(), st.floats(1e-3, 1e3))
def test_only_ratios_of_the_base_weights_matter(panel, factor):
    margins, base = panel

    assert weights(*margins, base=base * factor) == pytest.approx(weights(*margins, base=base), rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(panel, chance):
    margins, base = panel
    order = np.array(chance.sample(range(len(base)), len(base)))
    moved = [
        statistics.margin_of_codes(one.name, one.codes[order], one.categories, one.shares) for one in margins
    ]

    assert weights(*moved, base=base[order]) == pytest.approx(weights(*margins, base=base)[order], rel=1e-6)


@settings(max_examples=25, deadline=None)
@given(panels())
def test_the_own_margins_as_targets_change_nothing(panel):
    margins, base = panel
    own = [
        statistics.margin_of_codes(
            one.name, one.codes, one.categories, np.bincount(one.codes, base) / base.sum()
        )
        for one in margins
    ]

    assert weights(*own, base=base, total=base.sum()) == pytest.approx(base, rel=1e-9)


@pytest.mark.parametrize(
    ("cells", "targets", "sentence"),
    [
        ("aab", {"a": 0.5, "b": 0.4}, "x: the shares add up to 0.9; they must add up to 1, or as per cents"),
        ("aab", {"a": 1.2, "b": -0.2}, "x, b: -0.2 is not a share; give a number from 0 to 1."),
        ("aab", {"a": float("nan"), "b": 1}, "x, a: nan is not a share"),
        ("aab", {"a": 0.5, "b": 0.3, "c": 0.2}, "x: no respondent is c, whose target is 0.2; join it"),
        ("aab", {"a": 1}, "x: 1 respondent is b, which has no target; add one."),
        ("aab", {"b": 1, "a": 0}, "x: 2 respondents are a, whose target is 0; give a share above 0"),
        (
            ["North", "Nroth"],
            {"North": 1},
            "1 respondent is Nroth, which has no target; add one. Is North",
        ),
        (["", None], {"a": 1}, "x: no respondent is a"),
    ],
)
def test_targets_that_do_not_fit_are_refused(cells, targets, sentence):
    with pytest.raises(WeightingError) as refused:
        weights(statistics.margin("x", list(cells), targets))

    assert str(refused.value).startswith(sentence) or sentence in str(refused.value)


def test_a_category_twice_is_refused():
    with pytest.raises(WeightingError, match="x: the category a occurs twice in the targets; keep one"):
        statistics.margin_of_codes("x", np.array([0, 1]), ["a", "a"], np.array([0.5, 0.5]))


def test_shares_that_were_rounded_are_taken_with_a_note():
    outcome = statistics.rake(statistics.design(3), [margin("x", "abc", a=33.3, b=33.3, c=33.3)])

    assert outcome.weight == pytest.approx([1, 1, 1])
    assert outcome.notes[0] == "x: the shares add up to 99.9, taken as rounded and divided by that."


def test_a_category_of_nobody_with_no_share_is_left_out():
    assert weights(margin("x", "aab", a=0.5, z=0, b=0.5)) == pytest.approx([0.75, 0.75, 1.5])


def test_what_cannot_be_raked_is_refused():
    one = margin("x", "ab", a=0.5, b=0.5)
    with pytest.raises(WeightingError, match="x is given twice to weight by"):
        weights(one, one)
    with pytest.raises(WeightingError, match="x has 2 values for 3 rows"):
        statistics.rake(statistics.design(3), [one])
    with pytest.raises(WeightingError, match="Weights cannot add up to 0"):
        weights(one, total=0)
    with pytest.raises(WeightingError, match="nothing to weight by"):
        statistics.rake(statistics.design(3), [])
    with pytest.raises(WeightingError, match="no respondents"):
        statistics.rake(statistics.design(0), [one])
    with pytest.raises(WeightingError, match=r"A cap of 0\.9 times the mean weight cannot hold"):
        weights(one, trim=0.9)
