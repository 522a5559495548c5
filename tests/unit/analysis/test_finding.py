"""What is typed into a search box: found by name or words, else told what can be picked."""

import pytest

from canvass.analysis.divisions import Division, Part, joined
from canvass.analysis.finding import NotFound, find_division, find_part

LONG = "On a scale where 0 is “not at all” and 10 is “completely”, how anxious did you feel yesterday?"
KNOWN = [
    Division("role", "Role"),
    Division("region", "Region"),
    Division("item:satisfied", "How satisfied are you with your life?"),
    Division("item:anxious", LONG),
    Division("item:settled", "How satisfied are you with your team?"),
]


@pytest.mark.parametrize("typed", ["role", "ROLE", " Role ", "rol"])
def test_a_name_words_or_a_part_of_them_find_it(typed):
    assert find_division(KNOWN, typed).name == "role"


def test_words_that_are_in_several_ask_which():
    with pytest.raises(NotFound, match="“satisfied are” is in two of them") as told:
        find_division(KNOWN, "satisfied are")

    assert [one.name for one in told.value.near] == ["item:satisfied", "item:settled"]


def test_a_near_name_quotes_the_question():
    with pytest.raises(NotFound, match="Do you mean “How satisfied are you with your life\\?”"):
        find_division(KNOWN, "satisfid")


def test_where_nothing_is_near_it_says_what_can_be_picked():
    with pytest.raises(NotFound) as told:
        find_division(KNOWN, "zzz")

    assert str(told.value) == (
        "There is no profile field or question “zzz” in this poll. You can pick “Role”, “Region”, "
        "“How satisfied are you with your life?”, “On a scale where 0 is “not at all” and … you feel "
        "yesterday?” or 1 more."
    )


def test_a_group_is_found_by_its_field_and_label():
    parts = [Part(KNOWN[0], "Manager"), Part(KNOWN[0], "Worker"), Part(KNOWN[1], "North")]

    assert find_part(parts, "role: worker").name == "role:Worker"
    assert find_part(parts, "north").label == "North"


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (("Manager", "Director"), "Manager + Director"),
        (("0", "1", "2", "3"), "0 to 3"),
        (("0", "1"), "0 + 1"),
        (("0", "2", "3"), "0 + 2 + 3"),
    ],
)
def test_what_things_put_together_are_called(labels, name):
    assert joined(labels) == name
