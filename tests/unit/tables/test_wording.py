"""Numbers and dates as people read them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass.tables import wording


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (91 / 135, "67%"),
        (0.125, "13%"),
        (0.285, "29%"),
        (0.005, "1%"),
        (0.0049, "<1%"),
        (0.0, "0%"),
        (1.0, "100%"),
    ],
)
def test_shares_are_whole_per_cents_rounded_half_up(share, said):
    assert wording.percent(share) == said


@pytest.mark.parametrize(
    ("value", "said"), [(8.05, "8.1"), (7.0, "7.0"), (-0.04, "0.0"), (1237.25, "1,237.3"), (-12.34, "−12.3")]
)
def test_means_have_one_decimal_rounded_half_up(value, said):
    assert wording.mean(value) == said


def test_fewer_than_one_in_a_hundred_is_said_in_words_where_there_is_a_sentence():
    assert wording.percent_in_words(0.0049) == "fewer than 1%"
    assert wording.percent_in_words(0.25) == "25%"
    assert wording.percent_range(0.001, 0.03) == "0% to 3%"


@pytest.mark.parametrize(
    ("difference", "said"), [(0.032, "+3.2"), (-0.004, "−0.4"), (0.0001, "0.0"), (-0.0001, "0.0")]
)
def test_differences_in_points_are_signed(difference, said):
    assert wording.points(difference) == said


def test_a_number_that_was_not_computed_is_a_dash_or_nothing():
    assert wording.percent(None) == wording.mean(None) == wording.quantity(None) == "–"
    assert wording.percent_range(None, 0.2) == wording.mean_range(1.0, None) == ""


def test_thousands_stand_apart_and_one_person_is_a_person():
    assert wording.people(1237) == "1,237 people"
    assert wording.people(1) == "1 person"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2022, 1, 18), date(2022, 2, 1), "18 January to 1 February 2022"),
        (date(2021, 8, 9), date(2021, 8, 30), "9 to 30 August 2021"),
        (date(2021, 12, 20), date(2022, 1, 3), "20 December 2021 to 3 January 2022"),
        (date(2022, 1, 18), date(2022, 1, 18), "18 January 2022"),
    ],
)
def test_a_stretch_of_days_says_nothing_twice(first, last, said):
    assert wording.days(first, last) == said


def test_a_quantity_keeps_a_decimal_only_where_it_has_one():
    assert wording.quantity(18.0) == "18"
    assert wording.quantity(18.5) == "18.5"
    assert wording.quantity(-1237.0) == "−1,237"


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_per_cent_is_within_half_of_the_share(n, base):
    share = min(n, base) / base

    assert abs(wording.whole_percent(share) - 100 * share) <= 0.5 + 1e-9


def test_words_in_a_row_are_joined_by_and():
    assert wording.listed(("a", "b", "c")) == "a, b and c"
    assert wording.listed(("a",)) == "a"
    assert wording.listed(()) == ""


def test_participation_is_of_the_people_mailed():
    assert wording.participation(1237, 135) == "1,237 mailed, 135 took part (10.9%)"
    assert wording.participation(None, 135) == "135 took part (the number mailed is not known)"
