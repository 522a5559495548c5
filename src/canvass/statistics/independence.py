"""Whether an answer and a group go together: Rao and Scott's corrected chi-square."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from canvass.statistics.arrays import Booleans, Floats
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import f_upper_tail
from canvass.statistics.estimates import linearised


@dataclass(frozen=True, slots=True)
class Independence:
    """The second-order corrected F. `df1` and `df2` are fractions in general."""

    statistic: float
    df1: float
    df2: float
    p: float


def rao_scott(cube: Cube, answers: Booleans, *, df: int) -> Independence | None:
    """Test the answers of a grouped cube against its groups; None where there is nothing to test.

    answers: (R, K) exclusive answers, each a set of cells; people with none of them, or in no group, are a
             domain.
    df:      denominator degrees of freedom: of the full design, or of the answered domain where it is the
             sample.

    Answers and groups that nobody is in are left out. There is no test with fewer than two of either.
    Source: Rao and Scott (1984), Annals of Statistics 12, 46-60; R's survey::svychisq(statistic = "F").
    """
    answers = np.atleast_2d(np.asarray(answers, dtype=bool))
    people = cube.n.sum(axis=0)[:-1]
    rows = answers[(people.sum(axis=0) * answers).any(axis=1)]
    columns = np.flatnonzero(people[:, answers.any(axis=0)].any(axis=1))
    if len(rows) < 2 or len(columns) < 2 or df < 1:
        return None
    groups = np.repeat(np.eye(cube.groups + 1)[columns], cube.cells, axis=1)
    cross = (cube.spread(rows)[:, None] * groups).reshape(-1, groups.shape[1])
    found, scores = linearised(cube, cross, cross.any(axis=0))
    spread = cube.covariance(scores)
    delta = _design_effects(found, spread, len(rows), len(columns))
    if delta is None or not np.isfinite(delta).all():
        return None
    return _second_order(_pearson(found.reshape(len(rows), len(columns))), delta, df)


def _pearson(p: Floats) -> float:
    """Σ(p - expected)²/expected of a table of proportions: Pearson's chi-square a person."""
    expected = np.outer(p.sum(axis=1), p.sum(axis=0))
    return float(((p - expected) ** 2 / expected).sum())


def _design_effects(p: Floats, spread: Floats, rows: int, columns: int) -> Floats | None:
    """Rao and Scott's matrix of generalised design effects, for one person; None where it cannot be had."""
    interaction = _interaction(rows, columns)
    inverse = np.where(p > 0, 1 / np.where(p > 0, p, 1.0), 0.0)
    simple = interaction.T @ (inverse[:, None] * interaction)
    if not p.all() and np.linalg.matrix_rank(simple) < simple.shape[0]:
        return None
    observed = interaction.T @ (inverse[:, None] * spread * inverse) @ interaction
    return np.asarray(np.linalg.solve(simple, observed))


@lru_cache(maxsize=64)
def _interaction(rows: int, columns: int) -> Floats:
    return np.asarray(np.kron(_contrasts(rows), _contrasts(columns)), dtype=float)


def _contrasts(size: int) -> Floats:
    """(size, size-1) columns that sum to zero."""
    return np.vstack([np.eye(size - 1), -np.ones(size - 1)])


def _second_order(pearson: float, delta: Floats, df: int) -> Independence | None:
    trace = float(np.trace(delta))
    if trace <= 0:
        return None
    df1 = trace**2 / float(np.trace(delta @ delta))
    statistic = pearson / trace
    return Independence(statistic, df1, df1 * df, f_upper_tail(statistic, df1, df1 * df))
