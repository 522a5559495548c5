"""How far coders agree who coded the same answers: set-valued alpha, and figures for each code.

The unit is an answer and its value a set of codes, the empty set too: "no code fits" is a judgement. A coder
who did not see a unit has no value there (None). Figures are from before any discussion, or they say nothing.
An agreement that cannot be told from chance, because everybody always gave the same value, is undefined:
None, never 0 or 1.

Sources: Krippendorff, Content Analysis (2004), ch. 11, for alpha; Passonneau (2006) for MASI; Cohen (1960)
for kappa; Gwet (2008) for AC1. Equal to AnnotationTask.alpha of nltk.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

type Codes = frozenset[str]
type Unit = Sequence[Codes | None]  # one value a coder, in the order of the coders
type Distance = Callable[[Codes, Codes], float]
type Floats = NDArray[np.float64]

FEWEST_UNITS = 20  # answers coded by two or more; under it nothing is judged
FEWEST_USES = 5  # answers to which anybody gave the code; under it the code is not judged
RESAMPLES = 2000
MOST_UNDEFINED = 0.05  # of the resamples; beyond it there is no interval


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha with its percentile bootstrap interval over units; None where undefined."""

    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code, given or not. kappa: for two coders; alpha (nominal): for any number, with gaps."""

    code: str
    uses: tuple[int, ...]  # answers to which each coder gave it, among those coded by two or more
    together: int  # answers to which everybody who saw them gave it
    anybody: int  # answers to which at least one did
    agreed: float  # share of the pairs of judgements that agree, 0..1
    kappa: float | None
    alpha: float | None
    ac1: float | None

    @property
    def too_few(self) -> bool:
        """Whether it was given too rarely to be judged."""
        return self.anybody < FEWEST_USES


@dataclass(frozen=True, slots=True)
class Agreement:
    """All coders over all codes. units: answers coded by two or more; the others say nothing here."""

    units: int
    coders: int
    masi: Alpha  # the headline
    jaccard: Alpha
    exact: float | None  # share of the pairs of values that are the same set, 0..1
    codes: tuple[CodeAgreement, ...]

    @property
    def too_few(self) -> bool:
        return self.units < FEWEST_UNITS


def agreement(units: Sequence[Unit], codes: Sequence[str], *, seed: int) -> Agreement:
    """Judge the coders. codes: those of the codebook, in its order, never-given ones too.

    Raises ValueError where units differ in their number of coders, or a code is not in `codes`.
    """
    coders = _coders(units, codes)
    judged = [unit for unit in units if _seen(unit) > 1]
    return Agreement(
        len(judged),
        coders,
        alpha(judged, masi, seed=seed),
        alpha(judged, jaccard, seed=seed),
        _exact(judged),
        tuple(_of_code(judged, code, coders) for code in codes),
    )


def masi(a: Codes, b: Codes) -> float:
    """Distance of two sets of codes, 0..1: 1 - J·M; two empty sets are the same."""
    shared = len(a & b)
    if a == b:
        return 0.0
    if not shared:
        return 1.0
    monotone = 2 / 3 if shared == min(len(a), len(b)) else 1 / 3
    return 1 - monotone * shared / len(a | b)


def jaccard(a: Codes, b: Codes) -> float:
    """1 - |a ∩ b| / |a ∪ b|, 0..1; two empty sets are the same."""
    return 0.0 if a == b else 1 - len(a & b) / len(a | b)


def alpha(units: Sequence[Unit], distance: Distance, *, seed: int) -> Alpha:
    """Krippendorff's alpha. Units with fewer than two values say nothing and are left out.

    seed: of the bootstrap, so that the same units give the same interval.
    """
    units = [unit for unit in units if _seen(unit) > 1]
    values = sorted({value for unit in units for value in unit if value is not None}, key=sorted)
    if len(values) < 2:
        return Alpha(None, None, None)
    counts = _counts(units, values)
    apart = np.array([[distance(a, b) for b in values] for a in values])
    within = np.einsum("ua,ab,ub->u", counts, apart, counts) / (counts.sum(axis=1) - 1)
    estimate = _alphas(np.ones((1, len(units))), within, counts, apart)[0]
    draws = np.random.default_rng(seed).multinomial(
        len(units), np.full(len(units), 1 / len(units)), RESAMPLES
    )
    found = _alphas(draws.astype(float), within, counts, apart)
    if np.isnan(found).mean() > MOST_UNDEFINED:
        return Alpha(float(estimate), None, None)
    low, high = np.nanquantile(found, (0.025, 0.975))
    return Alpha(float(estimate), float(low), float(high))


def disagreements(units: Sequence[Unit], *, most: int | None = None) -> tuple[int, ...]:
    """The places of the units whose values differ, worst first: by the mean MASI distance of their pairs."""
    apart = [(_apart(unit), place) for place, unit in enumerate(units)]
    ordered = sorted((pair for pair in apart if pair[0] > 0), key=lambda pair: (-pair[0], pair[1]))
    return tuple(place for _, place in ordered[:most])


def _apart(unit: Unit) -> float:
    pairs = _pairs(unit)
    return sum(masi(a, b) for a, b in pairs) / len(pairs) if pairs else 0.0


def _alphas(weights: Floats, within: Floats, counts: Floats, apart: Floats) -> Floats:
    """One alpha for each row of `weights` (resamples x units); NaN where all values are one."""
    values = weights @ counts
    n = values.sum(axis=1)
    observed = weights @ within / n
    expected = np.einsum("ra,ab,rb->r", values, apart, values) / (n * (n - 1))
    ratio: Floats = np.full(len(n), np.nan)
    np.divide(observed, expected, out=ratio, where=expected > 0)
    return 1 - ratio


def _counts(units: Sequence[Unit], values: Sequence[Codes]) -> Floats:
    """How often each unit has each value: units x values."""
    place = {value: at for at, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for row, unit in enumerate(units):
        for value in unit:
            if value is not None:
                counts[row, place[value]] += 1
    return counts


def _of_code(units: Sequence[Unit], code: str, coders: int) -> CodeAgreement:
    """One code as a yes or no of each coder who saw the unit."""
    given = np.array(
        [[np.nan if value is None else float(code in value) for value in unit] for unit in units]
    )
    given = given.reshape(len(units), coders)
    seen = (~np.isnan(given)).sum(axis=1)
    yes = np.nansum(given, axis=1)
    agreed = _mean((yes * (yes - 1) + (seen - yes) * (seen - yes - 1)) / (seen * (seen - 1)))
    return CodeAgreement(
        code,
        tuple(int(uses) for uses in np.nansum(given, axis=0)),
        int((yes == seen).sum()),
        int((yes > 0).sum()),
        agreed,
        _kappa(given) if coders == 2 else None,
        _nominal(yes, seen),
        _ac1(agreed, yes, seen),
    )


def _kappa(given: Floats) -> float | None:
    """Cohen's: chance by each coder's own rate. Undefined where both always say the same."""
    if not len(given):
        return None
    first, second = given.mean(axis=0)
    chance = first * second + (1 - first) * (1 - second)
    agreed = float((given[:, 0] == given[:, 1]).mean())
    return float((agreed - chance) / (1 - chance)) if chance < 1 else None


def _nominal(yes: Floats, seen: NDArray[np.int64]) -> float | None:
    """Krippendorff's alpha of a yes or no."""
    n, total = float(seen.sum()), float(yes.sum())
    if not 0 < total < n:
        return None
    observed = float((2 * yes * (seen - yes) / (seen - 1)).sum()) / n
    return 1 - observed / (2 * total * (n - total) / (n * (n - 1)))


