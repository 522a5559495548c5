"""Means of groups whose distribution is hidden: printed to one decimal, and what a reader learns from them.

A mean, its base and its interval are sums over the distribution, so each is a fact about the hidden cells.
The reader is taken to know how the interval is made, the printed differences between groups, and those
between a group and all others.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.small_bases import Caution
from canvass.tables.disclosure.blocks import Fact
from canvass.tables.disclosure.printing import HAIR, HALF_A_TENTH, printed
from canvass.tables.values import Figure

if TYPE_CHECKING:
    from canvass.tables.disclosure.crosstabs import Held

UNREADABLE = (Caution.COUNTS_ONLY, Caution.NO_FIGURE)


def mean_facts(held: "Held") -> list[Fact]:
    """What the printed means of a rating's groups, and their differences, tell of the cells."""
    assert held.answers is not None
    assert held.total.item.scale is not None
    points = np.array(held.total.item.scale.points(), dtype=float)
    means = _Means(held.answers.counts, held.worth, points)
    shown = {int(column): _mean(held, int(column)) for column in np.flatnonzero(held.means)}
    columns = [column for column, mean in shown.items() if mean.caution not in UNREADABLE]
    facts = [fact for column in columns for fact in means.of(column, shown[column])]
    facts += [means.between(a, b) for a, b in combinations(columns, 2)]
    facts += [means.beside_rest(column) for column in columns]
    return facts


def _mean(held: "Held", column: int) -> Figure:
    found = held.table.groups[column].figures
    return next(one for one in found if isinstance(one, Figure) and one.statistic == "mean")


class _Means:
    """Means of the columns of a block: counts (R, C), what a person in each cell is worth, points (R,)."""

    def __init__(self, counts: Integers, worth: Floats | None, points: Floats) -> None:
        self._worth = np.ones(counts.shape) if worth is None else worth
        self._counts, self._points = counts, points
        self._weight = (counts * self._worth).sum(axis=0)
        self._each = self._worth * points[:, None] / np.where(self._weight > 0, self._weight, 1.0)
        self._mean = (self._each * counts).sum(axis=0)

    def of(self, column: int, told: Figure) -> Iterator[Fact]:
        """The mean itself, and the spread that its interval tells."""
        worth, reach = self._worth[:, column], HALF_A_TENTH * self._weight[column]
        centred = self._points - (printed(float(self._mean[column])) or 0.0)
        yield self._fact(column, centred * worth, -reach, reach)
        if told.low is None or told.high is None or told.low == told.high:
            return
        half = (told.high - told.low) / 2
        shown = ((printed(told.high) or 0.0) - (printed(told.low) or 0.0)) / 2
        spread = float(((self._points - self._mean[column]) * worth) ** 2 @ self._counts[:, column])
        low, high = max(shown - HALF_A_TENTH, 0.0) / half, (shown + HALF_A_TENTH) / half
        beside = HALF_A_TENTH**2 * float(worth**2 @ self._counts[:, column])  # told about the printed mean
        yield self._fact(column, (centred * worth) ** 2, spread * low**2, spread * high**2 + beside)

    def between(self, a: int, b: int) -> Fact:
        """The printed difference of two means."""
        weights = np.zeros(self._counts.shape)
        weights[:, a], weights[:, b] = self._each[:, a], -self._each[:, b]
        return self._difference(weights)

    def beside_rest(self, column: int) -> Fact:
        """The printed difference of a group and all other groups; people in no group are in neither."""
        others = np.arange(len(self._weight)) != column
        others[-1] = False
        weights = np.zeros(self._counts.shape)
        weights[:, column] = self._each[:, column]
        rest = self._weight[others].sum()
        if rest:
            weights[:, others] = -(self._each * self._weight)[:, others] / rest
        return self._difference(weights)

    def _difference(self, weights: Floats) -> Fact:
        told = printed(float((weights * self._counts).sum())) or 0.0
        return Fact(weights, told - HALF_A_TENTH - HAIR, told + HALF_A_TENTH + HAIR)

    def _fact(self, column: int, weights: Floats, low: float, high: float) -> Fact:
        placed = np.zeros(self._counts.shape)
        placed[:, column] = weights
        return Fact(placed, low - HAIR, high + HAIR)
