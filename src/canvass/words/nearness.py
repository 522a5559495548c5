"""What to look at next for a theme: uncoded answers most like it, and coded ones least like it."""

from collections.abc import Collection, Sequence

import numpy as np

from canvass.words.arrays import Vectors
from canvass.words.fitting import Near
from canvass.words.space import Space

DIGITS = 4
LEAST = 1e-6  # a length below is none


def most_like(
    space: Space, theme: Collection[int], others: Collection[int], shown: int = 10
) -> tuple[Near, ...]:
    """Of the other answers those most like the theme's, nearest first. Nothing where the theme has no
    answers.
    """
    outside = sorted(set(others) - set(theme))
    if not theme or not outside:
        return ()
    near = cosines(space, outside, space.features[sorted(theme)].mean(axis=0)[None])
    order = np.argsort(-near, kind="stable")[:shown]
    return tuple(Near(outside[at], float(near[at])) for at in order)


def least_like(space: Space, theme: Collection[int], shown: int = 10) -> tuple[Near, ...]:
    """Of a theme's answers those least like its others, farthest first. Nothing under three answers."""
    inside = sorted(theme)
    if len(inside) < 3:
        return ()
    rows = space.features[inside]
    near = cosines(space, inside, (rows.sum(axis=0) - rows) / np.float32(len(inside) - 1))
    order = np.argsort(near, kind="stable")[:shown]
    return tuple(Near(inside[at], float(near[at])) for at in order)


def cosines(space: Space, answers: Sequence[int], middles: Vectors) -> Vectors:
    """Of each answer with the one middle, or with its own."""
    rows = space.features[list(answers)]
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(middles, axis=1)
    products = (rows * middles).sum(axis=1)
    found = np.divide(products, lengths, out=np.zeros_like(products), where=lengths > LEAST)
    rounded: Vectors = np.round(found, DIGITS)
    return rounded
