"""Trends, compositions and response analytics as values: what they refuse, what follows from them."""

from dataclasses import replace
from datetime import date

import pytest

from canvass.instrument import Item, Kind
from canvass.tables import (
    Change,
    CompositionOverTime,
    Event,
    FieldComposition,
    Figure,
    Line,
    Part,
    QuestionResponse,
    SignedNote,
    Trend,
    Wave,
)

CHANGE = Change(0, -0.5, 0.2, 99, -0.9, -0.1, 0.02, 0.04, None)


def wave(month, wording=1, **more):
    return Wave("p", "P", date(2021, month, 1), date(2021, month, 14), 90, 80, 80.0, None, wording, **more)


def trend(waves, changes=None, mean=5.0):
    figures = tuple(
        Figure("mean", None, "mean", 80, mean, 0.2, 79, mean - 0.4, mean + 0.4, "t") for _ in waves
    )
    nothing = (None,) * len(waves)
    line = Line("mean", None, "mean", figures, changes or nothing, nothing)
    return Trend("ons4.happy", Item("happy", Kind.RATING, "How happy?"), None, tuple(waves), (line,))


def test_a_line_breaks_where_the_wording_changed():
    found = trend([wave(1), wave(2), wave(3, wording=2), wave(4, wording=2)])

    assert found.breaks == (2,)
    assert [list(run) for run in found.runs] == [[0, 1], [2, 3]]
    assert trend([wave(1), wave(2)]).runs == (range(2),)


def test_a_wave_stands_at_the_middle_of_its_fieldwork():
    assert wave(1).day == date(2021, 1, 7)


def test_a_trend_knows_persons_only_where_every_wave_does():
    assert trend([wave(1, linked=True), wave(2, linked=True)]).linked
    assert not trend([wave(1, linked=True), wave(2)]).linked


DAY = date(2021, 1, 1)
ROLES = (Part("a", 3, 1, 1, 1, 0.7), Part("b", 0, 0, 0, 0, 0.4))


def role(*parts):
    return FieldComposition("r", "Role", parts, 3, 1)


def roles_over(days, bases, counts):
    return CompositionOverTime("r", "Role", days, bases, ("a",), counts)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: trend([]), "at least one wave"),
        (lambda: trend([wave(2), wave(1)]), "order of their days"),
        (lambda: trend([wave(1), wave(2, wording=2)], (None, CHANGE)), "across a break"),
        (lambda: trend([wave(1), wave(2)], (None, replace(CHANGE, since=1))), "across a break"),
        (lambda: trend([wave(1)], (None, None)), "a place for each wave"),
        (lambda: trend([wave(1)], mean=float("nan")), "not a number"),
        (lambda: replace(CHANGE, low=0.0), "does not lie between"),
        (lambda: wave(1, wording=0), "counted from 1"),
        (lambda: Event(date(2021, 3, 2), "lockdown", date(2021, 3, 1)), "ends before"),
        (lambda: Event(date(2021, 3, 2), " "), "needs a label"),
        (lambda: SignedNote("December", "", date(2021, 1, 1)), "role of its author"),
        (lambda: role(*ROLES), "no shares of one whole"),
        (lambda: role(Part("a", 4, 1, 1, 1, 0.7)), "more than there are"),
        (lambda: roles_over((DAY,), (9,), ((3, 4),)), "each category"),
        (lambda: roles_over((DAY, DAY), (9, 9), ((3, 4),)), "in order"),
        (lambda: roles_over((DAY,), (2,), ((3,),)), "than there are"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(make, reason):
    with pytest.raises(ValueError, match=reason):
        make()


def test_a_difference_from_the_workforce_is_only_told_where_both_are_known():
    part = Part("North", 30, 10, 0.3, 0.25, 0.2)

    assert round(part.panel_difference, 12) == 0.1
    assert round(part.answered_difference, 12) == 0.05
    assert replace(part, target_share=None).panel_difference is None


def test_the_share_of_a_category_is_of_those_who_said_it():
    found = roles_over((DAY, date(2021, 2, 1)), (10, 0), ((3, 0),))

    assert (found.share(0, 0), found.share(0, 1)) == (0.3, None)


@pytest.mark.parametrize(
    ("month", "season"), [(12, "winter"), (2, "winter"), (3, "spring"), (8, "summer"), (9, "autumn")]
)
def test_a_question_has_a_month_a_season_and_days_open(month, season):
    one = QuestionResponse(
        "p", "P", "q", "Why?", "practice", "", date(2020, month, 1), date(2020, month, 14), 9, 3
    )

    assert (one.month, one.season, one.days_open) == (f"2020-{month:02d}", season, 14)
    assert one.conversion.share == 3 / 9
