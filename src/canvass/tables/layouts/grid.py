"""A grid as one table: its rows down; points, options and means across, or groups where it is compared."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from canvass.statistics.small_bases import WORDS
from canvass.tables.crosstab import Crosstab
from canvass.tables.layouts import banner, labels
from canvass.tables.sheet import Cell, Column, Role, Section, Sheet, SheetRow, Style
from canvass.tables.values import HiddenTopline, ReleasedFigure, ReleasedTopline
from canvass.tables.wording import listed


def grid_sheet(tables: Sequence[ReleasedTopline | Crosstab], level: float, *, pairs: bool = False) -> Sheet:
    """Lay out the tables of one grid, all of its rows, as one sheet."""
    if isinstance(tables[0], Crosstab):
        return _compared([one for one in tables if isinstance(one, Crosstab)], level, pairs=pairs)
    return _for_all([one for one in tables if not isinstance(one, Crosstab)], level)


def _for_all(toplines: Sequence[ReleasedTopline], level: float) -> Sheet:
    first = toplines[0]
    heads = [head for head in _HEADS if any(_HEADS[head](topline) is not None for topline in toplines)]
    return Sheet(
        name=first.item.id,
        title=labels.title_of(first, with_row=False),
        bases=_bases(toplines),
        columns=(*map(Column, heads), *(Column(_heading(figure)) for figure in first.figures)),
        sections=(Section("", tuple(_row(topline, heads) for topline in toplines)),),
        notes=(f"The ranges are {labels.percent_of(level)} intervals.",),
    )


# What a row of the grid rests on; None where it says no more than the base.
_HEADS: dict[str, Callable[[ReleasedTopline], Cell | None]] = {
    "Base": lambda one: labels.count_of(one.base),
    "To whom it applies": lambda one: (
        None
        if isinstance(one, HiddenTopline) or one.applies_base is None
        else Cell(one.applies_base, Style.COUNT)
    ),
    "Effective base": lambda one: (
        None if isinstance(one, HiddenTopline) or one.effective_base == one.base else labels.effective_of(one)
    ),
}


def _heading(figure: ReleasedFigure) -> str:
    label = labels.label_of(figure)
    return label.capitalize() if figure.option is None else label


def _row(topline: ReleasedTopline, heads: Sequence[str]) -> SheetRow:
    bases = (_HEADS[head](topline) or labels.count_of(topline.base) for head in heads)
    label = topline.row.label if topline.row is not None else topline.item.id
    shown = topline.caution is not None and not isinstance(topline, HiddenTopline)
    remark = WORDS[topline.caution] if shown and topline.caution else ""
    return SheetRow(label, (*bases, *(labels.with_interval(one) for one in topline.figures)), remark)


def _bases(toplines: Sequence[ReleasedTopline]) -> tuple[str, ...]:
    shared = {labels.bases_of(topline) for topline in toplines}
    return shared.pop() if len(shared) == 1 else ("Base: each row has its own",)


def _compared(crosstabs: Sequence[Crosstab], level: float, *, pairs: bool) -> Sheet:
    """A section of means first, where the rows have one; then a section a row of the grid."""
    by_row = [tuple(found) for _, found in groupby(crosstabs, key=lambda one: labels.name_of(one.total))]
    first = by_row[0]
    return Sheet(
        name=first[0].total.item.id,
        title=f"{labels.title_of(first[0].total, with_row=False)}, by {listed([one.by for one in first])}",
        bases=_bases([one[0].total for one in by_row]),
        columns=tuple(Column(column.heading, column.letter) for column in banner.columns(first)),
        sections=tuple(_sections(by_row, level)),
        notes=_compared_notes(by_row, level, pairs=pairs),
        spanners=banner.spanners(first),
    )


def _sections(by_row: Sequence[Sequence[Crosstab]], level: float) -> Iterator[Section]:
    made = [(_row_label(one), banner.rows(one, level)) for one in by_row]
    means = [_renamed(label, row) for label, rows in made for row in rows if row.label == "mean"]
    if means:
        yield Section("Means", tuple(means))
    yield from (Section(label, rows) for label, rows in made)


def _renamed(label: str, row: SheetRow) -> SheetRow:
    return SheetRow(label, row.entries, row.remark, Role.FIGURE)


def _row_label(crosstabs: Sequence[Crosstab]) -> str:
    total = crosstabs[0].total
    return total.row.label if total.row is not None else total.item.id


def _compared_notes(by_row: Sequence[Sequence[Crosstab]], level: float, *, pairs: bool) -> tuple[str, ...]:
    """What is said of every row once, then what is said of one row with its name before it."""
    told = {_row_label(row): banner.notes(row, level, pairs=pairs) for row in by_row}
    everywhere = [note for note in next(iter(told.values())) if all(note in notes for notes in told.values())]
    own = [
        f"{label}: {note[0].lower()}{note[1:]}"
        for label, notes in told.items()
        for note in notes
        if note not in everywhere
    ]
    return (*everywhere[:-1], *own, *everywhere[-1:])
