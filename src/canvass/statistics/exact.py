"""Tests for tables in which few people are expected in a cell, from counts of people that count alike."""

from math import exp, lgamma

import numpy as np

from canvass.statistics.arrays import Floats, Integers

FEWEST_EXPECTED = 5  # under it, no test that rests on large numbers
_SAME = 1 + 1e-7  # tables this near to the observed one's chance are as rare as it (R)
_AT_ONCE = 500_000  # labels shuffled together


def lowest_expected(counts: Integers) -> float:
    """The smallest count to be expected in a table (R, C) if rows and columns did not go together.

    Rows and columns without anybody are left out; infinite for an empty table.
    """
    rows, columns = (side[side > 0] for side in (counts.sum(axis=1), counts.sum(axis=0)))
    return float(rows.min() * columns.min() / rows.sum()) if rows.sum() else float("inf")


def fisher(hits_a: int, base_a: int, hits_b: int, base_b: int) -> float:
    """Fisher's exact test, two-sided: whether two shares of different people differ.

    The sum of the chances of all tables with these margins that are no likelier than the one observed.
    Raises ValueError for more hits than people.
    Source: Fisher (1935), The Design of Experiments; R's fisher.test.
    """
    if not (0 <= hits_a <= base_a and 0 <= hits_b <= base_b):
        raise ValueError("A share has from 0 people to all of its base; check the counts.")
    hits = hits_a + hits_b
    possible = range(max(0, hits - base_b), min(hits, base_a) + 1)
    logs = [_log_choose(base_a, one) + _log_choose(base_b, hits - one) for one in possible]
    highest = max(logs)
    chances = [exp(one - highest) for one in logs]
    observed = chances[hits_a - possible.start] * _SAME
    return min(1.0, sum(one for one in chances if one <= observed) / sum(chances))


def permutation(counts: Integers, rng: "np.random.Generator", *, draws: int = 9_999) -> float:
    """Whether the rows and columns of a table (R, C) of different people go together, by shuffling people.

    rng: makes the draws, so that the same one gives the same p. A table that cannot vary gives 1.

    Raises ValueError for anything but whole numbers of people.

    The share of tables, the observed one among them, whose Pearson chi-square is at least the observed one's.
    Source: Davison and Hinkley (1997), Bootstrap Methods and their Application, section 4.3; R's
    chisq.test(simulate.p.value = TRUE).
    """
    counts = np.asarray(counts)
    if counts.dtype.kind not in "iu" or counts.ndim != 2 or (counts < 0).any():
        raise ValueError("A table to be shuffled holds whole numbers of people, in rows and columns.")
    kept = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(kept.shape, default=0) < 2:
        return 1.0
    expected = np.outer(kept.sum(axis=1), kept.sum(axis=0)) / kept.sum()
    row, column = (np.repeat(np.indices(kept.shape)[side].ravel(), kept.ravel()) for side in (0, 1))
    at_least = _chi_square(kept.ravel(), expected) / _SAME
    extreme, left, size = 0, draws, max(1, _AT_ONCE // len(row))
    while left:
        shuffled = rng.permuted(np.tile(column, (min(size, left), 1)), axis=1)
        extreme += int((_chi_square(_tables(row, shuffled, kept.shape), expected) >= at_least).sum())
        left -= len(shuffled)
    return (extreme + 1) / (draws + 1)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _chi_square(counts: Integers, expected: Floats) -> Floats:
    return np.asarray(((counts - expected.ravel()) ** 2 / expected.ravel()).sum(axis=-1))


def _tables(row: Integers, columns: Integers, shape: tuple[int, ...]) -> Integers:
    """(draws, R·C) counts of each shuffling."""
    cells, draws = shape[0] * shape[1], len(columns)
    places = np.arange(draws)[:, None] * cells + row * shape[1] + columns
    return np.asarray(np.bincount(places.ravel(), minlength=draws * cells).reshape(draws, cells))
