"""Quotes for a theme: worked by hand in a plane, and what holds of any."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.words import Space
from canvass.words.verbatims import Said, verbatims

EIGHT = "these are eight words that say one thing"


def plane(*points: tuple[float, float]) -> Space:
    return Space(np.array(points, np.float32).reshape(-1, 2), "plane", "")


def said(count: int, **more) -> dict[int, Said]:
    return {at: Said(EIGHT, f"p{at}", may_be_quoted=True, **more) for at in range(count)}


def test_central_times_distinct_times_length_by_hand():
    """The theme lies at (1, 0), (1, 0), (0.6, 0.8); the other theme at (0, 1).

    0 with the middle of 1 and 2, (1.6, 0.8): 1.6 / 1.7889 = 0.8944, distinct 1. 2 with that of 0 and 1: 0.6,
    distinct 1 - 0.8 = 0.2, so 0.12. 1 has three words: half of 0.8944.
    """
    space = plane((1, 0), (1, 0), (0.6, 0.8), (0, 1))
    answers = said(3)
    answers[1] = replace(answers[1], text="only three words")

    found = verbatims(space, [0, 1, 2], [[3]], answers)

    assert [(one.answer, one.score) for one in found.quotes] == [(0, 0.8944), (1, 0.4472), (2, 0.12)]
    assert [(one.central, one.distinct, one.length) for one in found.quotes][1] == (0.8944, 1, 0.5)


def test_the_second_quote_is_of_another_person_and_another_band():
    """All lie alike. After one of p0 in Wales: p0 again is 1/(1+1+1), another in Wales 1/2, in England 1."""
    answers = {
        0: Said(EIGHT, "p0", ("Wales",), True),
        1: Said(EIGHT, "p0", ("Wales",), True),
        2: Said(EIGHT, "p1", ("Wales",), True),
        3: Said(EIGHT, "p2", ("England",), True),
    }

    found = verbatims(plane(*[(1, 0)] * 4), range(4), [], answers, shown=2)

    assert [(one.answer, one.spread) for one in found.quotes] == [(0, 1), (3, 1)]


def test_the_voice_least_like_the_others_has_a_slot_when_it_is_asked_for():
    space = plane((1, 0), (1, 0.1), (1, -0.1), (-1, 0.2))

    assert verbatims(space, range(4), [], said(4)).contrary == ()
    found = verbatims(space, range(4), [], said(4), contrary=1)

    assert [one.answer for one in found.contrary] == [3]
    assert found.contrary[0].is_contrary
    assert 3 not in {one.answer for one in found.quotes}


def test_what_may_not_be_quoted_yet_or_at_all_is_listed_with_its_reason():
    answers = said(4)
    answers[1] = replace(answers[1], may_be_quoted=False)
    answers[2] = replace(answers[2], is_decided=False)

    found = verbatims(plane(*[(1, 0)] * 4), range(4), [], answers, quoted={"p3": 2})

    assert [one.answer for one in found.quotes] == [0]
    assert (found.paraphrase_only, found.to_be_masked, found.quoted_enough) == ((1,), (2,), (3,))


@pytest.mark.parametrize(("words", "length"), [(3, 0.5), (6, 1), (40, 1), (80, 0.5)])
def test_six_to_forty_words_are_right(words, length):
    answers = {0: Said("so " * words, "p0", may_be_quoted=True)}

    (only,) = verbatims(plane((1, 0)), [0], [], answers).quotes

    assert (only.length, only.central, only.distinct) == (length, 1, 1)


def test_a_theme_without_answers_has_no_quotes():
    assert verbatims(plane(), [], [], {}, contrary=2).quotes == ()


@st.composite
def themes(draw):
    count = draw(st.integers(1, 12))
    number = st.integers(-5, 5)
    points = draw(st.lists(st.tuples(number, number), min_size=count, max_size=count))
    flags = st.tuples(st.sampled_from("abc"), st.sampled_from(("", "Wales")), st.booleans(), st.booleans())
    people = draw(st.lists(flags, min_size=count, max_size=count))
    answers = {
        at: Said("so " * (at * 7), person, tuple(filter(None, (band,))), may, decided)
        for at, (person, band, may, decided) in enumerate(people)
    }
    return plane(*points), answers, draw(st.sets(st.integers(0, count - 1))), draw(st.integers(0, 3))


@given(themes(), st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)))
@settings(max_examples=80, deadline=None)
def test_nobody_is_quoted_against_their_wish_undecided_or_more_than_twice(theme, quoted):
    space, answers, other, contrary = theme

    found = verbatims(space, answers, [other], answers, quoted=quoted, contrary=contrary)

    picked = [*found.quotes, *found.contrary]
    people = Counter(answers[one.answer].person for one in picked)
    assert all(answers[one.answer].may_be_quoted and answers[one.answer].is_decided for one in picked)
    assert all(quoted.get(person, 0) + times <= 2 for person, times in people.items())
    assert len({one.answer for one in picked}) == len(picked)
    assert all(0 <= one.score <= 1 for one in picked)
    assert found == verbatims(space, answers, [other], answers, quoted=quoted, contrary=contrary)
