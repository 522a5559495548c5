"""1,058 real answers to somebody else's poll, read with a map: the counts of the source come out.

The file is CC BY 4.0 (fivethirtyeight, thanksgiving-2015) and is read where it lies, in ../shared/data.
"""

from collections import Counter

import pytest
from tests.real_input.counting import HERE, THANKSGIVING, Counted, chosen, counted


@pytest.fixture(scope="module")
def poll(tmp_path_factory) -> Counted:
    if not THANKSGIVING.exists():
        pytest.fail(f"This test reads the thanksgiving poll's answers at {THANKSGIVING}; they are not there.")
    files = tmp_path_factory.mktemp("files")
    return counted(HERE / "thanksgiving.yaml", THANKSGIVING, files, HERE / "thanksgiving-map.csv")


def profile(poll: Counted, field: str) -> Counter:
    return Counter(row.profile.get(field, "") for row in poll.answers.rows)


def test_every_row_is_taken(poll):
    assert len(poll.answers.rows) == 1058


def test_980_celebrate_and_78_do_not(poll):
    assert chosen(poll.toplines["celebrates"]) == {"yes": 980, "no": 78}


def test_the_78_who_do_not_celebrate_are_asked_nothing_more_but_their_income(poll):
    asked = {item: line.asked for item, line in poll.toplines.items()}

    assert {item for item, number in asked.items() if number == 1058} == {"celebrates", "household_income"}
    assert asked["works_black_friday"] == 70
    assert set(asked.values()) == {1058, 980, 70}


def test_the_main_dish_has_974_answers_of_980_asked(poll):
    line = poll.toplines["main_dish"]

    assert (line.base, line.asked) == (1058 - 84, 980)
    assert chosen(line) == {
        "turkey": 859,
        "ham/pork": 29,
        "tofurkey": 20,
        "chicken": 12,
        "roast beef": 11,
        "turducken": 3,
        "I don't know": 5,
        "other": 35,
    }


def test_the_text_of_another_main_dish_is_kept_with_the_choice(poll):
    written = [row.answers.get("main_dish") for row in poll.answers.rows]

    assert sum(isinstance(answer, dict) and bool(answer["other"]) for answer in written) == 35
    assert {"other": "Prime Rib"} in written


def test_side_dishes_are_counted_from_a_column_for_each(poll):
    sides = chosen(poll.toplines["sides"])

    assert (sides["mashed potatoes"], sides["rolls"], sides["green beans"]) == (817, 766, 686)
    assert sides["other"] == 111


def test_none_is_an_answer_to_the_question_on_pies_and_not_a_blank(poll):
    line = poll.toplines["pie"]
    pies = chosen(line)

    assert (pies["pumpkin"], pies["apple"], pies["pecan"]) == (729, 514, 342)
    assert (line.base, pies["none"]) == (964, 40)


def test_926_people_name_a_pie(poll):
    """The reference calls them the base, because its reader takes the word None for a missing value."""
    answers = [row.answers.get("pie", []) for row in poll.answers.rows]

    assert sum(bool(answer) and answer != ["none"] for answer in answers) == 926


def test_praying_by_age_comes_out(poll):
    pairs = Counter((row.answers.get("prays"), row.profile.get("age", "")) for row in poll.answers.rows)
    ages = ("18 - 29", "30 - 44", "45 - 59", "60+")

    assert [pairs["yes", age] for age in ages] == [117, 151, 188, 165]
    assert [pairs["no", age] for age in ages] == [68, 84, 81, 93]


def test_regions_and_ages_come_out_blanks_and_all(poll):
    regions, ages = profile(poll, "region"), profile(poll, "age")

    assert (regions["South Atlantic"], regions["Middle Atlantic"], regions[""]) == (214, 159, 59)
    assert (ages["18 - 29"], ages["30 - 44"], ages["45 - 59"], ages["60+"], ages[""]) == (
        216,
        259,
        286,
        264,
        33,
    )


def test_those_who_rather_did_not_tell_their_income_are_outside_its_base(poll):
    line = poll.toplines["household_income"]

    assert (line.prefer_not_to_say, line.base, line.asked) == (136, 1058 - 136 - 33, 1058)


def test_working_on_the_friday_has_two_bases(poll):
    line = poll.toplines["works_black_friday"]

    assert (line.base, line.applies_base, line.not_applicable) == (70, 63, 7)
