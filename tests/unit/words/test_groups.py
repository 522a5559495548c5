"""Groups of similar answers: the tree, the order, the words, and odd input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage

from canvass import words
from canvass.words.grouping import stand_ins, terms
from canvass.words.grouping.ordering import cut, reading_order
from canvass.words.grouping.ward import ward

TEXTS = [
    "Better pay",
    "The computer crashes",
    "Pay us fairly",
    "Slow computers",
    "More pay please",
    "Computers that work",
    "shorter hours",
    "The hours are too long",
    "Fewer hours",
]


def points(seed, count, width=4):
    return np.random.default_rng(seed).normal(size=(count, width)).astype(np.float32)


def test_ward_by_hand():
    tree = ward(np.array([[0], [1], [5], [6.5]], np.float32), np.ones(4, np.int64))

    # 0 and 1 at 1; 5 and 6.5 at 1.5; both pairs: sqrt(2 * 2 * 2 / 4) * (5.75 - 0.5)
    assert tree.joined.tolist() == [[0, 1], [2, 3], [4, 5]]
    assert tree.heights == pytest.approx([1, 1.5, np.sqrt(2) * 5.25])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 60))
def test_ward_is_scipys_where_weights_are_one(seed, count):
    where = points(seed, count)

    tree = ward(where, np.ones(count, np.int64))
    theirs = linkage(where.astype(float), "ward")

    assert tree.heights == pytest.approx(theirs[:, 2])
    assert np.array_equal(tree.joined, np.sort(theirs[:, :2], axis=1))
    for groups in {1, 2, count // 2, count} - {0}:
        ours, other = cut(tree, groups), fcluster(theirs, groups, "maxclust")
        assert len(set(zip(ours.tolist(), other.tolist(), strict=True))) == groups


def test_a_point_that_weighs_three_is_three_points():
    where, weights = points(1, 30), np.random.default_rng(2).integers(1, 4, 30)

    tree = ward(where, weights)
    theirs = linkage(np.repeat(where, weights, axis=0).astype(float), "ward")

    assert tree.heights == pytest.approx(theirs[-29:, 2])


def test_the_reading_order_has_every_point_once_and_each_group_together():
    where = points(3, 40)
    tree = ward(where, np.ones(40, np.int64))

    order = reading_order(tree, where)

    assert sorted(order.tolist()) == list(range(40))
    for count in (2, 7, 20):
        row = cut(tree, count)[order]
        assert int((np.diff(row) != 0).sum()) == count - 1


def test_a_reading_order_of_a_line_is_the_line():
    angles = np.linspace(0, 1.5, 12)
    where = np.stack([np.cos(angles), np.sin(angles)], 1).astype(np.float32)[
        [3, 8, 0, 11, 5, 1, 9, 2, 7, 4, 10, 6]
    ]

    order = reading_order(ward(where, np.ones(12, np.int64)), where)

    along = where[order, 1]
    assert np.array_equal(along, np.sort(along)) or np.array_equal(along, np.sort(along)[::-1])


def test_groups_hold_alike_answers_with_their_words_and_central_answers():
    found = words.grouping(TEXTS, words.space(TEXTS)).groups(3)

    assert sorted(sorted(group.answers) for group in found) == [[0, 2, 4], [1, 3, 5], [6, 7, 8]]
    told = {min(group.answers): group for group in found}
    assert told[0].terms[0] == "pay"
    assert "computers" in told[1].terms
    assert "hours" in told[6].terms
    assert all(set(group.central) <= set(group.answers) and len(group.central) == 3 for group in found)


def test_groups_follow_the_reading_order_and_nest_when_the_number_grows():
    made = words.grouping(TEXTS, words.space(TEXTS))

    assert [answer for group in made.groups(3) for answer in group.answers] == list(made.order)
    coarse = [set(group.answers) for group in made.groups(2)]
    assert all(any(set(group.answers) <= whole for whole in coarse) for group in made.groups(4))


@pytest.mark.parametrize("count", [0, 5])
def test_a_number_of_groups_that_cannot_be_is_refused(count):
    with pytest.raises(ValueError, match=f"{count} groups cannot be made; choose from 1 to 4"):
        words.grouping(TEXTS, words.space(TEXTS)).groups(count)


@pytest.mark.parametrize(
    ("texts", "groups"),
    [(["only one"], 1), (["the same"] * 1000, 1), (["👍", "😀", "..."], 2), (["ab", "AB ", "cd"], 2)],
)
def test_few_or_equal_answers_make_as_many_groups_as_there_are_texts(texts, groups):
    made = words.grouping(texts, words.space(texts))

    assert sorted(made.order) == list(range(len(texts)))
    assert len(made.groups()) == groups


def test_no_answers_cannot_be_grouped():
    with pytest.raises(ValueError, match="no answers"):
        words.grouping([], words.space([]))


def test_very_many_answers_are_grouped_through_stand_ins(monkeypatch):
    monkeypatch.setattr(stand_ins, "EXACT", 20)
    monkeypatch.setattr(stand_ins, "STAND_INS", 15)
    texts = [f"{text} {number}" for text in TEXTS for number in range(6)]

    made = words.grouping(texts, words.space(texts))

    assert sorted(made.order) == list(range(54))
    assert made.most <= 15
    mixed = [len({answer // 6 % 2 for answer in group.answers}) for group in made.groups(3)]
    assert len(mixed) == 3


def test_terms_by_hand():
    found = terms([["low pay", "low pay", "pay"], ["long hours", "hours"]])

    # In the first group: pay in 3, log(1 + 2.5/3); "low pay" in 2, 1.5 log(1 + 2.5/2); it wins and takes
    # both words. In the second only "hours" is in two answers.
    assert found == (("low pay",), ("hours",))


def test_numbers_lone_letters_and_small_words_are_no_terms():
    assert terms([["e.g. the 10 forms", "i.e. forms, 10 of them"], ["税 e.g.", "税"]]) == (
        ("forms",),
        ("税",),
    )


def test_what_is_like_a_theme_and_what_is_not():
    space = words.space(TEXTS)

    like = words.most_like(space, [0, 2], range(9))
    unlike = words.least_like(space, [0, 2, 4, 1])

    assert like[0].answer == 4
    assert {near.answer for near in like} == set(range(9)) - {0, 2}
    assert [near.likeness for near in like] == sorted((near.likeness for near in like), reverse=True)
    assert unlike[0].answer == 1
    assert words.most_like(space, [], range(9)) == ()
    assert words.least_like(space, [0, 1]) == ()
