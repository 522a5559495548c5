"""Rim weighting: respondents fitted to the population's shares on several variables at once."""

from collections.abc import Iterator, Sequence
from math import inf

from canvass.statistics.arrays import Floats
from canvass.statistics.design import Design
from canvass.statistics.weighting import notes
from canvass.statistics.weighting.calibrated import calibration_on
from canvass.statistics.weighting.ceilings import check_trim
from canvass.statistics.weighting.fitting import TOLERANCE
from canvass.statistics.weighting.margins import Margin, WeightingError, check_columns
from canvass.statistics.weighting.rims import Raked, rims
from canvass.statistics.weighting.standings import Standing, standings
from canvass.statistics.weighting.weighting import CONVERGED, Weighting


def rake(
    design: Design,
    margins: Sequence[Margin],
    *,
    trim: float | None = None,
    total: float | None = None,
    tolerance: float = TOLERANCE,
) -> Weighting:
    """Weights that give every margin the population's shares, as close to the design's own as can be.

    design:    its weights are the base weights (all alike where it has none); strata, clusters and
               population stay.
    trim:      no respondent weighs more than this many times the mean; the others make up for it.
    total:     what the weights add up to; the number of rows by default, so that their mean is 1.
    tolerance: relative error of the margins at which the sweeps end.

    Where the margins contradict each other the outcome says so (`converged`, `notes`).
    Raises WeightingError: no respondents, a variable twice, another number of rows, a cap of 1 or less, a
    total of 0 or less, a target without respondents, respondents whose target is 0.
    Source: Deming and Stephan (1940), raked over the occupied cells of the joint margins; R's survey::rake.
    """
    check_trim(trim)
    check_columns(design.rows, [(margin.name, len(margin.codes)) for margin in margins])
    if total is not None and not 0 < total < inf:
        raise WeightingError(f"Weights cannot add up to {total:g}; give the size of the population.")
    base, whole = design.weight, float(design.rows if total is None else total)
    raked = rims(base, margins, trim, whole).solve(tolerance)
    found = standings(margins, raked.people, raked.sums)
    return Weighting(
        weight=raked.weight,
        standings=found,
        diagnostics=raked.diagnostics,
        notes=tuple(_notes(margins, found, trim, raked)),
        capped=raked.capped,
        before=design,
        calibration=lambda: calibration_on(margins, base),
    )


def raked_weights(
    base: Floats,
    margins: Sequence[Margin],
    *,
    trim: float | None = None,
    total: float | None = None,
    tolerance: float = TOLERANCE,
) -> Floats:
    """`rake` as a function of base weights (rows,), zero for rows left out: for replicates.

    Raises WeightingError where a category is left with nobody, or the margins cannot be met.
    """
    check_trim(trim)
    raked = rims(base, margins, trim, float(len(base) if total is None else total)).solve(tolerance)
    if raked.diagnostics.max_margin_error > CONVERGED and trim is None:
        raise WeightingError("A replicate cannot be raked to the targets; join thin categories.")
    return raked.weight


def post_stratify(design: Design, cells: Margin, *, total: float | None = None) -> Weighting:
    """Weights that give every cell its share: raking to one margin, whose categories are the cells.

    Source: Holt and Smith (1979), JRSS A 142, 33-46; R's survey::postStratify.
    """
    return rake(design, [cells], total=total)


def _notes(
    margins: Sequence[Margin], found: Sequence[Standing], trim: float | None, raked: Raked
) -> Iterator[str]:
    yield from notes.margin_notes(margins, [int(counts[0]) for counts in raked.people])
    yield from notes.thin_notes(found)
    if trim is not None:
        yield from notes.trim_notes(trim, raked.capped, raked.beyond)
    one = raked.diagnostics
    if one.max_margin_error > CONVERGED and not raked.beyond:
        yield notes.missed_note(found, one.iterations, capped=trim is not None)