def _ac1(agreed: float, yes: Floats, seen: NDArray[np.int64]) -> float | None:
    """Gwet's AC1, which a rare code does not pull down. The chance is never 1 with two values."""
    if not len(yes):
        return None
    rate = _mean(yes / seen)
    chance = 2 * rate * (1 - rate)
    return (agreed - chance) / (1 - chance)


def _exact(units: Sequence[Unit]) -> float | None:
    """As the mean over units, so that a unit with more coders does not count for more."""
    if not units:
        return None
    return _mean(np.array([sum(a == b for a, b in _pairs(unit)) / len(_pairs(unit)) for unit in units]))


def _pairs(unit: Unit) -> list[tuple[Codes, Codes]]:
    return list(combinations([value for value in unit if value is not None], 2))


def _seen(unit: Unit) -> int:
    return sum(value is not None for value in unit)


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else 0.0


def _coders(units: Sequence[Unit], codes: Sequence[str]) -> int:
    numbers = {len(unit) for unit in units}
    if len(numbers) > 1:
        raise ValueError(
            "Every answer needs one value for each coder; give None where a coder did not see it."
        )
    known = set(codes)
    for unit in units:
        for value in unit:
            if value is not None and not value <= known:
                raise ValueError(f"The code {min(value - known)!r} is not in the codebook.")
    return numbers.pop() if numbers else 0
