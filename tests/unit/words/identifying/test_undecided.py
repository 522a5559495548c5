"""What is left to decide, and which words of addresses are names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.words.identifying import Hit, find, own_names, undecided

TEXT = "Ask Priya Shah in Leeds"
PRIYA = Hit(4, 14, "person", "")
LEEDS = Hit(18, 23, "place", "")


@pytest.mark.parametrize(
    ("decided", "left"),
    [
        ([], ["Priya Shah", "Leeds"]),
        ([(4, 14)], ["Leeds"]),
        ([(4, 9)], ["Shah", "Leeds"]),
        ([(10, 14), (18, 23)], ["Priya"]),
        ([(6, 11)], ["Pr", "hah", "Leeds"]),
        ([(0, 23)], []),
    ],
)
def test_what_no_decision_covers_is_left(decided, left):
    assert [TEXT[one.start : one.end] for one in undecided(TEXT, (PRIYA, LEEDS), decided)] == left


@given(
    st.lists(st.tuples(st.integers(0, 22), st.integers(1, 12)).map(lambda one: (one[0], one[0] + one[1]))),
)
@settings(max_examples=60, deadline=None)
def test_every_letter_of_a_hit_is_decided_or_left_and_never_both(decided):
    left = {at for one in undecided(TEXT, (PRIYA, LEEDS), decided) for at in range(one.start, one.end)}
    covered = {at for start, end in decided for at in range(start, end)}
    letters = {at for hit in (PRIYA, LEEDS) for at in range(hit.start, hit.end) if TEXT[at].isalnum()}

    assert letters - covered <= left
    assert not left & covered


def test_own_names_are_the_words_of_addresses_that_nobody_uses_otherwise():
    addresses = (
        "priya.Okonjo-84@example.org",
        "social.worker@example.org",
        "jo@zimmer.example",
        "office@x.org",
    )

    names = own_names(addresses)

    assert names == {"priya", "okonjo"}
    assert [hit.start for hit in find("i asked okonjo about the office", names=names)] == [8]
