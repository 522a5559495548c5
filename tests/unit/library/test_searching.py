"""Searching: words and phrases, whatever marks, case or accents they come with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass.library.searching import LONGEST, MOST_TERMS, plain, terms


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Working HOURS", (" working", " hours")),
        ('"working hours" toil', (" working hours ", " toil")),
        ("“working hours”", (" working hours ",)),
        ("café", (" cafe",)),
        ("ﬁrst", (" first",)),
        ("one-to-one", (" one", " to")),
        ('unclosed "quote', (" unclosed", " quote")),
        ("50%", (" 50",)),
        ("' OR 1=1 --", (" or", " 1")),
        ("\x00nul", (" nul",)),
        ("…!?", ()),
        ('""', ()),
        ("", ()),
        ("工作", (" 工作",)),
    ],
)
def test_what_is_typed_becomes_terms(typed, wanted):
    assert terms(typed) == wanted


def test_a_text_is_one_line_of_words():
    assert plain(["“Time off in lieu” – TOIL?", "Straße"]) == " time off in lieu toil strasse "


@given(st.text(max_size=400))
def test_anything_can_be_typed(typed):
    found = terms(typed)

    assert len(found) <= MOST_TERMS
    assert all(term.strip() and "\x00" not in term for term in found)


@given(st.text(max_size=60))
def test_a_text_is_found_by_its_own_words(text):
    written = plain([text])

    wanted = terms(text.replace('"', " ").replace("“", " ").replace("”", " ")[:LONGEST])

    assert all(term in written for term in wanted)
