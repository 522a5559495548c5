"""Weights tried on a counted poll before anything is decided: what they cost and what they would change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from canvass.analysis import weighting
from canvass.analysis.models import Counted
from canvass.analysis.results import LEVEL, Result, Results, unweighted
from canvass.analysis.rows import rows_of
from canvass.panel.models import Workforce
from canvass.statistics import Light, Weighting
from canvass.statistics.weighting.diagnostics import ADVICE
from canvass.statistics.weighting.notes import thin_notes
from canvass.tables import Figure, Topline, wording

LIGHTS = {
    Light.GREEN: "Green: most precision is kept",
    Light.AMBER: "Amber: much precision is lost",
    Light.RED: "Red: do not weight like this",
}


@dataclass(frozen=True, slots=True)
class Shift:
    """The number of one question that weights move most."""

    result: Result
    label: str  # the option, and the line of a grid
    base: int
    unweighted: float
    weighted: float
    is_share: bool

    @property
    def difference(self) -> float:
        return self.weighted - self.unweighted


@dataclass(frozen=True, slots=True)
class Attempt:
    """Weights that could be had, and what they would do."""

    fitted: Weighting
    shifts: list[Shift]
    thin: list[str]  # sentences: which groups are thin, and what to do about them

    @property
    def base(self) -> int:
        return len(self.fitted.weight)

    @property
    def effective(self) -> int:
        """The unweighted answers that the weighted ones are worth, rounded down."""
        return int(self.fitted.diagnostics.effective_base)

    @property
    def light(self) -> str:
        return LIGHTS[self.fitted.diagnostics.light]

    @property
    def is_green(self) -> bool:
        return self.fitted.diagnostics.light is Light.GREEN

    @property
    def is_red(self) -> bool:
        return self.fitted.diagnostics.light is Light.RED

    @property
    def notes(self) -> list[str]:
        """What else was decided, capped or missed."""
        return [note for note in self.fitted.notes if note not in set(thin_notes(self.fitted.standings))]

    @property
    def advice(self) -> str:
        return ADVICE[self.fitted.diagnostics.light]


def attempt(
    results: Results,
    workforce: Workforce,
    known: Sequence[weighting.Variable],
    names: Sequence[str],
    cap: float | None,
) -> Attempt:
    """Weights by these variables, and the questions, the most moved first. Raises WeightingError."""
    counted, instrument = results.counted, results.instrument
    rows = rows_of(counted, instrument)
    by = weighting.chosen(known, names)
    fitted = weighting.attempt(rows, workforce, by, cap)
    shifts = (_shift(result, counted, results, fitted) for result in results.all)
    ordered = sorted((one for one in shifts if one), key=lambda one: -abs(one.difference) / _unit(one))
    return Attempt(fitted, ordered, list(_thin(fitted, by)))


def _thin(fitted: Weighting, by: Sequence[weighting.Variable]) -> Iterator[str]:
    """A sentence for each variable with a group that so few are in that they should not speak for it."""
    for variable in by:
        few = [one for one in fitted.standings if one.variable == variable.label and one.thin]
        if not few:
            continue
        named = wording.listed([f"{one.category} ({wording.people(one.people)})" for one in few])
        wider = bool(variable.field.groups) and not variable.in_groups
        remedy = "choose its wider groups instead" if wider else "weight without it"
        yield (
            f"{variable.label}: {named}. So few would speak for all of that group in the workforce; "
            f"{remedy}, or do not weight."
        )


def _unit(shift: Shift) -> float:
    """What a difference is measured in: the whole, or the length of the scale."""
    scale = shift.result.item.scale
    if shift.is_share:
        return 1.0
    return float(scale.end - scale.start) if scale else max(abs(shift.unweighted), 1.0)


def _shift(result: Result, counted: Counted, results: Results, fitted: Weighting) -> Shift | None:
    after = weighting.toplines(counted, results.instrument, result.wording, fitted, LEVEL)
    pairs = zip(unweighted(counted, result.wording), after, strict=True)
    found = [one for before, weighted in pairs for one in _moved(result, before, weighted)]
    return max(found, key=lambda one: abs(one.difference) / _unit(one), default=None)


def _moved(result: Result, before: Topline, after: Topline) -> Iterator[Shift]:
    line = f"{before.row.label}: " if before.row else ""
    for one, other in zip(before.figures, after.figures, strict=True):
        if one.estimate is not None and other.estimate is not None and _leads(one, before):
            label = f"{line}{one.label}" if one.option is not None else f"{line}mean"
            yield Shift(
                result, label, before.base, one.estimate, other.estimate, one.statistic in ("share", "top")
            )


def _leads(figure: Figure, topline: Topline) -> bool:
    """Whether a number speaks for its question: the mean where there is one, else the shares."""
    has_mean = any(one.statistic == "mean" and one.option is None for one in topline.figures)
    return figure.statistic == "mean" if has_mean else figure.statistic == "share"
