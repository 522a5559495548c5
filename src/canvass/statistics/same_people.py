"""Who changed: the change of the people who answered both times, beside the net change of all who answered.

A net change has two causes: the same people answer differently, and different people answer. With one answer
a person and wave, y, and weights u at the first wave and v at the second,

    net        = Σv·y2/Σv over all of the second wave - Σu·y1/Σu over all of the first
    same       = Σv·(y2 - y1)/Σv over those in both
    different  = net - same = joined + left + reweighted
    joined     = mean of all of the second wave - that of those in both, both with v
    left       = mean of those in both - that of all of the first wave, both with u
    reweighted = first answers of those in both, with v - the same answers with u; 0 without weights

The parts add up exactly. `same` speaks of those who answered twice, as they stand in the second wave, and
not of the panel: people who answer twice may differ from the others.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from canvass.statistics.arrays import Booleans, Floats, Integers, numeric
from canvass.statistics.comparisons import Contrast, contrast
from canvass.statistics.cube import Cube
from canvass.statistics.waves import left_over

_PARTS = {  # of the means _means() gives: second, first, both second, both first with v, both first with u
    "net": (1, -1, 0, 0, 0),
    "different": (1, -1, -1, 1, 0),
    "joined": (1, 0, -1, 0, 0),
    "left": (0, -1, 0, 0, 1),
    "reweighted": (0, 0, 0, 1, -1),
}


class Split(NamedTuple):
    """A net change and what it is made of; `net` is `same` + `different`."""

    net: Contrast
    same: Contrast  # `matched_change`
    different: Contrast  # joined + left + reweighted
    joined: Contrast
    left: Contrast
    reweighted: Contrast
    pairs: int  # people in both waves
    effective_pairs: float  # what they are worth with the weights of the second
    before: float  # their mean at the first wave, with the weights of the second
    after: float  # their mean at the second


def matched_change(
    cube: Cube,
    values: Floats | Booleans,
    first: Booleans,
    second: Booleans,
    *,
    level: float = 0.95,
    population: float | Floats | None = None,
) -> Contrast:
    """The mean change of those who answered both times, with their weights of the second wave.

    cube:          a person cube: persons as clusters.
    values:        (K,) as in `linked_waves`.
    first, second: masks over flat cells, such as `cube.group(0)`.
    population:    people (of each stratum) behind; for the finite population correction.

    Those in both are taken as the sample: df is their number minus the strata they lie in. Raises DesignError
    where the cube has no clusters or the population is too small.
    Source: survey::svymean of the paired differences in R.
    """
    return _matched(_Answers.of(cube, values, first, second, population), level)


def split_change(
    cube: Cube,
    values: Floats | Booleans,
    first: Booleans,
    second: Booleans,
    *,
    level: float = 0.95,
    population: float | Floats | None = None,
) -> Split | None:
    """The net change, split into "same people changed" and "different people answered", each with its error.

    Arguments as in `matched_change`. None where nobody answered both times: there is nothing to split.

    `net` and the parts of `different` are linear in five weighted means, whose covariance is linearised with
    the person as unit, as in `linked_waves`; `same` is `matched_change` with its own standard error. Weights
    are taken as they are, also where they were fitted.
    """
    answers = _Answers.of(cube, values, first, second, population)
    pairs = int(answers.both.sum())
    if pairs == 0:
        return None
    means, scores, inside = answers.means()
    spread = cube.unit_covariances(scores)
    if population is not None:
        spread = spread * left_over(inside, answers.stratum, population, len(cube.units))
    df = answers.degrees((answers.w > 0).any(axis=0))
    parts = {
        name: contrast(means, spread.sum(axis=0), np.array(one, dtype=float), df=df, level=level)
        for name, one in _PARTS.items()
    }
    _, _, after, before, _ = means.tolist()
    same, worth = _matched(answers, level), answers.effective_pairs
    return Split(same=same, pairs=pairs, effective_pairs=worth, before=before, after=after, **parts)


@dataclass(frozen=True, slots=True, eq=False)
class _Answers:
    """C people's answers to one item in two waves."""

    w: Floats  # (2, C) weights; 0 where there is no answer
    y: Floats  # (2, C) answers; the mean of several
    stratum: Integers  # (C,)
    left: Floats  # (S,) what the finite population leaves of the variance of the matched

    @classmethod
    def of(
        cls,
        cube: Cube,
        values: Floats | Booleans,
        first: Booleans,
        second: Booleans,
        population: float | Floats | None,
    ) -> "_Answers":
        persons, known = cube.people_by_cluster(), numeric(values)
        masks = np.stack([cube.within(first), cube.within(second)]) * cube.spread(known)
        w = persons.totals(masks)
        summed = persons.totals(masks * cube.spread(np.where(known, values, 0.0)))
        left = np.ones(len(cube.units))
        if population is not None:
            both = (w > 0).all(axis=0)
            left = left_over(both[None], persons.stratum, population, len(cube.units))[:, 0, 0]
        return cls(w, summed / np.where(w > 0, w, 1.0), persons.stratum, left)

    @property
    def both(self) -> Booleans:
        return np.asarray((self.w > 0).all(axis=0))

    @property
    def effective_pairs(self) -> float:
        """Kish's effective base of those in both, with their weights of the second wave."""
        weight = self.w[1, self.both]
        return float(weight.sum() ** 2 / (weight @ weight))

    def means(self) -> tuple[Floats, Floats, Booleans]:
        """The five means of `_PARTS`, a weighted score a person for each, and who is in each."""
        u, v = self.w
        weights = np.stack([v, u, v * self.both, v * self.both, u * self.both])
        answers = self.y[[1, 0, 1, 0, 0]]
        totals = weights.sum(axis=1)
        means = (weights * answers).sum(axis=1) / totals
        return means, weights * (answers - means[:, None]) / totals[:, None], weights > 0

    def degrees(self, inside: Booleans) -> int:
        return int(inside.sum()) - len(np.unique(self.stratum[inside]))


def _matched(answers: _Answers, level: float) -> Contrast:
    both = answers.both
    if not both.any():
        return Contrast(None, None, 0, None, None, None)
    weight, moved = answers.w[1, both], answers.y[1, both] - answers.y[0, both]
    mean = float(weight @ moved) / float(weight.sum())
    variance = _variance(weight * (moved - mean) / weight.sum(), answers.stratum[both], answers.left)
    df = answers.degrees(both)
    return contrast(np.array([mean]), np.array([[variance]]), np.ones(1), df=df, level=level)


def _variance(scores: Floats, stratum: Integers, left: Floats) -> float:
    """Of a total over the matched people as the sample; NaN where a stratum holds one of them."""
    total = 0.0
    for one in np.unique(stratum):
        z = scores[stratum == one]
        factor = len(z) / (len(z) - 1) if len(z) > 1 else np.nan
        total += left[one] * factor * float(((z - z.mean()) ** 2).sum())
    return total
