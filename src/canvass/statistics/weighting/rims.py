"""The rim problem: base weights, margins and perhaps a cap, collapsed to occupied cells and solved there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.weighting.ceilings import Beyond, reachable
from canvass.statistics.weighting.fitting import fit, largest_error, margin_sums
from canvass.statistics.weighting.margins import Margin, WeightingError
from canvass.statistics.weighting.occupied import OccupiedCells, occupied_cells

REACHED = 1e-6  # relative; a target lowered by less was reached


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """The solution: weights, how near they come, and what the cap did."""

    weight: Floats  # (rows,)
    sums: Sequence[Floats]  # for each margin (K+1,) Σw of the unknown and of each category
    sweeps: int
    error: float  # largest |weighted / target - 1| over all categories
    capped: int  # rows at the cap
    beyond: tuple[Beyond, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rims:
    """A problem to solve. Made by `rims`."""

    margins: Sequence[Margin]
    base: Floats | None  # (rows,)
    cells: OccupiedCells
    start: Floats  # (C,) Σ base
    wanted: Sequence[Floats]  # for each margin (K+1,), the unknown first
    cap: float | None  # the most that a row may weigh

    def solve(self, tolerance: float) -> Raked:
        """Rake the cells, then give each row its base weight times the factor of its cell."""
        members = self.cells.members[: len(self.margins)]
        people = np.where(self.start > 0, self.cells.people, 0)
        ceilings = None if self.cap is None else self.cap * people
        targets = self.wanted if ceilings is None else self._reachable(members, ceilings)
        fitted = fit(self.start, members, targets, ceilings=ceilings, tolerance=tolerance)
        sums = margin_sums(fitted.weights, members, self.wanted)
        factors = self.cells.spread(fitted.weights / np.where(self.start > 0, self.start, 1.0))
        return Raked(
            weight=factors if self.base is None else self.base * factors,
            sweeps=fitted.sweeps,
            sums=sums,
            error=largest_error(sums, self.wanted),
            capped=0 if ceilings is None else int(people[fitted.weights >= ceilings].sum()),
            beyond=tuple(self._beyond(targets)),
        )

    def _reachable(self, members: Sequence[Integers], ceilings: Floats) -> list[Floats]:
        pairs = zip(members, self.wanted, strict=True)
        return [
            reachable(wanted, np.bincount(codes, ceilings, minlength=len(wanted))) for codes, wanted in pairs
        ]

    def _beyond(self, targets: Sequence[Floats]) -> Iterator[Beyond]:
        for margin, wanted, target in zip(self.margins, self.wanted, targets, strict=True):
            known = wanted[1:].sum()
            for place in np.flatnonzero(target[1:] < wanted[1:] * (1 - REACHED)):
                shares = (float(one[place + 1] / known) for one in (wanted, target))
                yield Beyond(margin.name, margin.categories[place], *shares)


def rims(base: Floats | None, margins: Sequence[Margin], trim: float | None, total: float) -> Rims:
    """Collapse the rows; with a cap, to people who have one base weight, too.

    Raises WeightingError where a category is left with nobody.
    """
    codes, sizes = [margin.codes for margin in margins], [len(margin.categories) for margin in margins]
    if trim is not None and base is not None:
        distinct, place = np.unique(base, return_inverse=True)
        codes, sizes = [*codes, place], [*sizes, len(distinct)]
    cells = occupied_cells(codes, sizes)
    start = cells.sums(base)
    pairs = zip(margins, cells.members, strict=False)  # the members of base weights are no margin
    wanted = [_targets(margin, members, start, total) for margin, members in pairs]
    rows = len(codes[0]) if base is None else np.count_nonzero(base)
    return Rims(margins, base, cells, start, wanted, None if trim is None else trim * total / rows)


def _targets(margin: Margin, members: Integers, start: Floats, total: float) -> Floats:
    """(K+1,) Σw wanted of the unknown, who keep their share, and of each category."""
    found = np.bincount(members, start, minlength=len(margin.categories) + 1)
    unknown = found[0] / found.sum()
    target = total * np.concatenate([[unknown], (1 - unknown) * margin.shares])
    lost = np.flatnonzero((found == 0) & (target > 0))
    if len(lost):
        raise WeightingError(
            f"{margin.name}: nobody is left in {margin.categories[lost[0] - 1]}; "
            "join it to a neighbouring category."
        )
    return np.asarray(target)
