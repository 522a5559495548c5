"""What is not shown of small groups, and that it cannot be computed from what is."""

from hypothesis import given
from hypothesis import strategies as st

from canvass.tables.disclosure.groups import Group, withheld
from canvass.tables.disclosure.limits import SMALLEST_BASE, SMALLEST_CELL

GROUPS = st.lists(
    st.integers(0, 60).flatmap(lambda mailed: st.builds(Group, st.just(mailed), st.integers(0, mailed))),
    max_size=8,
)


def test_large_groups_are_all_shown():
    assert withheld([Group(100, 20), Group(50, 10), Group(12, 0)]) == set()


def test_a_small_group_takes_the_next_smallest_with_it():
    assert withheld([Group(100, 20), Group(50, 10), Group(9, 5)]) == {1, 2}


def test_a_group_where_few_took_part_is_withheld():
    assert 0 in withheld([Group(40, 3), Group(50, 10), Group(60, 10)])


def test_a_group_where_all_but_a_few_took_part_is_withheld():
    assert 0 in withheld([Group(40, 38), Group(50, 10), Group(60, 10)])


def test_two_small_groups_need_no_third_where_their_sum_may_be_told():
    assert withheld([Group(100, 20), Group(9, 5), Group(8, 2)]) == {1, 2}


def test_a_sum_in_which_nobody_took_part_or_everybody_did_is_not_told():
    """The shown groups taken from the total would say of three people that none of them took part."""
    assert withheld([Group(100, 20), Group(50, 10), Group(12, 0), Group(3, 0)]) == {1, 2, 3}
    assert withheld([Group(100, 20), Group(50, 10), Group(12, 12), Group(3, 3)]) == {1, 2, 3}


def test_a_panel_of_one_small_group_shows_nothing():
    assert withheld([Group(4, 1)]) == {0}


@given(GROUPS)
def test_what_is_hidden_is_nothing_or_everything_or_cannot_be_found_by_subtraction(groups):
    hidden = withheld(groups)

    mailed = sum(groups[at].people for at in hidden)
    took_part = sum(groups[at].took_part for at in hidden)
    safe = len(hidden) > 1 and mailed >= SMALLEST_BASE
    safe = safe and took_part >= SMALLEST_CELL and mailed - took_part >= SMALLEST_CELL
    assert safe or not hidden or len(hidden) == len(groups)


@given(GROUPS)
def test_every_group_that_is_shown_is_large_enough(groups):
    shown = [group for at, group in enumerate(groups) if at not in withheld(groups)]

    assert all(group.people >= SMALLEST_BASE for group in shown)
