"""What stands in each cell of a shaded crosstab, before it has a place."""

from collections.abc import Iterator
from dataclasses import dataclass

from canvass.figures import caption
from canvass.figures.asked import direction, lower_is_better
from canvass.figures.exhibits import CrosstabExhibit
from canvass.instrument.model import Kind
from canvass.tables import noise_guard, wording
from canvass.tables.crosstab import Crosstab
from canvass.tables.noise_guard import Judged, Verdict
from canvass.tables.values import Caution, Figure, ReleasedFigure, Suppressed, strictest

MUCH = 0.1  # of the whole scale: ten percentage points, or one point of eleven; the darker shade
_FEW = (Caution.COUNTS_ONLY, Caution.NO_FIGURE)
BY_MEAN = (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number with what may be said of it. `mark` stands in its place where it is not shown."""

    value: str = ""
    span: str = ""  # its interval, "59 to 75"
    verdict: Verdict = Verdict.NOT_TESTED
    good: bool = True  # colours the better direction, or the upper one where neither is better
    much: bool = False
    p: str = ""
    mark: str = ""  # "[c]" or "[u]"
    people: str = ""  # of a base that allows counts only

    @property
    def is_clear(self) -> bool:
        return self.verdict in (Verdict.UP, Verdict.DOWN)

    @property
    def fill(self) -> str:
        """The shade; "" where no test stands behind one."""
        if not self.is_clear:
            return ""
        return f"{self.colour}-{'soft' if self.much else 'tint'}"

    @property
    def colour(self) -> str:
        return "primary" if self.good else "accent"

    @property
    def words(self) -> str:
        """The cell in a table of text."""
        if self.mark:
            return f"{self.people} {self.mark}".strip()
        told = {Verdict.UP: ", clearly above the others", Verdict.DOWN: ", clearly below the others"}
        return f"{self.value}{f' ({self.span})' if self.span else ''}{told.get(self.verdict, '')}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: an answer, a mean, a score; `cells` begins with that of all people."""

    label: str
    note: str  # which way is better
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One column: a group, its people, and its caution."""

    label: str
    people: str
    mark: str


def heads(exhibit: CrosstabExhibit) -> tuple[Head, ...]:
    """All people, then the groups."""
    return (_all(exhibit), *(_group(exhibit, place) for place in range(len(exhibit.groups))))


def _all(exhibit: CrosstabExhibit) -> Head:
    totals = [table.total for table in exhibit.crosstabs]
    bases = [total.base for total in totals if isinstance(total.base, int)]
    people = _span(bases) or caption.answered(totals[0])
    return Head("All", people, caption.short_caution(strictest(total.caution for total in totals)))


def _group(exhibit: CrosstabExhibit, place: int) -> Head:
    groups = [table.groups[place] for table in exhibit.crosstabs]
    bases = [group.base for group in groups if isinstance(group.base, int)]
    if not bases:
        return Head(groups[0].label, "", f"{groups[0].base} not shown")
    cautions = [
        figure.caution for group in groups for figure in group.figures[:1] if isinstance(figure, Figure)
    ]
    return Head(groups[0].label, _span(bases), caption.short_caution(strictest(cautions)))


def _span(bases: list[int]) -> str:
    if not bases:
        return ""
    ends = wording.whole(min(bases)), wording.whole(max(bases))
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def lines(exhibit: CrosstabExhibit) -> tuple[Line, ...]:
    """Every row of every table."""
    return tuple(line for table in exhibit.crosstabs for line in _lines(exhibit, table))


def _lines(exhibit: CrosstabExhibit, table: Crosstab) -> Iterator[Line]:
    total = table.total
    figures: tuple[ReleasedFigure, ...] = total.figures
    wanted = ("mean", "nps") if total.item.kind in BY_MEAN else ("share", "net")
    verdicts = noise_guard.verdicts(table, exhibit.judged)
    lower = lower_is_better(total.item)
    for place, figure in enumerate(figures):
        if figure.statistic not in wanted:
            continue
        cells = [_cell(table, figure, None, lower=lower)]
        for group in table.groups:
            judged = verdicts.get((group.label, figure.statistic, figure.option))
            cells.append(_cell(table, group.figures[place], judged, lower=lower))
        yield Line(_label(exhibit, table, figure), direction(total.item), tuple(cells))


def _label(exhibit: CrosstabExhibit, table: Crosstab, figure: ReleasedFigure) -> str:
    item, row = table.total.item, table.total.row
    name = row.label if row else item.topic or item.text
    if figure.option is not None:
        return figure.label if len(exhibit.crosstabs) == 1 else f"{name}: {figure.label}"
    if len(exhibit.crosstabs) > 1:
        return name
    return "Net promoter score" if figure.statistic == "nps" else "Mean"


def _cell(table: Crosstab, figure: ReleasedFigure, judged: Judged | None, *, lower: bool) -> Cell:
    if not isinstance(figure, Figure):
        return Cell(mark=str(figure.suppressed))
    if figure.caution in _FEW or figure.estimate is None:
        few = isinstance(figure.suppressed, Suppressed) or figure.caution is not Caution.NO_FIGURE
        people = wording.people(figure.n) if few and figure.statistic in ("share", "net") else ""
        return Cell(mark="[u]", people=people)
    share = figure.statistic in ("share", "net")
    value = wording.percent(figure.estimate) if share else wording.mean(figure.estimate)
    span = wording.percent_range(figure.low, figure.high).replace("%", "")
    if not share:
        span = wording.mean_range(figure.low, figure.high)
    if judged is None:
        return Cell(value, span)
    return Cell(
        value,
        span,
        judged.verdict,
        good=(judged.verdict is Verdict.UP) != lower,
        much=abs(judged.comparison.found.estimate or 0.0) >= MUCH * _whole(table, figure.statistic),
        p="" if judged.p_adjusted is None else wording.p_value(judged.p_adjusted),
    )


def _whole(table: Crosstab, statistic: str) -> float:
    """The length of the whole scale of a number; without ends it is never called much."""
    if statistic in ("share", "net"):
        return 1.0
    if statistic == "nps":
        return 200.0
    scale = table.total.item.scale
    return float(scale.end - scale.start) if scale else float("inf")
