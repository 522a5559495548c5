"""Which answers speak for a theme: candidates for quotes, best first. A person picks.

The score of a quote is the product of four parts, each from 0 to 1: central (its cosine with the middle of
the theme's other answers), distinct (1 less its cosine with the nearest other theme's middle), length (1 from
6 to 40 words) and spread (less for a person or a band that is quoted already). Our own rule, after the
practice of choosing quotes that are typical, telling, short and of several people.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from canvass.words.arrays import Vectors
from canvass.words.nearness import cosines, least_like
from canvass.words.space import Space

FEWEST_WORDS, MOST_WORDS = 6, 40
MOST_A_PERSON = 2  # quotes over a whole report
DIGITS = 4


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it would be quoted."""

    text: str  # masked
    person: str
    bands: tuple[str, ...] = ()  # what may be told of the person
    may_be_quoted: bool = False
    is_decided: bool = True  # every place that could name somebody


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A candidate with why: each part from 0 to 1. answer: its place in the space."""

    answer: int
    central: float
    distinct: float
    length: float
    spread: float
    words: int
    is_contrary: bool = False

    @property
    def score(self) -> float:
        return round(self.central * self.distinct * self.length * self.spread, DIGITS)


@dataclass(frozen=True, slots=True)
class Verbatims:
    """quotes: best first. contrary: least like the theme's others first. The rest in order of answers."""

    quotes: tuple[Verbatim, ...]
    contrary: tuple[Verbatim, ...]
    paraphrase_only: tuple[int, ...]  # their authors did not say that they may be quoted
    to_be_masked: tuple[int, ...]  # a place in them is undecided
    quoted_enough: tuple[int, ...]  # their authors have two quotes in the report


@dataclass
class _Chosen:
    """Whom the quotes so far are of. people: those of the report so far, before this theme, as well."""

    people: Counter[str]
    here: Counter[str] = field(default_factory=Counter)
    bands: Counter[str] = field(default_factory=Counter)

    def add(self, said: Said) -> None:
        self.people[said.person] += 1
        self.here[said.person] += 1
        self.bands.update(said.bands)

    def spread(self, said: Said) -> float:
        """1 where nobody like this one is quoted yet, less with each quote of the person and of the bands."""
        alike = sum(self.bands[band] for band in said.bands) / max(len(said.bands), 1)
        share = alike / max(self.here.total(), 1)
        return 1 / (1 + self.here[said.person] + share)

    def may_add(self, said: Said) -> bool:
        return self.people[said.person] < MOST_A_PERSON


def verbatims(
    space: Space,
    theme: Collection[int],
    others: Iterable[Collection[int]],
    said: Mapping[int, Said],
    *,
    quoted: Mapping[str, int] | None = None,
    shown: int = 6,
    contrary: int = 0,
) -> Verbatims:
    """Candidates for a theme.

    theme, others: the answers of this theme and of each other one, as places in the space. said: each
    answer of the theme. quoted: how many quotes of each person the report has already. contrary: how
    many voices least like the others are wanted; a theme under three answers has none.
    """
    inside = sorted(theme)
    may = [answer for answer in inside if said[answer].may_be_quoted]
    ready = [answer for answer in may if said[answer].is_decided]
    chosen = _Chosen(Counter(quoted or {}))
    enough = tuple(answer for answer in ready if not chosen.may_add(said[answer]))
    parts = _parts(space, inside, [sorted(one) for one in others if one])
    against = _contrary(space, inside, ready, said, parts, chosen, contrary)
    left = [answer for answer in ready if answer not in {one.answer for one in against}]
    return Verbatims(
        _best(left, said, parts, chosen, shown),
        against,
        tuple(answer for answer in inside if not said[answer].may_be_quoted),
        tuple(answer for answer in may if not said[answer].is_decided),
        enough,
    )


def _best(
    left: list[int],
    said: Mapping[int, Said],
    parts: Mapping[int, tuple[float, float]],
    chosen: _Chosen,
    shown: int,
) -> tuple[Verbatim, ...]:
    """One after the other, each the best beside those before it; of equals the first."""
    found: list[Verbatim] = []
    while len(found) < shown:
        fitting = [
            _verbatim(answer, said[answer], parts[answer], chosen)
            for answer in left
            if chosen.may_add(said[answer])
        ]
        if not fitting:
            break
        best = max(fitting, key=lambda one: one.score)
        found.append(best)
        left.remove(best.answer)
        chosen.add(said[best.answer])
    return tuple(found)


def _contrary(
    space: Space,
    inside: Sequence[int],
    ready: Collection[int],
    said: Mapping[int, Said],
    parts: Mapping[int, tuple[float, float]],
    chosen: _Chosen,
    wanted: int,
) -> tuple[Verbatim, ...]:
    found: list[Verbatim] = []
    for near in least_like(space, inside, len(inside)):
        if len(found) == wanted:
            break
        if near.answer in ready and chosen.may_add(said[near.answer]):
            found.append(
                _verbatim(near.answer, said[near.answer], parts[near.answer], chosen, is_contrary=True)
            )
            chosen.add(said[near.answer])
    return tuple(found)


def _verbatim(
    answer: int, said: Said, parts: tuple[float, float], chosen: _Chosen, *, is_contrary: bool = False
) -> Verbatim:
    words = len(said.text.split())
    return Verbatim(answer, *parts, _length(words), chosen.spread(said), words, is_contrary)


def _length(words: int) -> float:
    return min(words / FEWEST_WORDS, 1.0, MOST_WORDS / max(words, 1))


def _parts(
    space: Space, inside: Sequence[int], others: Sequence[Sequence[int]]
) -> dict[int, tuple[float, float]]:
    """(central, distinct) of each answer; 1 where there is nothing to compare it with."""
    central = _to_rest(space, inside, inside) if len(inside) > 1 else np.ones(len(inside))
    nearest = np.zeros(len(inside))
    for other in others:
        nearest = np.maximum(nearest, _to_rest(space, inside, other))
    return {
        answer: (round(float(np.clip(one, 0, 1)), DIGITS), round(1 - float(np.clip(two, 0, 1)), DIGITS))
        for answer, one, two in zip(inside, central, nearest, strict=True)
    }


def _to_rest(space: Space, answers: Sequence[int], theme: Sequence[int]) -> Vectors:
    """Of each answer with the middle of a theme without it."""
    total = space.features[list(theme)].sum(axis=0)
    own = np.isin(answers, theme)[:, None] * space.features[list(answers)]
    return cosines(space, answers, total - own)
