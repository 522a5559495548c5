"""What the public sees of one item for all, and that the team sees everything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.tables.disclosure.making import single, tabulated, topline_of

from canvass.tables.disclosure import SENSITIVE, Audience, release
from canvass.tables.values import HiddenFigure, HiddenTopline, Reason, Suppressed


def public(topline, **how):
    return release([topline], Audience.PUBLIC, **how)[0]


@pytest.mark.parametrize("counts", [[0, 0], [5, 4], [20, 9], [60, 40]])
def test_the_team_sees_every_number_with_its_caution(counts):
    topline = topline_of(counts)

    assert release([topline], Audience.TEAM) == (topline,)


def test_under_ten_people_every_number_is_hidden_and_says_why():
    hidden = public(topline_of([5, 4]))

    few = Suppressed(Reason.FEW_ANSWERED)
    assert isinstance(hidden, HiddenTopline)
    assert (hidden.base, hidden.asked) == (few, Suppressed(Reason.FEW_ASKED))
    assert [(type(line), line.n, line.estimate) for line in hidden.figures] == [(HiddenFigure, few, few)] * 2
    assert few.words == "fewer than 10 people answered"


def test_of_ten_to_29_people_the_counts_are_shown_and_the_shares_say_why_not():
    shown = public(topline_of([20, 9]))

    assert [figure.n for figure in shown.figures] == [20, 9]
    for figure in shown.figures:
        assert (figure.estimate, figure.low, figure.standard_error) == (None, None, None)
        assert figure.suppressed == Suppressed(Reason.COUNTS_ONLY)


def test_from_thirty_people_a_topline_is_whole_with_counts_however_small():
    topline = topline_of([29, 1])

    assert public(topline) == topline


def test_of_a_sensitive_poll_nothing_is_shown_under_thirty():
    assert public(topline_of([20, 9]), limits=SENSITIVE).base == Suppressed(Reason.FEW_OF_SENSITIVE)
    assert public(topline_of([20, 10]), limits=SENSITIVE).base == 30


def test_a_mean_of_few_to_whom_an_item_applies_hides_the_rest_too():
    from canvass.instrument import Kind, Scale
    from canvass.instrument.model import Item

    item = Item("rate", Kind.RATING, "Rate", scale=Scale(0, 10), not_applicable="not mine")
    answers = [{"rate": 3}] * 9 + [{"rate": {"missing": "not_applicable"}}] * 40

    assert isinstance(public(tabulated([item], answers)[0]), HiddenTopline)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=5))
def test_what_is_hidden_is_nowhere_in_the_value(counts):
    released = public(topline_of(counts))
    base = sum(counts)

    numbers = [n for line in released.figures for n in (line.n, line.estimate)]
    if base < 10:
        assert all(isinstance(number, Suppressed) for number in (released.base, released.asked, *numbers))
    else:
        assert [line.n for line in released.figures] == counts
        assert all((line.estimate is None) == (base < 30) for line in released.figures)


def test_the_items_of_a_poll_come_back_in_their_places():
    items = [single(["yes", "no"], "first"), single(["yes", "no"], "second")]
    answers = [{"first": "yes", "second": "no"}] * 40

    assert [one.item.id for one in release(tabulated(items, answers), Audience.PUBLIC)] == ["first", "second"]
