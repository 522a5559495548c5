"""A trend: waves across, numbers and their changes down. A heading over the waves of each wording."""

from collections.abc import Iterator, Sequence

from canvass.statistics.small_bases import TOO_FEW
from canvass.tables import wording
from canvass.tables.layouts import labels
from canvass.tables.sheet import Cell, Column, Entry, Role, Section, Sheet, SheetRow, Spanner, Style
from canvass.tables.trend import Change, HiddenChange, Line, ReleasedChange, Trend, Wave
from canvass.tables.values import Figure, Suppressed

_NUMBERS = {"mean": "Mean", "nps": "Net promoter score"}  # all others are shares
_PLACES = {"mean": "mean place", "top": "among the first"}  # of a ranking
SINCE_PREVIOUS, SINCE_FIRST = "Since the wave before", "Since the first wave"


def trend_sheet(trend: Trend) -> Sheet:
    """Lay out one trend: a section for the bases, then a section a line."""
    row = f" [{trend.row.label}]" if trend.row is not None else ""
    return Sheet(
        name=trend.item.id,
        title=f"{trend.item.text or trend.item.id}{row}",
        bases=_bases(trend.waves),
        columns=_columns(trend.waves),
        sections=(
            Section("", (*base_rows(trend.waves),)),
            *(Section(_line_title(line), tuple(_line_rows(line))) for line in trend.lines),
        ),
        notes=(*_reading(trend.lines, trend.level), *_people(trend), *_breaks(trend), *_events(trend)),
        spanners=_spanners(trend),
    )


def means_sheet(trends: Sequence[Trend], title: str) -> Sheet:
    """Several questions of the same polls in one table: the mean of each, wave by wave.

    Raises ValueError where their waves are not of the same polls.
    """
    polls = {tuple(wave.poll for wave in trend.waves) for trend in trends}
    if len(polls) != 1:
        raise ValueError(f"{title}: the questions must have been asked in the same polls.")
    first = trends[0]
    lines = [line for trend in trends for line in trend.lines if line.statistic == "mean"]
    return Sheet(
        name=title,
        title=f"{title}: means",
        bases=_bases([wave for trend in trends for wave in trend.waves]),
        columns=_columns(first.waves),
        sections=tuple(
            Section(
                trend.item.text or trend.item.id,
                (*base_rows(trend.waves), *_line_rows(trend.line("mean"))),
            )
            for trend in trends
        ),
        notes=(*_reading(lines, first.level), *_people(first), *_events(first)),
    )


def _line_title(line: Line) -> str:
    if line.option is not None and line.statistic in _PLACES:
        return f"{line.label}: {_PLACES[line.statistic]}"
    return wording.capital(line.label)


def _bases(waves: Sequence[Wave]) -> tuple[str, ...]:
    hidden = dict.fromkeys(wave.base.instead for wave in waves if isinstance(wave.base, Suppressed))
    told = [wave.base for wave in waves if isinstance(wave.base, int)]
    spread = " to ".join(dict.fromkeys([*hidden, *(wording.whole(one(told)) for one in (min, max) if told)]))
    days = wording.days(min(wave.first_day for wave in waves), max(wave.last_day for wave in waves))
    count = len({wave.poll for wave in waves})
    number = wording.capital(wording.small_number(count))
    return (f"{number} {'wave' if count == 1 else 'waves'}", f"Base: {spread} a wave", f"Fieldwork: {days}")


def _columns(waves: Sequence[Wave]) -> tuple[Column, ...]:
    marks = [labels.MARKS[wave.caution] if wave.caution is not None else "" for wave in waves]
    return tuple(Column(name, mark=mark) for name, mark in zip(wave_names(waves), marks, strict=True))


def wave_names(waves: Sequence[Wave]) -> list[str]:
    """The month of each wave, or its last day where two lie in one month."""
    months = [wording.month(wave.day) for wave in waves]
    return [
        month if months.count(month) == 1 else wording.day(wave.last_day)
        for month, wave in zip(months, waves, strict=True)
    ]


