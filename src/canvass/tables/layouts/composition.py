"""Who the panel is beside the workforce, and over time."""

from canvass.tables import wording
from canvass.tables.composition import Composition, CompositionOverTime, FieldComposition, Part
from canvass.tables.layouts.labels import cell_of
from canvass.tables.sheet import Cell, Column, Role, Section, Sheet, SheetRow, Style

_HEADINGS = (
    "Panel: people",
    "Panel",
    "Answered: people",
    "Answered",
    "Workforce",
    "Panel: off by",
    "Answered: off by",
)


def composition_sheet(composition: Composition) -> Sheet:
    """Lay out a composition: a section a profile field."""
    about = f" and those who answered {composition.poll}" if composition.poll else ""
    return Sheet(
        name="composition",
        title=f"The panel{about} beside the workforce",
        bases=(f"Panel as on {wording.day(composition.day)}", "Each share is of the people who said it"),
        columns=tuple(map(Column, _HEADINGS)),
        sections=tuple(_section(field) for field in composition.fields),
        notes=(
            "Off by: the share minus that of the workforce, in percentage points. A panel that looks like "
            "its workforce is still one of people who chose to join.",
            *(f"{field.label}, workforce: {field.source}" for field in composition.fields if field.source),
        ),
    )


def _section(field: FieldComposition) -> Section:
    rows = [SheetRow(part.label, _part(part)) for part in field.parts]
    bases = (cell_of(field.panel_base, Style.COUNT), cell_of(field.answered_base, Style.COUNT))
    rows.append(SheetRow("All who said it", _counts(*bases), role=Role.BASE))
    if field.panel_not_said or field.answered_not_said:
        not_said = (cell_of(field.panel_not_said, Style.COUNT), cell_of(field.answered_not_said, Style.COUNT))
        rows.append(SheetRow("Not said", _counts(*not_said), role=Role.BASE))
    return Section(field.label, tuple(rows))


def _counts(panel: Cell, answered: Cell) -> tuple[Cell, ...]:
    share, points = Cell(None, Style.SHARE), Cell(None, Style.POINTS)
    return (panel, share, answered, share, share, points, points)


def _part(part: Part) -> tuple[Cell, ...]:
    return (
        cell_of(part.panel, Style.COUNT),
        cell_of(part.panel_share, Style.SHARE),
        cell_of(part.answered, Style.COUNT),
        cell_of(part.answered_share, Style.SHARE, part.low, part.high),
        cell_of(part.target_share, Style.SHARE),
        cell_of(part.panel_difference, Style.POINTS),
        cell_of(part.answered_difference, Style.POINTS),
    )


def composition_over_time_sheet(composition: CompositionOverTime) -> Sheet:
    """Lay out one profile field over days: categories down, days across, the workforce last."""
    days = [Column(wording.day(day)) for day in composition.days]
    targets = composition.targets
    bases = tuple(cell_of(base, Style.COUNT) for base in composition.bases)
    rows = [
        SheetRow(
            category,
            (
                *(cell_of(composition.share(place, day), Style.SHARE) for day in range(len(days))),
                *([Cell(targets[place], Style.SHARE)] if targets else []),
            ),
        )
        for place, category in enumerate(composition.categories)
    ]
    last = (Cell(None, Style.COUNT),) if targets else ()
    return Sheet(
        name=composition.name,
        title=f"{composition.label} of the panel over time",
        bases=("Each share is of the people who said it on that day",),
        columns=(*days, *([Column("Workforce")] if targets else [])),
        sections=(Section("", (SheetRow("Base", (*bases, *last), role=Role.BASE), *rows)),),
        notes=(f"Workforce: {composition.source}",) if composition.source else (),
    )
