"""The funnel: steps down, counts and conversions across; then the questions."""

from collections.abc import Iterator

from canvass.tables.funnel import Conversion, Funnel
from canvass.tables.layouts.labels import cell_of
from canvass.tables.sheet import Cell, Column, Section, Sheet, SheetRow, Style
from canvass.tables.values import Suppressed
from canvass.tables.wording import ABSENT, whole


def funnel_sheet(funnel: Funnel) -> Sheet:
    """Lay out a funnel."""
    mailed = funnel.steps[funnel.mailed]
    count = ABSENT if mailed.count is None else whole(mailed.count)
    steps = Section("Steps" if funnel.items else "", tuple(_steps(funnel)))
    items = Section("Questions: answered, of those asked", tuple(_items(funnel)))
    return Sheet(
        name="funnel",
        title=f"Funnel of {funnel.title}",
        bases=(f"{mailed.label}: {count}",),
        columns=(Column("People"), Column("Of the step before"), Column(f"Of: {mailed.label.lower()}")),
        sections=(steps, items) if funnel.items else (steps,),
        notes=tuple(_notes(funnel)),
    )


def _steps(funnel: Funnel) -> Iterator[SheetRow]:
    for place, step in enumerate(funnel.steps):
        parts = (funnel.of_previous(place), funnel.of_mailed(place))
        yield SheetRow(step.label, (Cell(step.count, Style.COUNT), *map(conversion_cell, parts)))


def _items(funnel: Funnel) -> Iterator[SheetRow]:
    for item in funnel.items:
        why = item.answered if isinstance(item.answered, Suppressed) else None
        conversion = Cell(None, Style.SHARE, withheld=why) if why else conversion_cell(item.conversion)
        cells = (cell_of(item.answered, Style.COUNT), conversion, Cell(None, Style.SHARE))
        yield SheetRow(f"{item.number}. {item.text}", cells)


def conversion_cell(one: Conversion) -> Cell:
    """A conversion with its interval."""
    return Cell(one.share, Style.SHARE, one.low, one.high)


def _notes(funnel: Funnel) -> Iterator[str]:
    yield "The ranges are exact 95% intervals (Clopper and Pearson). A dash: not measured, or no part of it."
    if funnel.stepped:
        yield "The poll is open: what comes from answers is told in steps of five, rounded down."
