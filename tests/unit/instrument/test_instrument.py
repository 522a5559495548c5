"""The instrument as a whole: loading, the bank, advice, conditions in words, speed."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.unit.instrument.polls import EVERY_KIND, HEAD, faults_of, poll, reference_example

from canvass import instrument
from canvass.instrument.advice import reading_age


def test_the_poll_of_the_reference_loads():
    loaded = instrument.load(reference_example())

    assert {item.kind for item in loaded} == set(instrument.Kind)


def test_a_comparison_is_planned_where_the_plan_says_so():
    planned = HEAD.replace("items:", "plan: [a by b, a by profile/role, b by wave]\nitems:")
    loaded = instrument.load(
        f"{planned}  - {{id: a, kind: text, text: A}}\n  - {{id: b, kind: text, text: B}}\n"
    )

    asked = [("a", "b"), ("b", "a"), ("a", "role"), ("a", "profile/role"), ("b", "wave"), ("a", "wave")]

    assert [loaded.plans(*one) for one in asked] == [True, False, True, True, True, False]


def test_times_are_in_the_zone_of_the_panel():
    text = HEAD.replace("items:", "opens: 2022-07-18T09:00\nitems:") + "  - {id: a, kind: text, text: Why}\n"

    loaded = instrument.load(text, zone="Europe/Paris")

    assert loaded.opens == datetime(2022, 7, 18, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))
    assert instrument.restore(instrument.dump(loaded)) == loaded


def test_an_hour_left_out_in_one_zone_is_a_time_in_another():
    text = HEAD.replace("items:", "opens: 2022-03-27T01:30\nitems:") + "  - {id: a, kind: text, text: Why}\n"

    assert faults_of(text)
    assert instrument.load(text, zone="Africa/Accra").opens.hour == 1


def test_a_file_that_is_not_utf_8_is_refused_with_its_line():
    with pytest.raises(instrument.PollFileError) as refusal:
        instrument.load("poll: p\ntitle: Café\n".encode("latin-1"))

    assert str(refusal.value) == "poll.yaml:2: The file is not UTF-8 text. Save it again as UTF-8."


def test_a_byte_order_mark_is_no_part_of_the_poll():
    text = HEAD + "  - {id: a, kind: text, text: Why}\n"

    assert instrument.load(text.encode("utf-8-sig")) == instrument.load(text)


def test_a_file_far_longer_than_any_poll_is_refused():
    (fault,) = faults_of(HEAD + "#" * 500_001)

    assert "at most 500,000" in fault.problem


def test_a_nul_is_refused_with_its_line():
    (fault,) = faults_of("poll: p\ntitle: a\0b\n")

    assert (fault.line, fault.problem) == (2, "There is a character here that cannot be printed (U+0000).")


def test_more_than_200_items_are_refused():
    (fault,) = faults_of(HEAD + "".join(f"  - {{id: i{n}, kind: text, text: Why}}\n" for n in range(201)))

    assert fault.problem == "There are 201 items."


def test_a_deeply_nested_condition_is_refused():
    item = "{id: z, kind: text, text: Why, ask_if: '%s'}" % ("(" * 500 + 'q == "yes"' + ")" * 500)

    (fault,) = faults_of(f'{HEAD}  - {{id: q, kind: single, text: Q, options: ["yes", "no"]}}\n  - {item}\n')

    assert fault.problem == "ask_if is nested more than 20 deep."


def test_the_bank_holds_the_four_questions_in_their_order_with_their_source():
    assert list(instrument.BANK) == ["ons4.satisfied", "ons4.worthwhile", "ons4.happy", "ons4.anxious"]
    for question in instrument.BANK.values():
        assert list(question.scale.points()) == list(range(11))
        assert (question.scale.low, question.scale.high) == ("not at all", "completely")
        assert question.source.licence == "Open Government Licence v3.0"


def test_bank_questions_out_of_order_are_advised_upon():
    loaded = poll("{id: a, bank: ons4.happy}", "{id: b, bank: ons4.satisfied}")

    assert [str(found) for found in instrument.advice(loaded)] == [
        "The questions of ons4 are not in the order of their source."
    ]


def test_two_bank_questions_of_one_identity_are_the_same_item_twice():
    (fault,) = faults_of(f"{HEAD}  - {{id: a, bank: ons4.happy}}\n  - {{id: b, bank: ons4.happy}}\n")

    assert (fault.item, fault.problem) == ("b", "ons4.happy is asked twice.")


@pytest.mark.parametrize(
    ("item", "word"),
    [
        ("{id: a, kind: text, text: Don't you agree that pay is low?}", "may lead"),
        ("{id: a, kind: text, text: How good are your pay and your training?}", "two questions in one"),
        ("{id: a, kind: rating, text: How is it?}", "Label both ends"),
        ("{id: a, kind: single, scale: likert, text: How, options: [a, b, c, d]}", "no neutral middle"),
        (
            "{id: a, kind: single, text: How, options: [o1, o2, o3, o4, o5, o6, o7, o8, o9, o10, o11]}",
            "11 options",
        ),
        ("{id: a, kind: single, text: How, options: [x, %s]}" % ("y" * 70), "long label"),
        ("{id: a, kind: text, text: Do you not never go?}", "denies twice"),
        ("{id: a, kind: text, text: %s}" % ("word " * 31), "31 words"),
    ],
)
def test_wording_is_advised_upon(item, word):
    assert any(word in found.sentence for found in instrument.advice(poll(item)))


def test_a_plain_question_needs_no_advice():
    plain = poll("{id: a, kind: single, text: How often do you work late?, options: [often, never]}")

    assert instrument.advice(plain) == ()


def test_long_polls_are_advised_upon():
    long = poll(*(f"{{id: t{n}, kind: text, text: Why}}" for n in range(8)))

    sentences = [found.sentence for found in instrument.advice(long)]

    assert sentences[0].startswith("The poll takes 24 taps")
    assert "seconds; above 90" in sentences[1]


def test_a_sentence_of_long_words_reads_older():
    assert reading_age("The cat sat on the mat.") == 5
    assert reading_age("Organisational accountability necessitates multidisciplinary deliberation.") > 30


def test_conditions_are_told_in_words():
    ask = 'agency in ["yes", "l"] and (not many includes "tea" or g["geo"] >= 5)'
    loaded = poll(
        '{id: agency, kind: single, text: "Agency?", options: ["yes", "no", {id: l, label: long ago}]}',
        "{id: many, kind: multiple, text: Which, options: [tea]}",
        "{id: g, kind: grid_rating, text: How big, rows: [{id: geo, label: Geography}]}",
        f"{{id: z, kind: text, text: Why, ask_if: '{ask}'}}",
    )

    assert instrument.in_words(loaded.item("z").ask_if, loaded) == (
        "Asked of those who answered “yes” or “long ago” to “Agency?” and (are not among those who chose "
        "“tea” in answer to “Which” or answered at least 5 to “Geography” under “How big”)."
    )


def test_several_answers_are_checked_at_once():
    table = instrument.CheckingTable(EVERY_KIND)

    assert table.check_all({"one": "tea", "rate": "7", "why": "  "}) == {"one": "tea", "rate": 7}


def test_a_poll_of_200_items_loads_quickly():
    items = "".join(
        f"  - {{id: i{n}, kind: single, text: Which, options: [a, b, c, d, e]}}\n" for n in range(200)
    )

    began = time.process_time()
    instrument.load(HEAD + items)

    assert time.process_time() - began < 0.3
