"""Four warnings on a codebook, each a plain sentence; none stops anybody.

The limits are those that the British government's themefinder sets for its themes (i.AI, 2025).
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

import numpy as np

from canvass.words.arrays import Embedder, Vectors
from canvass.words.embedding import TABLE

MOST_THEMES = 70
FEWEST_ANSWERS, FEWEST_SHARE = 5, 0.001
ALIKE_NAMES, SAME_ANSWERS = 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Warned:
    """check: many, few, names or answers. themes: which it is about, in order. sentence: for a person."""

    check: str
    themes: tuple[str, ...]
    sentence: str


def check_codebook(
    answers_of: Mapping[str, Set[int]], answers: int, embedder: Embedder = TABLE
) -> tuple[Warned, ...]:
    """What a second look might be given. answers_of: a theme's name to its answers. answers: coded in all."""
    names = sorted(answers_of)
    return (*_many(names), *_few(names, answers_of, answers), *_pairs(names, answers_of, embedder))


def _many(names: list[str]) -> tuple[Warned, ...]:
    if len(names) <= MOST_THEMES:
        return ()
    said = f"There are {len(names)} themes; above {MOST_THEMES} nobody reads them all. Merge some."
    return (Warned("many", (), said),)


def _few(names: list[str], answers_of: Mapping[str, Set[int]], answers: int) -> tuple[Warned, ...]:
    least = max(FEWEST_ANSWERS, int(np.ceil(answers * FEWEST_SHARE - 1e-9)))
    return tuple(
        Warned(
            "few",
            (name,),
            f'"{name}" has {_answers(len(answers_of[name]))}, fewer than {least}. '
            "Merge it, or say in a memo why it stands alone.",
        )
        for name in names
        if len(answers_of[name]) < least
    )


def _answers(count: int) -> str:
    return "one answer" if count == 1 else f"{count or 'no'} answers"


def _pairs(names: list[str], answers_of: Mapping[str, Set[int]], embedder: Embedder) -> tuple[Warned, ...]:
    alike = _alike(names, embedder)
    found: list[Warned] = []
    for first in range(len(names)):
        for second in range(first + 1, len(names)):
            pair = names[first], names[second]
            if alike[first, second] >= ALIKE_NAMES:
                said = f'"{pair[0]}" and "{pair[1]}" have nearly the same name. Rename one, or merge them.'
                found.append(Warned("names", pair, said))
            both, either = (
                answers_of[pair[0]] & answers_of[pair[1]],
                answers_of[pair[0]] | answers_of[pair[1]],
            )
            if either and len(both) / len(either) >= SAME_ANSWERS:
                said = (
                    f'"{pair[0]}" and "{pair[1]}" share {len(both)} of their {len(either)} answers. '
                    "Are they one theme?"
                )
                found.append(Warned("answers", pair, said))
    return tuple(found)


def _alike(names: list[str], embedder: Embedder) -> Vectors:
    """Cosines of what the names mean; 1 where two are the same but for capitals and spaces."""
    vectors = embedder.embed(names)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    plain = np.array([" ".join(name.casefold().split()) for name in names])
    found: Vectors = np.where(plain[:, None] == plain[None], np.float32(1), unit @ unit.T)
    return found
