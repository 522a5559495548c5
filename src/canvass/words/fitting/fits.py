"""Which of the existing codes fit an answer? Proposed, with the reason, or nothing; a person decides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from canvass.words.arrays import Vectors
from canvass.words.fitting import centroid, logistic
from canvass.words.fitting.folds import FOLDS, held_out
from canvass.words.fitting.record import Record, snapshot
from canvass.words.fitting.thresholds import thresholds
from canvass.words.one_thread import one_thread
from canvass.words.space import Space

SHOWN = 3
REASONS = 2
MANY_CODES = 40  # above, likeness to a code's middle finds more than a rule for each
FEW_EXAMPLES = 3
LIKE = 0.14  # the likeness at which a coded answer speaks for its code, whatever the score
DIGITS = 4  # of a score


@dataclass(frozen=True, slots=True)
class Near:
    """A coded answer that a fit rests on, and how alike it is (about 0 to 1)."""

    answer: int
    likeness: float


@dataclass(frozen=True, slots=True)
class Fit:
    """One code for one answer. score: 0 to 1, comparable within one answer. rank: from 1. because: nearest
    first.
    """

    code: str
    score: float
    rank: int
    because: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Fits:
    """of: what is proposed for each answer that was asked about; empty where no code fits. record: how."""

    of: Mapping[int, tuple[Fit, ...]]
    record: Record


def fits(
    space: Space,
    coded: Mapping[int, Collection[str]],
    answers: Sequence[int],
    *,
    names: Mapping[int, str] | None = None,
) -> Fits:
    """The codes that fit each of `answers`, at most three, from the answers that are coded.

    coded: answer (its number in the space) to its codes; an answer that a person left without any is an
    example of what has none. names: of answers, for the record's snapshot; else their numbers.
    Deterministic.
    """
    rows = sorted(coded)
    codes = sorted({code for row in rows for code in coded[row]})
    has = np.array([[code in coded[row] for code in codes] for row in rows], bool).reshape(
        len(rows), len(codes)
    )
    method = _method(has)
    record = Record(
        method, space.model, space.sha256, _parameters(method), snapshot(coded, names), len(rows), len(codes)
    )
    if not codes or not answers:
        return Fits(dict.fromkeys(answers, ()), record)
    train, asked = space.features[rows], space.features[list(answers)]
    with one_thread():
        scores, least = _scored(method, train, has, asked)
        likeness = asked @ train.T
    return Fits(
        {
            answer: _best(scores[row], least, likeness[row], has, codes, rows, answer)
            for row, answer in enumerate(answers)
        },
        record,
    )


def _method(has: NDArray[np.bool_]) -> str:
    """Logistic where codes are few and most have examples enough, and each has answers that lack it."""
    examples = has.sum(axis=0)
    if not len(examples) or len(examples) > MANY_CODES or examples.max() == len(has):
        return "centroid"
    return "logistic" if float(np.median(examples)) >= FEW_EXAMPLES else "centroid"


def _parameters(method: str) -> Mapping[str, float]:
    own = (
        {"penalty": logistic.PENALTY, "steps": logistic.STEPS, "folds": FOLDS} if method == "logistic" else {}
    )
    return {**own, "few_examples": FEW_EXAMPLES, "many_codes": MANY_CODES, "like": LIKE}


def _scored(method: str, train: Vectors, has: NDArray[np.bool_], asked: Vectors) -> tuple[Vectors, Vectors]:
    """(asked, codes): scores from 0 to 1. (codes,): the least score at which each code fits."""
    if method == "centroid":
        least = thresholds(centroid.left_out(train, has), has)
        return np.clip(centroid.likenesses(train, has, asked), 0, 1), least
    from scipy.special import expit

    least = thresholds(held_out(train, has), has)
    return expit(logistic.decisions(train, has, asked)), expit(least)


def _best(
    scores: Vectors,
    least: Vectors,
    likeness: Vectors,
    has: NDArray[np.bool_],
    codes: Sequence[str],
    rows: Sequence[int],
    answer: int,
) -> tuple[Fit, ...]:
    """The best codes of one answer; nothing where none reaches its threshold or has an answer like this."""
    found: list[Fit] = []
    reached = False
    for code in np.argsort(-scores, kind="stable").tolist()[:SHOWN]:
        because = _because(likeness, has[:, code], rows, answer)
        if because:
            score = round(float(scores[code]), DIGITS)
            found.append(Fit(codes[code], score, len(found) + 1, because))
            like = because[0].likeness >= LIKE
            reached = reached or like or bool(scores[code] >= least[code])
    return tuple(found) if reached else ()


def _because(
    likeness: Vectors, carries: NDArray[np.bool_], rows: Sequence[int], answer: int
) -> tuple[Near, ...]:
    """The two other answers with a code that are nearest; none where no other has it."""
    with_code = [row for row in np.flatnonzero(carries).tolist() if rows[row] != answer]
    nearest = sorted(with_code, key=lambda row: (-likeness[row], row))[:REASONS]
    return tuple(Near(rows[row], round(float(likeness[row]), DIGITS)) for row in nearest)
