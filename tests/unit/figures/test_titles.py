"""Drafted titles: true, of the people who answered, and silent about differences."""

import re
from dataclasses import replace

import pytest
import specimens
from hypothesis import given
from hypothesis import strategies as st

from canvass.figures import finding, titles
from canvass.instrument.model import Item, Kind, Option
from canvass.tables import wording

GAVE_8_1 = "people who answered gave 8.1 out of 10 on average (197 people)"
CLAIMS = re.compile(r"\b(more than|less than|higher|lower|highest|lowest|fewer .* than|compared|rose|fell)\b")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("single", "Two in three people who answered said “every week” (67%, 90 of 135)"),
        ("single-not-applicable", "About one in three people who answered said “monthly” (32%, 43 of 134)"),
        ("choose-all", "About four in five people who answered chose “TOIL” (81%, 104 of 129)"),
        ("likert-single", "Most people who answered said “confident” or “very confident” (57%, 77 of 135)"),
        ("grid-rating", "“Availability of a specific type of placement”: " + GAVE_8_1),
        ("rating", "People who answered gave 6.6 out of 10 on average (135 people)"),
        ("promoters", "The net promoter score is −12.5: 25% promoters minus 38% detractors"),
        ("number", "The middle answer was 18 children; the middle half lies between 14 and 24 "
         "(120 people)"),
        ("ranking", "47% of people who answered put “smaller caseloads” first (52 of 110)"),
        ("text", "63 people wrote an answer in their own words"),
        ("counts-only", "15 of 23 people who answered said “every week”"),
        ("counts-only-rating", "18 people answered, too few for an average"),
        ("no-figure", "Too few people answered to show figures"),
    ],
)  # fmt: skip
def test_each_kind_has_its_sentence(name, sentence):
    assert finding(specimens.SPECIMENS[name]()) == sentence


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (2 / 3, "two in three"),
        (91 / 135, "two in three"),
        (0.68, "about two in three"),
        (0.7, ""),
        (0.5, "half"),
        (0.515, "about half"),
        (1, "all"),
    ],
)
def test_a_fraction_is_said_only_within_two_points(share, words):
    assert titles.fraction(share) == words


def choice(*counts):
    options = tuple(Option(f"o{i}", f"answer {i}") for i in range(len(counts)))
    item = Item("q", Kind.SINGLE, "Which?", options=options)
    chosen = {option.id: n for option, n in zip(options, counts, strict=True)}
    return specimens.exhibit(specimens.topline(item, chosen, sum(counts)))


@given(st.lists(st.integers(0, 400), min_size=2, max_size=6).filter(lambda counts: sum(counts) >= 30))
def test_most_is_said_only_above_half_and_nothing_is_compared(counts):
    sentence = finding(choice(*counts))

    assert not CLAIMS.search(sentence)
    if sentence.startswith("Most"):
        assert max(counts) / sum(counts) > 0.5


def test_a_weighted_share_is_not_explained_by_an_unweighted_count():
    exhibit = choice(40, 60)
    (line,) = exhibit.toplines
    weighted = replace(
        line, figures=tuple(f._replace(estimate=0.7 if f.n == 60 else 0.3) for f in line.figures)
    )

    sentence = finding(replace(exhibit, toplines=(weighted,), weighted=True))

    assert sentence == "Most people who answered said “answer 1” (70%)"


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((36, 42, 39), "36% of people who answered said “answer 1” (42 of 117)"),
        (
            (23, 19, 23, 1),
            "About one in three people who answered said “answer 0” (35%, 23 of 66), "
            "and as many said “answer 2”",
        ),
        (
            (30, 30, 30),
            "One in three people who answered said “answer 0” (33%, 30 of 90), "
            "and as many each said “answer 1” and “answer 2”",
        ),
        ((6, 6, 3), "6 of 15 people who answered said “answer 0”, and as many said “answer 1”"),
    ],
)
def test_no_answer_stands_above_one_that_as_many_gave(counts, sentence):
    exhibit = choice(*counts)

    assert finding(exhibit) == sentence
    if sum(counts) >= 30:
        alike = [f"o{i}" for i, count in enumerate(counts) if count == max(counts)]
        assert titles.subject(exhibit) == set(alike)


def test_a_ranking_by_few_people_is_told_in_people():
    assert finding(specimens.ranking(20)) == "9 of 20 people who answered put “smaller caseloads” first"


def test_both_sides_of_an_opinion_scale_are_spoken_of_where_they_are_equal():
    exhibit = specimens.likert_single()
    (line,) = exhibit.toplines
    even = dict(zip([option.id for option in line.item.options], (20, 30, 20, 30, 20), strict=True))

    sentence = finding(replace(exhibit, toplines=(specimens.topline(line.item, even, 120),)))

    assert sentence.startswith("About two in five people who answered said “confident” or “very confident”")
    assert sentence.endswith(", and as many said “very unconfident” or “unconfident”")


def test_everyone_is_said_where_all_gave_one_answer():
    assert finding(choice(0, 120)) == "Everyone who answered said “answer 1” (120 people)"


def test_a_label_that_turns_the_direction_of_writing_is_isolated():
    assert wording.quoted("abc\u202e def.") == "“\u2068abc\u202e def\u2069”"
    assert wording.quoted("שלום") == "“\u2068שלום\u2069”"
    assert wording.quoted("every week.") == "“every week”"


def test_the_teams_own_title_goes_before_the_draft():
    assert titles.title(specimens.single(title=" Hours run over ")) == "Hours run over"
    assert titles.title(specimens.single(title="  ")) == finding(specimens.single())


def test_the_strong_colour_is_that_of_the_answer_spoken_of():
    assert titles.subject(specimens.single()) == {"every week"}
    assert titles.subject(specimens.likert_single()) == {"confident", "very confident"}
