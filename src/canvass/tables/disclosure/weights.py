"""Weighted tables: what a weighted total tells of the people in hidden cells.

The reader is taken to know what people are worth on average in each cell, as somebody does who knows the
weights' targets, and the weighted sums as far as printed shares give them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from canvass.statistics.arrays import Floats
from canvass.tables.disclosure.blocks import Block, Fact
from canvass.tables.disclosure.printing import HAIR, HALF_A_PER_CENT, is_weighted, printed
from canvass.tables.values import Figure

if TYPE_CHECKING:
    from canvass.tables.disclosure.crosstabs import Held


def worth_of(held: "Held", block: Block) -> Floats | None:
    """(R, C) what a person in each cell counts on average; None where everybody counts once."""
    if not is_weighted(held.total):
        return None
    weights = np.array([_weight(group.weighted_base) for group in held.table.groups])
    lines = [one for one in held.total.figures if one.statistic == "share"][: len(block.counts)]
    sums = np.array([_sums(held, figure, weights) for figure in lines])
    total = np.append(weights, held.total.weighted_base - weights.sum())
    average = total / np.maximum(held.bases, 1)
    return np.where(block.counts > 0, sums / np.maximum(block.counts, 1), average[None, :])


def _weight(weighted_base: object) -> float:
    assert isinstance(weighted_base, float)  # of a counted table
    return weighted_base


def _sums(held: "Held", figure: Figure, weights: Floats) -> Floats:
    """(C,) the weighted people behind one share."""
    place = held.total.figures.index(figure)
    shares = [
        line.estimate for group in held.table.groups if isinstance(line := group.figures[place], Figure)
    ]
    found = np.array([share or 0.0 for share in shares]) * weights
    return np.append(found, (figure.estimate or 0.0) * held.total.weighted_base - found.sum())


def weighted_facts(block: Block, worth: Floats, weighted_base: float) -> Iterator[Fact]:
    """What the printed weighted share of each answer tells, and that of a group's."""
    sums = worth * block.counts
    for row, people in enumerate(sums.sum(axis=1)):
        weights = np.zeros(worth.shape)
        weights[row] = worth[row]
        share = printed(float(people) / weighted_base, 2) or 0.0
        low, high = (share + sign * HALF_A_PER_CENT for sign in (-1, 1))
        yield Fact(weights, low * weighted_base - HAIR, high * weighted_base + HAIR)
    if not block.exclusive:
        return
    for column, told in enumerate(sums.sum(axis=0)):
        weights = np.zeros(worth.shape)
        weights[:, column] = worth[:, column]
        reach = HALF_A_PER_CENT * len(worth) * float(told)
        yield Fact(weights, float(told) - reach, float(told) + reach)
