"""What the bench reckons with: its answers and its scores."""

from bench.words import few_shot, made
from bench.words.made import Coded


def test_answers_are_made_by_their_seed():
    first = made.answers(50, seed=3)

    assert first == made.answers(50, seed=3)
    assert first != made.answers(50, seed=4)
    assert all(one.text and 1 <= len(one.codes) <= 2 for one in first)


def test_draws_keep_examples_and_questions_apart():
    answers = [Coded(f"{code} {number}", frozenset({code})) for code in "ab" for number in range(6)]
    answers.append(Coded("rare", frozenset({"c"})))

    (draw,) = few_shot.draws(answers, shots=3, seeds=1)

    assert not set(draw.coded) & set(draw.asked)
    assert len(draw.coded) == 6
    assert len(draw.coded) + len(draw.asked) == 12


def test_scores_by_hand():
    answers = [Coded("x", frozenset("ab")), Coded("y", frozenset("c"))]
    draw = few_shot.Draw(answers, [], [0, 1])

    assert few_shot.score(draw, [["a", "c", "d"], []]) == (0.5, 0.5, 0.25, 0.5)
    assert few_shot.commonest(draw) == [["a", "b", "c"]] * 2
