"""Ballots as columns: what was asked, what was answered, and every kind of missing stay apart."""

import numpy as np
import pytest

from canvass import instrument, warehouse
from canvass.warehouse import Ballot
from canvass.warehouse.coding import NOT_ANSWERED, NOT_APPLICABLE, NOT_ASKED, PREFER_NOT_TO_SAY

POLL = """
poll: every-kind
title: Every kind
category: practice
items:
  - {id: one, kind: single, text: One, options: [a, b, {label: more, other: true}], not_applicable: n/a,
     prefer_not_to_say: rather not}
  - {id: many, kind: multiple, text: Many, options: [x, y, {label: none, exclusive: true}]}
  - {id: rate, kind: rating, text: Rate, scale: {from: 1, to: 5}, not_applicable: n/a}
  - {id: grid, kind: grid_single, text: Grid, options: [little, much], rows: [p, q]}
  - {id: rank, kind: ranking, text: Rank, options: [r, s, t], choose: 2}
  - {id: size, kind: number, text: Size}
  - {id: why, kind: text, text: Why, ask_if: one == "a"}
"""


@pytest.fixture(scope="module")
def poll():
    return instrument.load(POLL)


def ballot(answers, shown=("one", "many", "rate", "grid", "rank", "size", "why"), **more):
    return Ballot(answers, shown, **more)


def test_options_become_their_places(poll):
    columns = warehouse.code(poll, [ballot({"one": "b", "many": ["x", "y"], "rank": ["t", "r"]})])

    assert columns["one"].tolist() == [1]
    assert [columns[f"many/{option}"][0] for option in ("x", "y", "none")] == [1, 1, 0]
    assert [columns[f"rank/{option}"][0] for option in "rst"] == [2, 0, 1]


def test_a_text_beside_other_is_the_other_option(poll):
    columns = warehouse.code(poll, [ballot({"one": {"other": "a third way"}})])

    assert columns["one"].tolist() == [2]


def test_every_kind_of_missing_has_its_own_code(poll):
    ballots = [
        ballot({"one": {"missing": "not_applicable"}}),
        ballot({"one": {"missing": "prefer_not_to_say"}}),
        ballot({}),
        ballot({}, shown=()),
    ]

    columns = warehouse.code(poll, ballots)

    assert columns["one"].tolist() == [NOT_APPLICABLE, PREFER_NOT_TO_SAY, NOT_ANSWERED, NOT_ASKED]


def test_an_answer_to_an_item_no_longer_asked_counts_in_neither_asked_nor_base(poll):
    ballots = [ballot({"one": "a", "why": "tired"}), ballot({"one": "b", "why": "left behind"})]

    columns = warehouse.code(poll, ballots)

    assert columns["why"].tolist() == [0, NOT_ASKED]


def test_none_chosen_is_an_answer(poll):
    columns = warehouse.code(poll, [ballot({"many": []}), ballot({})])

    assert columns["many/x"].tolist() == [0, NOT_ANSWERED]


def test_a_rating_counts_from_the_start_of_its_scale(poll):
    columns = warehouse.code(poll, [ballot({"rate": 1}), ballot({"rate": 5})])

    assert columns["rate"].tolist() == [0, 4]


def test_a_number_keeps_its_value_beside_its_code(poll):
    columns = warehouse.code(poll, [ballot({"size": -2.5}), ballot({})])

    assert columns["size"].tolist() == [0, NOT_ANSWERED]
    np.testing.assert_array_equal(columns["size#number"], [-2.5, np.nan])


def test_rows_of_a_grid_are_answered_one_by_one(poll):
    columns = warehouse.code(poll, [ballot({"grid": {"p": "much"}})])

    assert [columns["grid/p"][0], columns["grid/q"][0]] == [1, NOT_ANSWERED]


def test_people_who_chose_the_same_options_share_a_cell(poll):
    ballots = [ballot({"many": ["x", "y"]}), ballot({"many": ["x", "y"]}), ballot({"many": ["none"]})]
    coded = {one.item.id: one for one in warehouse.coded_items(poll, warehouse.code(poll, ballots))}

    many = coded["many"]

    assert many.cells.count == 2
    assert many.codes[0] == many.codes[1] != many.codes[2]
    assert many.cells.chosen[:, many.codes[0]].tolist() == [True, True, False]


def test_more_options_than_a_machine_word_has_bits():
    options = [f"option {number}" for number in range(70)]
    wide = instrument.load(
        "poll: wide\ntitle: Wide\ncategory: c\nitems:\n"
        f"  - {{id: many, kind: multiple, text: M, options: {options}}}"
    )
    ballots = [Ballot({"many": ["option 69"]}, ("many",)), Ballot({"many": ["option 0"]}, ("many",))]

    (many,) = warehouse.coded_items(wide, warehouse.code(wide, ballots))

    assert many.cells.chosen[69, many.codes[0]]
    assert not many.cells.chosen[69, many.codes[1]]
