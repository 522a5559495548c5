"""A few examples of each code, drawn by a seed; the rest of the answers are asked about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from bench.words.made import Coded

SHOWN = 3


class Draw(NamedTuple):
    """coded: the examples' places in the answers. asked: of the others, those that have a code among the
    codes.
    """

    answers: Sequence[Coded]
    coded: list[int]
    asked: list[int]


def draws(answers: Sequence[Coded], shots: int, seeds: int) -> Iterator[Draw]:
    """Draws of `shots` examples a code; codes with fewer than shots + 2 answers take no part."""
    often = Counter(code for answer in answers for code in answer.codes)
    codes = sorted(code for code, count in often.items() if count >= shots + 2)
    kept = [Coded(one.text, one.codes & set(codes)) for one in answers if one.codes & set(codes)]
    for seed in range(seeds):
        order = list(range(len(kept)))
        Random(seed).shuffle(order)
        coded = {
            number
            for code in codes
            for number in [number for number in order if code in kept[number].codes][:shots]
        }
        yield Draw(kept, sorted(coded), [number for number in range(len(kept)) if number not in coded])


class Score(NamedTuple):
    top: float  # the first code is right
    hit: float  # a right code among the first three
    precision: float  # right codes among the first three, of as many as there could be
    silent: float  # answers for which nothing is proposed; they count as missed


def score(draw: Draw, proposed: Sequence[Sequence[str]]) -> Score:
    """proposed: the codes for each asked answer, best first."""
    right_of = [draw.answers[number].codes for number in draw.asked]
    pairs = list(zip(right_of, (codes[:SHOWN] for codes in proposed), strict=True))
    return Score(
        sum(bool(codes) and codes[0] in right for right, codes in pairs) / len(pairs),
        sum(not right.isdisjoint(codes) for right, codes in pairs) / len(pairs),
        sum(len(right.intersection(codes)) / min(SHOWN, len(right)) for right, codes in pairs) / len(pairs),
        sum(not codes for _, codes in pairs) / len(pairs),
    )


def commonest(draw: Draw) -> list[list[str]]:
    """The three commonest codes of the asked answers themselves, for every answer: popularity at best."""
    often = Counter(code for number in draw.asked for code in draw.answers[number].codes)
    first = [code for code, _ in sorted(often.items(), key=lambda one: (-one[1], one[0]))][:SHOWN]
    return [first] * len(draw.asked)
