"""Which codes fit an answer: the rule, its reasons, when it says nothing, and its record."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import words
from canvass.words.fitting import centroid, logistic
from canvass.words.fitting.folds import _folds
from canvass.words.fitting.thresholds import thresholds

PAY = ["better pay", "more pay please", "the pay is too low", "pay us fairly", "pay that follows inflation"]
IT = [
    "a computer that works",
    "slow computers",
    "the computer system crashes",
    "new computers",
    "fix computers",
]
HOURS = [
    "shorter hours",
    "the hours are long",
    "fewer hours a week",
    "hours that suit families",
    "long hours",
]
TEXTS = [*PAY, *IT, *HOURS, "pay rise", "my computer is old", "less hours", "Kangaroos hop at midnight"]
CODED = {
    **{answer: ["pay"] for answer in range(5)},
    **{answer: ["it"] for answer in range(5, 10)},
    **{answer: ["hours"] for answer in range(10, 15)},
}
NEW = range(15, 18)


@pytest.fixture(scope="module")
def space():
    return words.space(TEXTS)


def test_the_right_code_comes_first_with_the_two_nearest_coded_answers(space):
    found = words.fits(space, CODED, NEW)

    assert [found.of[answer][0].code for answer in NEW] == ["pay", "it", "hours"]
    for answer in NEW:
        assert [one.rank for one in found.of[answer]] == list(range(1, len(found.of[answer]) + 1))
        scores = [one.score for one in found.of[answer]]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)
        for one in found.of[answer]:
            assert 1 <= len(one.because) <= 2
            assert all(one.code in CODED[near.answer] for near in one.because)
            likeness = [near.likeness for near in one.because]
            assert likeness == sorted(likeness, reverse=True)


def test_nothing_is_said_where_no_code_fits(space):
    assert words.fits(space, CODED, [18]).of[18] == ()


def test_an_answer_is_never_its_own_reason(space):
    found = words.fits(space, CODED, [0])

    assert found.of[0][0].code == "pay"
    assert all(near.answer != 0 for one in found.of[0] for near in one.because)


def test_an_answer_left_without_codes_teaches_what_has_none(space):
    without = words.fits(space, CODED, [15]).of[15][0].score
    taught = words.fits(space, {**CODED, 18: []}, [15])

    assert taught.record.answers == 16
    assert taught.of[15][0].code == "pay"
    assert taught.of[15][0].score != without


def test_many_codes_or_few_examples_are_judged_by_their_middle(space):
    two = {answer: codes for answer, codes in CODED.items() if answer % 5 < 2}
    crowd = {
        answer: [*codes, *(f"c{number}" for number in range(answer, answer + 40))]
        for answer, codes in CODED.items()
    }

    assert words.fits(space, CODED, NEW).record.method == "logistic"
    assert words.fits(space, two, NEW).record.method == "centroid"
    assert words.fits(space, crowd, NEW).record.method == "centroid"
    assert [words.fits(space, two, NEW).of[answer][0].code for answer in NEW] == ["pay", "it", "hours"]


def test_before_there_is_anything_to_learn_from_nothing_is_said(space):
    assert words.fits(space, {}, NEW).of == {15: (), 16: (), 17: ()}
    assert words.fits(space, {0: [], 1: []}, NEW).of == {15: (), 16: (), 17: ()}
    assert words.fits(space, CODED, []).of == {}


def test_one_code_on_everything_is_proposed_where_an_answer_is_like_it(space):
    found = words.fits(space, {0: ["pay"], 1: ["pay"], 2: ["pay"]}, [15, 18])

    assert [one.code for one in found.of[15]] == ["pay"]
    assert found.of[18] == ()


def test_the_record_says_what_it_was_made_by_and_from(space):
    record = words.fits(space, CODED, NEW).record
    turned = dict(reversed([(answer, tuple(codes)) for answer, codes in CODED.items()]))

    assert (record.method, record.answers, record.codes) == ("logistic", 15, 3)
    assert record.sha256 == words.TABLE.sha256
    assert record.model == words.TABLE.model
    assert record.parameters["penalty"] == logistic.PENALTY
    assert words.fits(space, turned, NEW) == words.fits(space, CODED, NEW)
    assert words.fits(space, {**CODED, 15: ["pay"]}, NEW).record.snapshot != record.snapshot
    names = {answer: f"answer {answer}" for answer in range(19)}
    assert words.fits(space, CODED, NEW, names=names).record.snapshot != record.snapshot


def test_two_runs_are_equal_to_the_last_bit():
    runs = [words.fits(words.space(TEXTS), CODED, NEW) for _ in range(2)]

    assert runs[0] == runs[1]


def test_logistic_by_hand():
    # One feature, two rows, balanced weights of 1: by symmetry the intercept is 0, and the slope w solves
    # w / C = 2 (1 - p), p = 1 / (1 + exp(-w)).
    found = logistic.decisions(
        np.array([[1.0], [-1.0]], np.float32),
        np.array([[True], [False]]),
        np.array([[1.0], [0.0]], np.float32),
    )

    slope = float(found[0, 0])
    assert found[1, 0] == pytest.approx(0, abs=1e-3)
    assert slope / logistic.PENALTY == pytest.approx(2 * (1 - 1 / (1 + np.exp(-slope))), abs=1e-3)


def test_centroid_leaves_a_row_out_of_its_own_middle():
    train = np.array([[1, 0], [0, 1], [1, 1], [0, -1]], np.float32)
    has = np.array([[1, 0], [1, 0], [1, 0], [0, 1]], bool)

    found = centroid.left_out(train, has)

    assert found[0, 0] == pytest.approx(1 / np.sqrt(5))  # (1, 0) with (0, 1) + (1, 1)
    assert found[3, 0] == pytest.approx(-1 / np.sqrt(2))  # (0, -1) with (2, 2)
    assert found[3, 1] == 0  # the only example


def test_a_threshold_is_reached_by_half_of_a_codes_own():
    scores = np.arange(20, dtype=np.float32)[:, None].repeat(3, axis=1)
    has = np.zeros((20, 3), bool)
    has[:, 0] = True
    has[10:14, 1] = True
    has[19, 2] = True

    found = thresholds(scores, has)

    assert found.tolist() == [9.5, 11.5, 9.5]  # the third has too few of its own: half of all coded answers
    assert np.isneginf(thresholds(scores, np.zeros((20, 3), bool))).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sets(st.sampled_from("abcde")), min_size=2, max_size=30))
def test_halves_share_out_the_examples_of_each_answers_rarest_code(codes):
    has = np.array([[code in one for code in "abcde"] for one in codes])

    fold = _folds(has)

    assert abs(int((fold == 0).sum()) - int((fold == 1).sum())) <= 1