def base_rows(waves: Sequence[Wave]) -> Iterator[SheetRow]:
    """Base and effective base of each wave."""
    yield SheetRow("Base", tuple(labels.cell_of(wave.base, Style.COUNT) for wave in waves), role=Role.BASE)
    effective = tuple(labels.cell_of(wave.effective_base, Style.EFFECTIVE) for wave in waves)
    yield SheetRow("Effective base", effective, role=Role.BASE)


def _line_rows(line: Line) -> Iterator[SheetRow]:
    """The numbers, then what changed and the p of each change; changes since the first from the third on."""
    nothing = Cell(None, Style.SHARE if line.is_share else Style.MEAN)
    figures: tuple[Entry, ...] = tuple(
        nothing if figure is None else labels.with_interval(figure) for figure in line.figures
    )
    yield SheetRow(_NUMBERS.get(line.statistic, "Share"), figures)
    yield from _change_rows(SINCE_PREVIOUS, line, line.since_previous)
    if any(change is not None for change in line.since_first[2:]):
        yield from _change_rows(SINCE_FIRST, line, line.since_first)


def _change_rows(label: str, line: Line, changes: Sequence[ReleasedChange | None]) -> Iterator[SheetRow]:
    if not any(change is not None for change in changes):
        return
    style = Style.POINTS if line.is_share else Style.DIFFERENCE
    yield SheetRow(label, tuple(_change_cell(change, style) for change in changes), role=Role.BASE)
    ps = (Cell(_p(line, place, change), Style.P) for place, change in enumerate(changes))
    yield SheetRow(f"{label}: p", tuple(ps), role=Role.BASE)
    if any(isinstance(change, Change) and change.overlap is not None for change in changes):
        both = (
            Cell(change.overlap if isinstance(change, Change) else None, Style.COUNT) for change in changes
        )
        yield SheetRow(f"{label}: people in both", tuple(both), role=Role.BASE)


def _p(line: Line, place: int, change: ReleasedChange | None) -> float | None:
    """The corrected p, where both waves have the people for a test."""
    if not isinstance(change, Change):
        return None
    both = (line.figures[place], line.figures[change.since])
    few = any(isinstance(one, Figure) and one.caution in TOO_FEW for one in both)
    return None if few else change.p_adjusted


def _change_cell(change: ReleasedChange | None, style: Style) -> Cell:
    if isinstance(change, HiddenChange):
        return Cell(None, style, withheld=change.suppressed)
    return Cell(None, style) if change is None else Cell(change.estimate, style, change.low, change.high)


def _spanners(trend: Trend) -> tuple[Spanner, ...]:
    if not trend.breaks:
        return ()
    return tuple(Spanner(f"Wording {number}", len(run)) for number, run in enumerate(trend.runs, start=1))


def _reading(lines: Sequence[Line], level: float) -> tuple[str, ...]:
    ranges = f"The ranges are {labels.percent_of(level)} intervals; those of a change are for itself."
    if not any(change is not None for line in lines for change in line.since_previous):
        return (ranges,)
    return (
        ranges,
        "p: t test of each change, after Holm over all changes of this table in the same kind of number; "
        "none where a wave has fewer than 30 people, or people worth fewer.",
    )


def _people(trend: Trend) -> tuple[str, ...]:
    if len(trend.waves) < 2:
        return ()
    if trend.linked:
        return ("The same persons are known over the waves, and changes take account of it.",)
    if any(wave.linked for wave in trend.waves):
        return (
            "The same persons are known over a part of the waves; the others are taken as different people.",
        )
    return (
        "Persons are not known over the waves, so they are taken as different people. Some will be the same; "
        "the ranges of a change are then too wide rather than too narrow.",
    )


def _breaks(trend: Trend) -> Iterator[str]:
    names = wave_names(trend.waves)
    for place in trend.breaks:
        yield (
            f"The question was put in other words or with other answers from {names[place]} on; numbers "
            f"before and after are not compared. Before: {wording.quoted(trend.waves[place - 1].text)} "
            f"From then on: {wording.quoted(trend.waves[place].text)}"
        )


def _events(trend: Trend) -> Iterator[str]:
    for event in trend.events:
        yield f"{wording.days(event.first_day, event.last_day or event.first_day)}: {event.label}"
