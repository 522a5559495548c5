"""What stands in each cell of the explorer: a number, a shade with its test, or why there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from canvass.analysis.exploring import ByDivision, Explored
from canvass.analysis.results import LEVEL
from canvass.instrument import Kind
from canvass.statistics.small_bases import WORDS
from canvass.tables import NOT_APPLICABLE, letters, wording
from canvass.tables.crosstab import GroupFigures
from canvass.tables.noise_guard import Judged, Stamp
from canvass.tables.sheet import told_apart
from canvass.tables.values import Caution, Figure, HiddenTopline, ReleasedFigure, ReleasedTopline, Suppressed

SHARES = ("share", "top", "net")
BY_MEAN = (Kind.RATING, Kind.GRID_RATING)
SHORT = {
    Caution.SMALL: "small base",
    Caution.VERY_SMALL: "[u] very small",
    Caution.COUNTS_ONLY: "[u] counts only",
    Caution.NO_FIGURE: "[u] under 10",
}
MEANING = {
    Caution.NO_FIGURE: "fewer than 10 people, so there is no figure",
    Caution.COUNTS_ONLY: "10 to 29 people, too few for per cents and means",
    Caution.VERY_SMALL: "30 to 49 people, so read it with great care",
    Caution.SMALL: "50 to 99 people, so read it with care",
}
BASE = "Base"
ALL = "All"


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. `why`: the reason where it is not shown, which hatches the cell."""

    figure: ReleasedFigure
    group: str  # "" for all people
    value: str
    people: str = ""  # who gave the answer
    span: str = ""
    is_wide: bool = False  # the second caution, on the width of the span
    letters: str = ""
    judged: Judged | None = None
    why: str = ""

    @property
    def shade(self) -> str:
        """up or down where a test stands behind it, else "hidden" or nothing."""
        if self.why:
            return "hidden"
        return self.judged.verdict if self.judged is not None and self.judged.is_clear else ""


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[Cell, ...]

    @property
    def statistic(self) -> str:
        return self.cells[0].figure.statistic

    @property
    def option(self) -> str | None:
        return self.cells[0].figure.option


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its group, letter, people, and how far its numbers can be read."""

    key: str  # in an address: "All", or division and group: "role:Manager"
    label: str
    division: str
    letter: str
    base: str
    worth: str  # effective base, where weights make it another
    caution: Caution | None
    is_shown: bool = True

    @property
    def mark(self) -> str:
        """How far its numbers can be read, in a word."""
        if not self.is_shown:
            return "not shown"
        return SHORT[self.caution] if self.caution is not None else ""


@dataclass(frozen=True, slots=True)
class Spanner:
    division: str
    width: int
    planned: bool
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of the explorer."""

    key: str
    title: str
    base: str
    spanners: tuple[Spanner, ...]
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]  # why numbers of the table are not shown, each once
    sortable: bool = True
    sort: str = ""  # the key of the column by whose numbers the answers stand

    @property
    def marks(self) -> tuple[str, ...]:
        """What the marks that occur in it mean, the strictest first."""
        found = {head.caution for head in self.heads if head.is_shown}
        return tuple(f"{SHORT[one]}: {words}" for one, words in MEANING.items() if one in found)

    @property
    def has_letters(self) -> bool:
        return any(cell.letters for line in self.lines for cell in line.cells)


def grid(explored: Explored, *, points: bool = False, lettered: bool = True, sort: str = "") -> Grid:
    """The table of one question or line. points: of a rating, the share of every point beside the mean.

    lettered: whether columns are compared with each other, which takes a while; sort: the key of a column,
    by whose numbers answers stand, the largest first.
    """
    total = explored.parts[0].crosstab.total
    item, row = explored.result.item, explored.row
    heads = tuple(_heads(explored, total))
    compared = list(_letters(explored)) if lettered else [{} for _ in explored.parts]
    lines = list(_lines(explored, total, compared, points=points))
    sortable = item.kind not in BY_MEAN and item.kind is not Kind.NUMBER
    column = next((place for place, head in enumerate(heads) if sortable and head.key == sort), None)
    return Grid(
        key=f"{explored.result.address}{f'-{row.id}' if row else ''}",
        title=f"{item.text} [{row.label}]" if row else item.text,
        base=_base(total),
        spanners=tuple(_spanner(part) for part in explored.parts),
        heads=heads,
        lines=tuple(lines if column is None else _sorted(lines, column)),
        reasons=_reasons(explored),
        sortable=sortable,
        sort="" if column is None else sort,
    )


def _sorted(lines: Sequence[Line], column: int) -> Iterator[Line]:
    """Answers of one statistic by their numbers; what is not shown and "not applicable" stay behind."""

    def place(line: Line) -> tuple[bool, bool, float]:
        found = line.cells[column].figure.estimate
        number = found if isinstance(found, float) else None
        return line.option == NOT_APPLICABLE, number is None, -(number or 0.0)

    for _, together in groupby(lines, key=lambda line: (line.statistic, line.option is None)):
        yield from sorted(together, key=place)


def _reasons(explored: Explored) -> tuple[str, ...]:
    groups = [group for part in explored.parts for group in part.crosstab.groups]
    return told_apart(one.suppressed for group in groups for one in group.figures)


