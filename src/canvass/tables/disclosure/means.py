"""Means of groups whose distribution is hidden: printed to one decimal, and what a reader learns from them.

A mean, its base and its interval are sums over the distribution, so each is a fact about the hidden cells.
The reader is taken to know how the interval is made, the printed differences between groups, and those
between a group and all others.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from canvass.statistics.arrays import Floats
from canvass.statistics.small_bases import COUNTS_ONLY_UNDER
from canvass.tables import wording
from canvass.tables.crosstab import GroupDifference
from canvass.tables.disclosure.blocks import Fact
from canvass.tables.values import Figure

if TYPE_CHECKING:
    from canvass.tables.disclosure.crosstabs import Held

PLACES = 1  # decimals of a printed mean
HALF = 0.5 * 10**-PLACES  # a printed number lies so close to the true one
HAIR = 1e-9  # so much a sum in floating point may lie beside the true one


def printed(value: float | None) -> float | None:
    """A mean or a limit as it is printed."""
    return None if value is None else float(wording.rounded(value, PLACES))


def as_printed(figure: Figure) -> Figure:
    """A mean with its interval as printed, without what is made of the distribution besides."""
    low, high = printed(figure.low), printed(figure.high)
    return replace(
        figure,
        estimate=printed(figure.estimate),
        standard_error=None,
        low=low,
        high=high,
        design_effect=None,
    )


def difference_as_printed(one: GroupDifference) -> GroupDifference:
    """A difference of means as printed."""
    estimate = printed(one.estimate)
    assert estimate is not None
    return one._replace(
        estimate=estimate,
        standard_error=None,
        low=printed(one.low),
        high=printed(one.high),
        p=None if one.p is None else float(wording.rounded(one.p, 3)),
        p_adjusted=None if one.p_adjusted is None else float(wording.rounded(one.p_adjusted, 3)),
    )


def mean_facts(held: "Held") -> list[Fact]:
    """What the printed means of a rating's groups, and their differences, tell of the cells."""
    assert held.answers is not None
    assert held.total.item.scale is not None
    points = np.array(held.total.item.scale.points(), dtype=float)
    means = _Means(held.answers.counts.astype(float), points)
    columns = [int(one) for one in np.flatnonzero(held.means) if means.people[one] >= COUNTS_ONLY_UNDER]
    intervals = {column: _interval(held, column) for column in columns}
    facts = [fact for column in columns for fact in means.of(column, intervals[column])]
    facts += [means.between(a, b) for a, b in combinations(columns, 2)]
    facts += [means.beside_rest(column) for column in columns]
    return facts


def _interval(held: "Held", column: int) -> tuple[float, float] | None:
    found = held.table.groups[column].figures
    mean = next(one for one in found if isinstance(one, Figure) and one.statistic == "mean")
    return None if mean.low is None or mean.high is None else (mean.low, mean.high)


class _Means:
    """Means of the columns of a block: points (R,), counts (R, C)."""

    def __init__(self, counts: Floats, points: Floats) -> None:
        self._counts, self._points = counts, points
        self.people = counts.sum(axis=0)
        with np.errstate(invalid="ignore"):
            self._mean = np.where(self.people > 0, points @ counts / self.people, 0.0)

    def of(self, column: int, interval: tuple[float, float] | None) -> Iterator[Fact]:
        """The mean itself, and the spread that its interval tells."""
        people = self.people[column]
        told = printed(float(self._mean[column])) or 0.0
        centred = self._points - told
        yield self._fact(column, centred, -HALF * people, HALF * people)
        if interval is None or interval[0] == interval[1]:
            return
        half = (interval[1] - interval[0]) / 2
        shown = ((printed(interval[1]) or 0.0) - (printed(interval[0]) or 0.0)) / 2
        spread = float((self._points - self._mean[column]) ** 2 @ self._counts[:, column])
        low, high = max(shown - HALF, 0.0) / half, (shown + HALF) / half
        yield self._fact(column, centred**2, spread * low**2, spread * high**2 + HALF**2 * people)

    def between(self, a: int, b: int) -> Fact:
        """The printed difference of two means."""
        weights = np.zeros(self._counts.shape)
        weights[:, a] = self._points / self.people[a]
        weights[:, b] = -self._points / self.people[b]
        return self._difference(weights)

    def beside_rest(self, column: int) -> Fact:
        """The printed difference of a group and all other groups; people in no group are in neither."""
        others = np.arange(len(self.people)) != column
        others[-1] = False
        weights = np.zeros(self._counts.shape)
        weights[:, column] = self._points / self.people[column]
        rest = self.people[others].sum()
        if rest:
            weights[:, others] = -self._points[:, None] / rest
        return self._difference(weights)

    def _difference(self, weights: Floats) -> Fact:
        told = printed(float((weights * self._counts).sum())) or 0.0
        return Fact(weights, told - HALF - HAIR, told + HALF + HAIR)

    def _fact(self, column: int, weights: Floats, low: float, high: float) -> Fact:
        placed = np.zeros(self._counts.shape)
        placed[:, column] = weights
        return Fact(placed, low - HAIR, high + HAIR)
