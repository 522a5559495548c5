"""The nearest merge: neighbours where groups stand in order, else the smallest, until all are shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.tables.disclosure.making import crosstab_of

from canvass.tables.disclosure import is_in_order, nearest_merge


def sized(*sizes: int, ungrouped: int = 0):
    """A table by groups of these sizes, in which everybody answered the same."""
    return crosstab_of([list(sizes)], ungrouped=ungrouped)


def merges(*sizes: int, ordered: bool, **more):
    offer = nearest_merge([sized(*sizes, **more)], ordered=ordered)
    return None if offer is None else [merge.labels for merge in offer.merges]


def test_where_every_group_is_shown_nothing_is_offered():
    assert merges(40, 30, 12, ordered=True) is None


def test_in_an_order_a_small_group_goes_with_the_smaller_of_its_neighbours():
    assert merges(40, 7, 30, 20, ordered=True) == [("group 1", "group 2")]


def test_without_an_order_it_goes_with_the_smallest_of_all():
    assert merges(40, 7, 30, 20, ordered=False) == [("group 1", "group 3")]


def test_two_small_groups_that_are_enough_together_become_one():
    assert merges(40, 7, 30, 5, ordered=False) == [("group 1", "group 3")]


def test_merging_goes_on_until_there_are_ten():
    assert merges(40, 2, 3, 4, 30, ordered=True) == [("group 1", "group 2", "group 3", "group 4")]


def test_two_groups_of_whom_one_is_small_cannot_be_merged_into_groups():
    assert merges(40, 7, ordered=True) is None


def test_where_few_are_in_no_group_no_merge_shows_every_group():
    assert merges(40, 7, 30, 3, ordered=True, ungrouped=1) is None


def test_one_offer_holds_for_several_tables():
    offer = nearest_merge([sized(40, 12, 30), sized(40, 9, 30)], ordered=True)

    assert [merge.name for merge in offer.merges] == ["group 1 or group 2"]
    assert offer.words == "“group 1” with “group 2”"


@pytest.mark.parametrize(
    ("labels", "ordered"),
    [
        (["under 2 years", "2 to 5 years", "6 or more"], True),
        (["North", "South"], False),
        (["Team 3", "Team 1"], False),
        (["under 2 years", "longer"], False),
    ],
)
def test_numbers_in_the_labels_make_an_order(labels, ordered):
    assert is_in_order(labels) is ordered


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=7), st.booleans())
def test_after_the_merge_no_group_is_hidden(sizes, ordered):
    offer = merges(*sizes, ordered=ordered)
    if offer is None:
        return
    together = [[int(label.removeprefix("group ")) for label in labels] for labels in offer]
    kept = [[place] for place in range(len(sizes)) if not any(place in part for part in together)]
    merged = [sum(sizes[place] for place in part) for part in [*together, *kept]]

    assert all(size == 0 or size >= 10 for size in merged)
    if ordered:
        assert all(part == list(range(part[0], part[-1] + 1)) for part in together)