def _base(total: ReleasedTopline) -> str:
    if isinstance(total.base, Suppressed):
        return f"Not shown: {total.base.words}"
    asked = f" of {wording.whole(total.asked)} asked" if isinstance(total.asked, int) else ""
    return f"Base: {wording.whole(total.base)}{asked}"


def _spanner(part: ByDivision) -> Spanner:
    labels = {figure.option: figure.label for figure in part.crosstab.total.figures}
    told = []
    for test in part.crosstab.tests:
        if test.p_adjusted is not None:
            about = f"{labels.get(test.option, '')}: " if test.option is not None else ""
            corrected = " after Holm" if len(part.crosstab.tests) > 1 else ""
            told.append(f"{about}Rao-Scott F, {wording.p_value(test.p_adjusted)}{corrected}")
    return Spanner(part.division.label, len(part.crosstab.groups), part.stamp is Stamp.PLANNED, tuple(told))


def _heads(explored: Explored, total: ReleasedTopline) -> Iterator[Head]:
    yield Head(
        key=ALL,
        label=ALL,
        division="",
        letter="",
        base=_count(total.base),
        worth=_worth(total),
        caution=total.caution,
        is_shown=not isinstance(total.base, Suppressed),
    )
    groups = [(part.division, group) for part in explored.parts for group in part.crosstab.groups]
    for place, (division, group) in enumerate(groups):
        yield Head(
            key=f"{division.name}:{group.label}",
            label=group.label,
            division=division.label,
            letter=letters.letter(place),
            base=_count(group.base),
            worth=_worth(group),
            caution=_caution(group),
            is_shown=not isinstance(group.base, Suppressed),
        )


def _count(base: int | Suppressed) -> str:
    return str(base) if isinstance(base, Suppressed) else wording.whole(base)


def _worth(one: ReleasedTopline | GroupFigures) -> str:
    """The effective base, where weights make it another than the base."""
    if isinstance(one, HiddenTopline):
        return ""
    base, effective = one.base, one.effective_base
    if isinstance(base, Suppressed) or isinstance(effective, Suppressed) or abs(base - effective) < 0.05:
        return ""
    return wording.mean(effective)


def _caution(group: GroupFigures) -> Caution | None:
    first = next((one for one in group.figures if isinstance(one, Figure)), None)
    return first.caution if first is not None else None


def _lines(
    explored: Explored, total: ReleasedTopline, higher: Sequence[dict[letters.Place, str]], *, points: bool
) -> Iterator[Line]:
    figures: tuple[ReleasedFigure, ...] = total.figures
    for place, figure in enumerate(figures):
        if not _wanted(total.item.kind, figure, points=points):
            continue
        cells = [_cell(figure, "")]
        for part, marks in zip(explored.parts, higher, strict=True):
            for group in part.crosstab.groups:
                what = (figure.statistic, figure.option)
                cells.append(
                    _cell(
                        group.figures[place],
                        group.label,
                        marks.get((*what, group.label), ""),
                        part.judged.get((group.label, *what)),
                    )
                )
        yield Line(_label(total.item.kind, figure), tuple(cells))


def _letters(explored: Explored) -> Iterator[dict[letters.Place, str]]:
    """Letters go on from one division to the next, so that each is one column."""
    taken = 0
    for part in explored.parts:
        groups = part.crosstab.groups
        named = {group.label: letters.letter(taken + place) for place, group in enumerate(groups)}
        taken += len(groups)
        yield letters.higher_than(part.crosstab, named, LEVEL)


def _wanted(kind: Kind, figure: ReleasedFigure, *, points: bool) -> bool:
    if kind in BY_MEAN:
        return figure.statistic in ("mean", "net") or (points and figure.statistic == "share")
    if kind is Kind.NUMBER:
        return figure.statistic in ("mean", "median")
    return figure.statistic in ("share", "top", "mean", "net")


def _label(kind: Kind, figure: ReleasedFigure) -> str:
    if kind is Kind.RANKING and figure.statistic != "share":
        return f"{figure.label}: {'among the first' if figure.statistic == 'top' else 'mean place'}"
    if kind is Kind.RANKING:
        return f"{figure.label}: placed first"
    return wording.capital(figure.label) if figure.option is None else figure.label


def _cell(figure: ReleasedFigure, group: str, higher: str = "", judged: Judged | None = None) -> Cell:
    if not isinstance(figure, Figure):
        return Cell(figure, group, str(figure.suppressed), why=figure.suppressed.words)
    share = figure.statistic in SHARES
    people = wording.whole(figure.n) if share else ""
    if figure.caution is Caution.NO_FIGURE or (figure.estimate is None and not share):
        return Cell(figure, group, "[u]", why=WORDS[Caution.NO_FIGURE])
    if figure.caution is Caution.COUNTS_ONLY or figure.estimate is None:
        return Cell(figure, group, f"{people} [u]" if share else "[u]", why=WORDS[Caution.COUNTS_ONLY])
    return Cell(
        figure,
        group,
        wording.percent(figure.estimate) if share else wording.mean(figure.estimate),
        people,
        (wording.percent_range if share else wording.mean_range)(figure.low, figure.high),
        figure.is_wide,
        higher,
        judged,
    )
