"""How far coders agree: by hand, beside nltk, and what must hold for any coding."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, jaccard_distance, masi_distance

from canvass.words import agreement as judging
from canvass.words.agreement import agreement, alpha, disagreements, jaccard, masi

A, B, C = (frozenset(letter) for letter in "abc")
AB, ABC, NONE = A | B, A | B | C, frozenset[str]()


def of_nltk(units, distance) -> float:
    """The empty set has a code of its own for nltk, which divides by the size of a union."""
    rows = [
        (coder, unit, frozenset(value) or frozenset({"nothing"}))
        for unit, values in enumerate(units)
        for coder, value in enumerate(values)
        if value is not None
    ]
    return AnnotationTask(rows, distance=distance).alpha()


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        (A, A, 0),
        (NONE, NONE, 0),
        (A, NONE, 1),
        (A, B, 1),
        (A, AB, 2 / 3),
        (AB, ABC, 5 / 9),
        (AB, B | C, 8 / 9),
    ],
)
def test_masi_counts_what_is_shared_and_whether_one_holds_the_other(one, other, distance):
    assert masi(one, other) == pytest.approx(distance)
    assert masi(other, one) == pytest.approx(distance)


def test_alpha_of_three_answers_by_hand():
    # Observed: one of three pairs differs, by 2/3. Expected: 30 ordered pairs among a, a, ab, a, b, b.
    units = [(A, A), (AB, A), (B, B)]
    expected = 2 * (3 * 1 * 2 / 3 + 3 * 2 * 1 + 1 * 2 * 2 / 3) / 30
    assert alpha(units, masi, seed=1).estimate == pytest.approx(1 - (2 * (2 / 3) / 6) / expected)


def test_a_code_by_hand():
    # 25 answers: both 10, only the first 3, only the second 2, neither 10. Chance: 13·12 + 12·13 of 625.
    units = [(A, A)] * 10 + [(A, NONE)] * 3 + [(NONE, A)] * 2 + [(NONE, NONE)] * 10
    (code,) = agreement(units, ["a"], seed=1).codes
    assert (code.uses, code.together, code.anybody) == ((13, 12), 10, 15)
    assert code.agreed == pytest.approx(0.8)
    assert code.kappa == pytest.approx((0.8 - 312 / 625) / (1 - 312 / 625))
    assert code.alpha == pytest.approx(1 - (10 / 50) / (2 * 25 * 25 / (50 * 49)))
    assert code.ac1 == pytest.approx((0.8 - 0.5) / (1 - 0.5))


def test_three_coders_with_gaps_by_hand():
    # ac1: pairs that agree: 1, 1/3, 1; the rate of yes: 1, 2/3, 0.
    units = [(A, A, None), (A, A, NONE), (NONE, NONE, NONE), (A, None, None)]
    judged = agreement(units, ["a"], seed=1)
    (code,) = judged.codes
    assert (judged.units, judged.coders, code.kappa) == (3, 3, None)
    assert code.agreed == pytest.approx(7 / 9)
    chance = 2 * (5 / 9) * (4 / 9)
    assert code.ac1 == pytest.approx((7 / 9 - chance) / (1 - chance))


values = st.one_of(st.none(), st.frozensets(st.sampled_from("abcd"), max_size=3))
codings = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.tuples(*[values] * coders), min_size=2, max_size=25)
)


@pytest.mark.parametrize(("ours", "theirs"), [(masi, masi_distance), (jaccard, jaccard_distance)])
@given(units=codings)
@settings(max_examples=60)
def test_alpha_is_what_nltk_finds(ours, theirs, units):
    found = alpha(units, ours, seed=1).estimate
    if found is not None:
        assert found == pytest.approx(of_nltk(units, theirs), abs=1e-9)


@given(units=codings)
@settings(max_examples=60)
def test_alpha_of_a_code_is_what_nltk_finds(units):
    (code,) = agreement(units, "abcd", seed=1).codes[:1]
    if code.alpha is not None:
        yes = [tuple(None if value is None else value & A for value in unit) for unit in units]
        assert code.alpha == pytest.approx(of_nltk(yes, binary_distance), abs=1e-9)


@given(units=codings, order=st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_it_matters_neither_who_is_first_nor_what_codes_are_called(units, order):
    renamed = [
        tuple(value and frozenset(chr(ord("z") - ord(code)) for code in value) for value in unit[::-1])
        for unit in units
    ]
    order.shuffle(renamed)
    here, there = alpha(units, masi, seed=1).estimate, alpha(renamed, masi, seed=1).estimate
    assert here == (None if there is None else pytest.approx(there))


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(5)

    def study(answers: int) -> list[tuple[frozenset[str], ...]]:
        true = rng.choice(list("abcd"), answers)
        seen = [np.where(rng.random(answers) < 0.85, true, rng.choice(list("abcd"), answers)) for _ in "12"]
        return [(frozenset(one), frozenset(other)) for one, other in zip(*seen, strict=True)]

    truth = alpha(study(20_000), masi, seed=1).estimate
    found = [alpha(study(60), masi, seed=1) for _ in range(120)]
    covered = np.mean([one.low <= truth <= one.high for one in found])
    assert 0.86 <= covered <= 0.99


def test_the_same_codings_give_the_same_interval():
    units = [(A, A), (AB, A), (B, B), (C, C)] * 8
    assert alpha(units, masi, seed=3) == alpha(units, masi, seed=3)
    assert alpha(units, masi, seed=3).low < alpha(units, masi, seed=3).estimate


def test_what_cannot_be_told_from_chance_is_undefined():
    judged = agreement([(A, A)] * 30, ["a", "b"], seed=1)
    assert judged.masi == judging.Alpha(None, None, None)
    assert [(code.kappa, code.alpha, code.ac1) for code in judged.codes] == [(None, None, 1.0)] * 2
    assert judged.exact == 1.0


def test_few_answers_or_few_uses_are_not_judged():
    judged = agreement([(A, A)] * 4 + [(B, NONE)] * 15, ["a", "b"], seed=1)
    assert (judged.too_few, [code.too_few for code in judged.codes]) == (True, [True, False])
    assert not agreement([(A, A)] * 4 + [(B, NONE)] * 16, ["a", "b"], seed=1).too_few


def test_nobody_and_one_coder_say_nothing():
    assert agreement([], ["a"], seed=1).units == 0
    alone = agreement([(A, None), (B, None)], ["a", "b"], seed=1)
    assert (alone.units, alone.masi.estimate, alone.exact) == (0, None, None)


def test_disagreements_come_worst_first():
    units = [(A, A), (AB, A), (A, B), (A, None), (AB, ABC)]
    assert disagreements(units) == (2, 1, 4)
    assert disagreements(units, most=1) == (2,)


def test_a_code_that_is_not_in_the_codebook_is_refused():
    with pytest.raises(ValueError, match="'b' is not in the codebook"):
        agreement([(A, B)], ["a"], seed=1)
    with pytest.raises(ValueError, match="one value for each coder"):
        agreement([(A, B), (A,)], ["a", "b"], seed=1)
