"""The words that set a group apart from the others."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log

from canvass.words.grouping.small_words import SMALL_WORDS

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
SHOWN = 5


def terms(groups: Sequence[Sequence[str]], shown: int = SHOWN) -> tuple[tuple[str, ...], ...]:
    """For each group of answers up to `shown` terms of one or two words, the most telling first.

    Class-based TF-IDF (Grootendorst 2022): how many of the group's answers have the term, times log(1 +
    answers a group / answers with the term). A term is of the group only where two of its answers have it,
    if it has two.
    """
    counts = [_answers_with(group) for group in groups]
    everywhere: Counter[str] = Counter()
    for count in counts:
        everywhere.update(count)
    mean = sum(map(len, groups)) / max(len(groups), 1)
    return tuple(
        _best(count, everywhere, mean, min(2, len(group)), shown)
        for count, group in zip(counts, groups, strict=True)
    )


def _best(
    count: Counter[str], everywhere: Counter[str], mean: float, least: int, shown: int
) -> tuple[str, ...]:
    weighed = {
        term: often * log(1 + mean / everywhere[term]) * (1.5 if " " in term else 1)
        for term, often in count.items()
        if often >= least
    }
    chosen: list[str] = []
    for term in sorted(weighed, key=lambda term: (-weighed[term], term)):
        if not any(set(term.split()) & set(other.split()) for other in chosen):
            chosen.append(term)
        if len(chosen) == shown:
            break
    return tuple(chosen)


def _answers_with(answers: Iterable[str]) -> Counter[str]:
    """In how many of the answers each term is."""
    found: Counter[str] = Counter()
    for answer in answers:
        found.update(set(_terms(answer)))
    return found


def _terms(answer: str) -> Iterable[str]:
    words = WORD.findall(unicodedata.normalize("NFKC", answer).casefold())
    kept = [word if _tells(word) else "" for word in words]
    yield from filter(None, kept)
    yield from (f"{one} {two}" for one, two in pairwise(kept) if one and two)


def _tells(word: str) -> bool:
    """Whether a word may speak of a subject: no number, no lone letter (as in "e.g."), no small word."""
    return not word.isdigit() and not (word.isascii() and len(word) == 1) and word not in SMALL_WORDS
