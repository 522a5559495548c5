"""Whether an answer and a group go together: Rao and Scott's corrected chi-square."""

from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers
from canvass.statistics.cube import Cube
from canvass.statistics.distributions import f_upper_tail


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
    people = cube.n.sum(axis=0)[:-1] @ answers.T.astype(float)
    rows, columns = people.any(axis=0), np.flatnonzero(people.any(axis=1))
    if rows.sum() < 2 or len(columns) < 2 or df < 1:
        return None
    share, spread = _shares(cube, columns, answers[rows])
    delta = _design_effects(share, spread)
    if delta is None or not np.isfinite(delta).all():
        return None
    return _second_order(_pearson(share), delta, df)


def _shares(cube: Cube, groups: Integers, answers: Booleans) -> tuple[Floats, Floats]:
    """The share of everybody here that each group and answer has (C, R), and the shares' covariance."""
    sums = cube.w.sum(axis=0)[groups] @ answers.T.astype(float)
    totals = cube.covariance_of_cells(groups, answers)
    whole, share = sums.sum(), sums.ravel() / sums.sum()
    # The base of the shares varies, too: totals - s·t' - t·s' + s·s'·Σt, with half of the last in each.
    mixed = share[:, None] * (totals.sum(axis=0) - totals.sum() / 2 * share)
    spread = (totals - mixed - mixed.T) / whole**2
    return share.reshape(sums.shape), spread


def _pearson(p: Floats) -> float:
    """Σ(p - expected)²/expected of a table of proportions: Pearson's chi-square a person."""
    expected = p.sum(axis=1)[:, None] * p.sum(axis=0)
    return float(((p - expected) ** 2 / expected).sum())


def _design_effects(p: Floats, spread: Floats) -> Floats | None:
    """Rao and Scott's matrix of generalised design effects, for one person; None where it cannot be had.

    p: (C, R) shares; spread: their covariance.
    """
    inverse = np.where(p > 0, 1 / np.where(p > 0, p, 1.0), 0.0).ravel()
    simple = _interactions(np.diag(inverse), p.shape)
    if not p.all() and np.linalg.matrix_rank(simple) < len(simple):
        return None
    observed = _interactions(inverse[:, None] * spread * inverse, p.shape)
    return np.asarray(np.linalg.solve(simple, observed))


def _interactions(square: Floats, shape: tuple[int, ...]) -> Floats:
    """(CR, CR) to ((C-1)(R-1), same): on both sides, each row and column of a table less its last."""
    found = square.reshape(shape * 2)
    found = found[:-1] - found[-1:]
    found = found[:, :-1] - found[:, -1:]
    found = found[:, :, :-1] - found[:, :, -1:]
    found = found[..., :-1] - found[..., -1:]
    kept = found.shape[0] * found.shape[1]
    return found.reshape(kept, kept)


def _second_order(pearson: float, delta: Floats, df: int) -> Independence | None:
    trace = float(np.trace(delta))
    if trace <= 0:
        return None
    df1 = trace**2 / float((delta * delta.T).sum())
    statistic = pearson / trace
    return Independence(statistic, df1, df1 * df, f_upper_tail(statistic, df1, df1 * df))
