"""Labels that no poll has put in order."""

from hypothesis import given
from hypothesis import strategies as st

from canvass.warehouse.ordering import in_natural_order


def test_numbers_in_labels_are_numbers():
    assert in_natural_order(["11+", "3-5", "0-2", "6-10"]) == ("0-2", "3-5", "6-10", "11+")
    assert in_natural_order(["band 10", "band 9"]) == ("band 9", "band 10")


def test_a_number_may_be_as_long_as_it_likes():
    assert in_natural_order(["9" * 5000, "10", "007"]) == ("007", "10", "9" * 5000)


def test_capitals_do_not_come_first():
    assert in_natural_order(["b", "C", "a"]) == ("a", "b", "C")


def test_a_number_comes_before_a_text():
    assert in_natural_order(["none", "2", ""]) == ("", "2", "none")


@given(st.lists(st.text(), unique=True))
def test_any_order_of_the_labels_gives_the_same(labels):
    assert in_natural_order(labels) == in_natural_order(reversed(labels))
