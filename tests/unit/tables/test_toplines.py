"""Toplines: bases, rows and their order for each kind of item."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import instrument, tables, warehouse
from canvass.tables import Caution
from canvass.warehouse import Ballot

POLL = instrument.load("""
poll: kinds
title: Kinds
category: practice
items:
  - {id: one, kind: single, text: One, options: [a, b, never chosen], not_applicable: does not apply,
     prefer_not_to_say: rather not}
  - {id: many, kind: multiple, text: Many, options: [x, y]}
  - {id: rate, kind: rating, text: Rate, scale: {from: 0, to: 10}, not_applicable: not mine}
  - {id: grid, kind: grid_rating, text: Grid, scale: {from: 1, to: 3}, rows: [p, q]}
  - {id: rank, kind: ranking, text: Rank, options: [r, s, t], choose: 2}
  - {id: size, kind: number, text: Size}
  - {id: why, kind: text, text: Why, ask_if: one == "a"}
""")
SHOWN = tuple(item.id for item in POLL)
NA, RATHER_NOT = {"missing": "not_applicable"}, {"missing": "prefer_not_to_say"}


def counted(*answers, population=None):
    """Toplines by item id (of a grid: by "item/row")."""
    coded = warehouse.coded_items(POLL, warehouse.code(POLL, [Ballot(one, SHOWN) for one in answers]))
    from canvass.statistics import design

    cubes = {}
    for cube in warehouse.count_items(coded, design(len(answers))):
        cubes.setdefault(cube.item.id, []).append(cube)
    found = tables.toplines(POLL, cubes, population)
    return {one.item.id if one.row is None else f"{one.item.id}/{one.row.id}": one for one in found}


def test_items_come_in_poll_order_and_a_grid_row_by_row():
    assert list(counted({})) == ["one", "many", "rate", "grid/p", "grid/q", "rank", "size", "why"]


def test_not_applicable_is_in_the_base_and_the_other_missing_are_not():
    one = counted({"one": "a"}, {"one": NA}, {"one": RATHER_NOT}, {})["one"]

    assert (one.asked, one.base, one.applies_base) == (4, 2, 1)
    assert (one.not_applicable, one.prefer_not_to_say, one.not_answered) == (1, 1, 1)


def test_options_come_in_poll_order_with_those_never_chosen_and_not_applicable_last():
    one = counted({"one": "b"}, {"one": "b"}, {"one": "a"}, {"one": NA})["one"]

    found = [(figure.option, figure.n, figure.estimate) for figure in one.figures]

    assert found == [("a", 1, 0.25), ("b", 2, 0.5), ("never chosen", 0, 0.0), ("not_applicable", 1, 0.25)]


def test_a_mean_is_of_those_to_whom_the_item_applies():
    rate = counted({"rate": 4}, {"rate": 8}, {"rate": NA})["rate"]

    assert (rate.base, rate.figure("mean").estimate, rate.figure("mean").n) == (3, 6.0, 2)
    assert rate.figure("share", "8").estimate == pytest.approx(1 / 3)


def test_a_rating_has_a_share_for_each_point():
    rate = counted({"rate": 4})["rate"]

    statistics = [figure.statistic for figure in rate.figures]

    assert statistics == ["mean", "median", *["share"] * 12]  # 0-10 and not applicable


def test_chosen_together_shares_add_to_more_than_one():
    many = counted({"many": ["x", "y"]}, {"many": ["x"]}, {"many": []})["many"]

    assert many.base == 3
    assert many.figure("share", "x").estimate == pytest.approx(2 / 3)
    assert many.figure("share", "y").estimate == pytest.approx(1 / 3)


def test_a_ranking_has_first_place_top_places_and_mean_place():
    rank = counted({"rank": ["r", "s"]}, {"rank": ["s", "r"]}, {"rank": ["t", "r"]}, {"rank": ["r"]})["rank"]

    assert rank.figure("share", "r").estimate == 0.5
    assert rank.figure("top", "r").estimate == 1.0
    assert rank.figure("mean", "r").estimate == pytest.approx((1 + 2 + 2 + 1) / 4)
    assert rank.figure("mean", "s").n == 2


def test_a_number_has_mean_median_and_four_quantiles():
    size = counted(*({"size": number} for number in range(1, 11)))["size"]

    found = [(figure.statistic, figure.q, figure.estimate) for figure in size.figures]

    assert found[:2] == [("mean", None, 5.5), ("median", None, 5.0)]
    assert found[2:] == [("quantile", q, value) for q, value in [(0.1, 1), (0.25, 3), (0.75, 8), (0.9, 9)]]


def test_a_text_has_its_bases_only():
    why = counted({"one": "a", "why": "because"}, {"one": "a"}, {"one": "b"})["why"]

    assert (why.asked, why.base, why.figures) == (2, 1, ())


def test_those_mailed_are_the_population():
    answers = [{"one": "a"}] * 60 + [{"one": "b"}] * 75

    endless, finite = counted(*answers)["one"], counted(*answers, population=1237)["one"]

    ratio = finite.figures[0].standard_error / endless.figures[0].standard_error
    assert ratio == pytest.approx((1 - 135 / 1237) ** 0.5)


def test_small_bases_carry_their_caution():
    assert counted(*[{"one": "a"}] * 9)["one"].caution is Caution.NO_FIGURE
    assert counted(*[{"one": "a"}] * 30)["one"].figures[0].caution is Caution.VERY_SMALL
    assert counted(*[{"one": "a"}] * 100)["one"].caution is None


def test_an_item_that_nobody_answered_has_empty_figures():
    one = counted({})["one"]

    assert (one.base, one.kish_design_effect) == (0, 1.0)
    assert {figure.estimate for figure in one.figures} == {None}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(["a", "b", None]), min_size=1, max_size=40))
def test_shares_of_one_choice_add_up_to_one(chosen):
    one = counted(*({"one": option if option else NA} for option in chosen))["one"]

    assert sum(figure.estimate for figure in one.figures) == pytest.approx(1)
    assert sum(figure.n for figure in one.figures) == one.base == len(chosen)
