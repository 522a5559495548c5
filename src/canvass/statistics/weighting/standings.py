"""Where the respondents stand beside the population."""

from collections.abc import Sequence
from dataclasses import dataclass

from canvass.statistics.arrays import Floats, Integers
from canvass.statistics.small_bases import NO_FIGURE_UNDER
from canvass.statistics.weighting.margins import Margin

THIN_UNDER = NO_FIGURE_UNDER  # respondents: a category's weight rests on no fewer than a figure does


@dataclass(frozen=True, slots=True)
class Standing:
    """One category of one variable. Shares are of the respondents whose category is known."""

    variable: str
    category: str
    people: int
    unweighted: float
    weighted: float
    target: float

    @property
    def thin(self) -> bool:
        """Whether too few people carry the category's weight."""
        return self.people < THIN_UNDER


def standings(
    margins: Sequence[Margin], people: Sequence[Integers], weighted: Sequence[Floats]
) -> tuple[Standing, ...]:
    """Every category that somebody is in, unweighted beside weighted.

    people:   for each margin (K+1,) respondents, those of whom nothing is known first.
    weighted: the same of Σw.
    """
    found = []
    for margin, counts, sums in zip(margins, people, weighted, strict=True):
        before, after = counts[1:] / counts[1:].sum(), sums[1:] / sums[1:].sum()
        columns = (counts[1:].tolist(), before.tolist(), after.tolist(), margin.shares.tolist())
        rows = zip(margin.categories, *columns, strict=True)
        found += [Standing(margin.name, *row) for row in rows if row[1]]
    return tuple(found)
