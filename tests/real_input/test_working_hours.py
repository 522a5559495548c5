"""Made-up answers that give a published poll's figures: each printed base and percentage comes out."""

import json

import pytest
from tests.real_input.counting import HERE, ROOT, Counted, counted

FIGURES = json.loads((HERE / "poll-2022-01.json").read_text("utf-8"))
QUESTIONS = {question["id"]: question for question in FIGURES["questions"]}


@pytest.fixture(scope="module")
def poll(tmp_path_factory) -> Counted:
    example = ROOT / "examples/working-hours-2022-01.yaml"
    return counted(example, HERE / "micro-2022-01.csv", tmp_path_factory.mktemp("files"))


def test_all_135_respondents_are_read_without_a_map_or_a_note(poll):
    assert len(poll.answers.rows) == FIGURES["responded"] == 135
    assert poll.answers.notes == ()


@pytest.mark.parametrize("item", QUESTIONS)
def test_each_base_is_the_items_own(poll, item):
    assert poll.toplines[item].base == QUESTIONS[item]["base"]
    assert poll.toplines[item].asked == 135


@pytest.mark.parametrize("item", QUESTIONS)
def test_each_printed_percentage_comes_out(poll, item):
    line = poll.toplines[item]
    printed = {option: share for option, share in QUESTIONS[item]["percent"].items() if share is not None}

    estimates = {option: line.figure("share", option).estimate for option in printed}

    assert {option: round(100 * share) for option, share in estimates.items()} == printed


def test_the_options_that_nobody_chose_are_counted_too(poll):
    paid = poll.toplines["overtime_offer"].figure("share", "paid overtime")

    assert (paid.n, paid.estimate) == (0, 0)


def test_eleven_people_chose_other(poll):
    assert poll.toplines["one_to_one_focus"].figure("share", "other").n == 11


def test_the_reason_is_asked_of_the_21_who_worked_for_an_agency_and_not_of_the_printed_23(poll):
    reason = poll.toplines["agency_motivation"]

    assert (reason.asked, reason.base) == (21, 21)
