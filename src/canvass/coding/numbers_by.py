"""Themes by groups of people, and means of other questions by theme, as an audience may see them.

No weight, interval or test is applied to counts of themes, because those who write have chosen to. Tables are
made of closed questions like any other, and leave through the one door.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from canvass import tables
from canvass.analysis.cells import MEANING
from canvass.analysis.divisions import Division, label_of
from canvass.analysis.results import LEVEL, Result
from canvass.coding.as_questions import NOTHING, RAISED, SAID, AsQuestions
from canvass.coding.numbers import Asked
from canvass.tables import Crosstab, disclosure, wording
from canvass.tables.crosstab import GroupFigures
from canvass.tables.disclosure import Audience
from canvass.tables.values import Caution, Figure, ReleasedFigure, ReleasedTopline, Suppressed
from canvass.warehouse import CodedItem, Groups, count_items
from canvass.words.counts import Mentions
from canvass.words.study import Node

TOO_FEW_TO_COMPARE = "fewer than 10 people on one of the two sides, so they are not compared"
UNRELIABLE = "[u]"


class Cell(NamedTuple):
    """One number, or a mark with the reason why it is not shown."""

    value: str
    why: str = ""


class Row(NamedTuple):
    label: str
    cells: tuple[Cell, ...]
    of_all: bool = False  # its base is everybody who was asked, not those who said something


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why numbers are not shown, each once."""
        cells = [cell for row in self.rows for cell in row.cells if cell.why]
        return tuple(dict.fromkeys(f"{cell.value.split()[0]}: {cell.why}." for cell in cells))


@dataclass(frozen=True, slots=True)
class Beside:
    """What was asked for; nothing where it was not."""

    by: Table | None
    means: tuple[Table, ...]


def beside(
    asked: Asked,
    nodes: Sequence[Node],
    audience: Audience,
    *,
    division: Division | None = None,
    measure: Result | None = None,
) -> Beside:
    """These themes by groups of people, and the mean of a question by theme, released together."""
    found = asked.as_questions(nodes)
    by = _by_groups(asked, found, division) if division else []
    means = _means(asked, found, nodes, measure) if measure else []
    limits = disclosure.of_poll(sensitive=asked.results.instrument.sensitive)
    released = disclosure.release([*by, *means], audience, limits=limits)
    shown = released[len(by) :]
    lines = dict.fromkeys(one.total.row for one in shown)
    return Beside(
        _of_groups(division, released[: len(by)]) if division else None,
        tuple(_of_means([one for one in shown if one.total.row == line], nodes) for line in lines),
    )


def _by_groups(asked: Asked, found: AsQuestions, division: Division) -> list[Crosstab]:
    coded = [one for one in (found.written, found.themes) if one is not None]
    return _counted(asked, coded, division.groups(asked.rows), division.label, division.together)


def _of_groups(division: Division, released: Sequence[Crosstab]) -> Table:
    """Who wrote, who said something, and which of these raised what, in all and in each group."""
    written, *themes = released
    rows = [*_who_wrote(written), *(row for one in themes for row in _raised(one))]
    return Table(division.label, ("All", *written.labels), tuple(rows))


def _means(asked: Asked, found: AsQuestions, nodes: Sequence[Node], measure: Result) -> list[Crosstab]:
    """For each theme the question, or each line of a grid, by those who raised it and who said something
    else; in the wording that the figure has."""
    rows = asked.rows
    if measure.wording.parts > 1:
        rows = rows.among(np.isin(rows.version, measure.wording.versions))
    coded = [one for one in rows.coded if one.item.id == measure.item.id]
    return [
        table
        for place, node in enumerate(nodes)
        for table in _counted(asked, coded, found.raised(place), f"{node.level.words} {node.name}")
    ]


def _of_means(released: Sequence[Crosstab], nodes: Sequence[Node]) -> Table:
    total = released[0].total
    rows = (Row(node.name, _compared(one)) for node, one in zip(nodes, released, strict=True))
    return Table(label_of(total.item, total.row), RAISED, tuple(rows))


def _counted(
    asked: Asked,
    coded: Sequence[CodedItem],
    groups: Groups,
    by: str,
    together: Sequence[tuple[str, Sequence[str]]] = (),
) -> list[Crosstab]:
    population = asked.results.counted.population
    cubes = count_items(coded, asked.rows.design, groups)
    if population is not None:
        cubes = tuple(replace(one, cube=one.cube.of_population(population)) for one in cubes)
    return [tables.crosstab(one, by, groups.labels, level=LEVEL, together=together) for one in cubes]


type _Column = ReleasedTopline | GroupFigures


def _columns(table: Crosstab) -> tuple[_Column, ...]:
    return table.total, *table.groups


def _who_wrote(table: Crosstab) -> Iterator[Row]:
    """What is shown of those who wrote nothing tells how many wrote; nothing is told beyond it."""
    wrote = tuple(_cell(one, _figure(one, NOTHING), others=True) for one in _columns(table))
    said = tuple(_cell(one, _figure(one, SAID)) for one in _columns(table))
    yield Row("Wrote an answer", wrote, of_all=True)
    yield Row("Said something", said, of_all=True)


def _raised(table: Crosstab) -> Iterator[Row]:
    for option in table.total.item.options:
        yield Row(option.label, tuple(_cell(one, _figure(one, option.id)) for one in _columns(table)))


def _figure(column: _Column, option: str) -> ReleasedFigure:
    return next(one for one in column.figures if one.option == option)


def _cell(column: _Column, figure: ReleasedFigure, *, others: bool = False) -> Cell:
    """n of N. others: those who did not give this answer. Of a group under ten the team reads no number."""
    n, of = figure.n, column.base
    if isinstance(of, Suppressed):
        return Cell(str(of), of.words)
    if isinstance(n, Suppressed):
        return Cell(str(n), n.words)
    if isinstance(column, GroupFigures) and _is_few(figure):
        return Cell(UNRELIABLE, MEANING[Caution.NO_FIGURE])
    return Cell(str(Mentions(of - n if others else n, of)))


def _is_few(figure: ReleasedFigure) -> bool:
    return isinstance(figure, Figure) and figure.caution is Caution.NO_FIGURE


def _compared(table: Crosstab) -> tuple[Cell, ...]:
    """The means of both sides; none where one of the sides is too small to be compared with."""
    means = [next(one for one in group.figures if one.statistic == "mean") for group in table.groups]
    if any(map(_is_few, means)):
        return (Cell(UNRELIABLE, TOO_FEW_TO_COMPARE),) * len(means)
    return tuple(_mean(one) for one in means)


def _mean(figure: ReleasedFigure) -> Cell:
    if not isinstance(figure, Figure):
        return Cell(str(figure.suppressed), figure.suppressed.words)
    if figure.caution is Caution.COUNTS_ONLY or figure.estimate is None:
        reason = figure.suppressed.words if figure.suppressed else MEANING[Caution.COUNTS_ONLY]
        return Cell(f"{UNRELIABLE} of {wording.whole(figure.n)}", reason)
    span = wording.mean_range(figure.low, figure.high)
    return Cell(f"{wording.mean(figure.estimate)} ({span}) of {wording.whole(figure.n)}")
