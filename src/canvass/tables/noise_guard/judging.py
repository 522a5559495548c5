"""The verdicts: which comparisons are tested, corrected in which family, and clear."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from canvass import statistics
from canvass.statistics.exact import FEWEST_EXPECTED
from canvass.tables import wording
from canvass.tables.noise_guard.sentences import sentence
from canvass.tables.noise_guard.values import (
    CLEAR,
    FEWEST,
    Comparison,
    Judged,
    Obstacle,
    Side,
    Stamp,
    Verdict,
)

_CORRECTIONS = {Stamp.PLANNED: "Holm's correction", Stamp.FOUND: "Benjamini and Hochberg's correction"}


def judge(comparisons: Iterable[Comparison]) -> tuple[Judged, ...]:
    """Everything that one report compares, each with its verdict and sentence, in the order given.

    Hand in the whole of what a reader sees together: the correction counts what it is given.
    """
    tested = [_tested(one) for one in comparisons]
    adjusted = _adjusted(tested, Stamp.PLANNED, statistics.holm) | _adjusted(
        tested, Stamp.FOUND, statistics.benjamini_hochberg
    )
    sizes = {stamp: sum(one is stamp for one, _ in adjusted) for stamp in Stamp}
    judged = (
        _with_verdict(one, adjusted.get((one.stamp, one.comparison.key)), sizes[one.stamp]) for one in tested
    )
    return tuple(replace(one, sentence=sentence(one), method=_method(one)) for one in judged)


def note(judged: Sequence[Judged]) -> str:
    """What stands under a table of comparisons: families, corrections, tests, and what was not tested."""
    families = [
        f"{wording.whole(size)} {stamp} ({_CORRECTIONS[stamp]})"
        for stamp in Stamp
        if (size := len({one.comparison.key for one in judged if one.p is not None and one.stamp is stamp}))
    ]
    if not families:
        return f"Nothing is tested: a test needs {FEWEST} people on both sides."
    untested = sum(one.obstacle is not None for one in judged)
    left = f" Not tested: {wording.whole(untested)}." if untested else ""
    exact = ", Fisher's exact test where few are expected" if any(one.exact for one in judged) else ""
    return (
        f"Comparisons tested: {wording.listed(families)}. A change or difference is called clear where p is "
        f"under {CLEAR} after correction (t tests with covariance{exact}; at least {FEWEST} people on both "
        f"sides, and worth as many after weighting).{left}"
    )


def _tested(one: Comparison) -> Judged:
    """The comparison with the test that may be made of it; not yet corrected."""
    found = obstacle(one)
    if found in (Obstacle.RARE, Obstacle.ALIKE) and one.is_share and one.counts_alike:
        p = statistics.fisher(one.this.n, one.this.base, one.other.n, one.other.base)
        return Judged(one, Verdict.NOT_TESTED, None, True, p, None, 0)
    return Judged(one, Verdict.NOT_TESTED, found, False, None if found else one.found.p, None, 0)


def obstacle(one: Comparison) -> Obstacle | None:
    """Why no t test of this comparison holds; None where one does."""
    if one.hidden:
        return Obstacle.HIDDEN
    sides = (one.this, one.other)
    if min(side.smaller_base for side in sides) < FEWEST:
        return Obstacle.FEW
    if one.is_share and _expected(*sides) < FEWEST_EXPECTED:
        return Obstacle.RARE
    return Obstacle.ALIKE if one.found.p is None else None


def _expected(this: Side, other: Side) -> float:
    """People expected to give the answer, or not to, on the smaller side if both sides were alike."""
    together = this.effective_base + other.effective_base
    share = (this.estimate * this.effective_base + other.estimate * other.effective_base) / together
    return min(this.effective_base, other.effective_base) * min(share, 1 - share)


type _Place = tuple[Stamp, str]
type _Correction = Callable[[Sequence[float | None]], tuple[float | None, ...]]


def _adjusted(tested: Sequence[Judged], stamp: Stamp, correct: _Correction) -> dict[_Place, float]:
    """The corrected p of each test of one family; a test that stands there twice is counted once."""
    ps = {one.comparison.key: one.p for one in tested if one.stamp is stamp and one.p is not None}
    corrected = correct(list(ps.values()))
    return {(stamp, key): p for key, p in zip(ps, corrected, strict=True) if p is not None}


def _with_verdict(one: Judged, p_adjusted: float | None, tests: int) -> Judged:
    if p_adjusted is None:
        return one
    if p_adjusted >= CLEAR:
        verdict = Verdict.NONE
    else:
        verdict = Verdict.UP if (one.comparison.found.estimate or 0) > 0 else Verdict.DOWN
    return replace(one, verdict=verdict, p_adjusted=p_adjusted, tests=tests)


def _method(one: Judged) -> str:
    """How a verdict was made."""
    stamp = wording.capital(one.stamp)
    if one.obstacle is not None:
        return f"{stamp}; not tested."
    test = "Fisher's exact test" if one.exact else "t test of the difference with its covariance"
    found = f"{wording.p_value(one.p_adjusted)} after {_CORRECTIONS[one.stamp]} over {_tests(one.tests)}"
    return f"{stamp}; {test}; {found}{_people_of(one.comparison)}."


def _tests(number: int) -> str:
    return "1 comparison" if number == 1 else f"{wording.whole(number)} comparisons"


def _people_of(one: Comparison) -> str:
    if not one.sort.is_change:
        return ""
    if one.overlap is None:
        return "; the waves are taken as different people"
    return f"; {wording.people(one.overlap)} answered both times"
