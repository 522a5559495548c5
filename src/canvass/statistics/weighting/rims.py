"""The rim problem: base weights, margins and perhaps a cap, collapsed to occupied cells and solved there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.weighting.ceilings import Beyond, reachable
from canvass.statistics.weighting.diagnostics import Diagnostics, diagnose
from canvass.statistics.weighting.fitting import fit, largest_error, margin_sums
from canvass.statistics.weighting.margins import Margin, WeightingError, refuse_unmatched
from canvass.statistics.weighting.occupied import OccupiedCells, occupied_cells

REACHED = 1e-6  # relative; a target lowered by less was reached


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """The solution: weights, how near they come, and what the cap did."""

    weight: Floats  # (rows,)
    people: Sequence[Integers]  # for each margin (K+1,) respondents, those of whom nothing is known first
    sums: Sequence[Floats]  # the same of Σw
    diagnostics: Diagnostics
    capped: int  # rows at the cap
    beyond: tuple[Beyond, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rims:
    """A problem to solve. Made by `rims`."""

    margins: Sequence[Margin]
    base: Floats | None  # (rows,)
    cells: OccupiedCells
    start: Floats  # (C,) Σ base
    people: Sequence[Integers]  # for each margin (K+1,) respondents, those of whom nothing is known first
    wanted: Sequence[Floats]  # the same of Σw
    cap: float | None  # the most that a row may weigh

    def solve(self, tolerance: float) -> Raked:
        """Rake the cells, then give each row its base weight times the factor of its cell."""
        members = self.cells.members[: len(self.margins)]
        people = np.where(self.start > 0, self.cells.people, 0)
        ceilings = None if self.cap is None else self.cap * people
        targets = self.wanted if ceilings is None else self._reachable(members, ceilings)
        fitted = fit(self.start, members, targets, ceilings=ceilings, tolerance=tolerance)
        sums = margin_sums(fitted.weights, members, self.wanted)
        factors = fitted.weights / np.where(self.start > 0, self.start, 1.0)
        weight = self.cells.spread(factors) if self.base is None else self.cells.spread(factors) * self.base
        distinct, alike = (factors, people) if self.base is None else (weight, None)
        return Raked(
            weight=weight,
            people=self.people,
            sums=sums,
            diagnostics=diagnose(distinct, alike, fitted.sweeps, largest_error(sums, self.wanted)),
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

    Raises WeightingError for targets and respondents that do not match, and where a category is left with
    nobody.
    """
    codes, sizes = [margin.codes for margin in margins], [len(margin.categories) for margin in margins]
    if trim is not None and base is not None:
        distinct, place = np.unique(base, return_inverse=True)
        codes, sizes = [*codes, place], [*sizes, len(distinct)]
    cells = occupied_cells(codes, sizes)
    start = cells.sums(base)
    members = cells.members[: len(margins)]  # those of base weights are no margin
    pairs = list(zip(margins, members, strict=True))
    people = [_counted(margin, codes, cells.people) for margin, codes in pairs]
    wanted = [_targets(margin, codes, start, total) for margin, codes in pairs]
    rows = len(codes[0]) if base is None else np.count_nonzero(base)
    return Rims(margins, base, cells, start, people, wanted, None if trim is None else trim * total / rows)


def _counted(margin: Margin, members: Integers, people: Integers) -> Integers:
    """(K+1,) respondents: the unknown, and each category."""
    counts = np.bincount(members, people, minlength=len(margin.categories) + 1).astype(np.int64)
    refuse_unmatched(margin, counts[1:])
    return counts


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
