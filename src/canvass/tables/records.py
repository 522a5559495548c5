"""Trends, compositions, funnels and response analytics as JSON and as CSV: what they are about, and a record
a number. Numbers are unrounded, days ISO, and what is not known is null."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from canvass.tables.composition import Composition, CompositionOverTime
from canvass.tables.csv_form import safe
from canvass.tables.funnel import Breakdown, Conversion, Funnel
from canvass.tables.response import QuestionResponse, ResponseAnalytics, ResponseGroup
from canvass.tables.trend import HiddenChange, Line, ReleasedChange, Trend, Wave
from canvass.tables.values import Figure, ReleasedFigure, Suppressed

type Recorded = Trend | Composition | CompositionOverTime | Funnel | Breakdown | ResponseAnalytics
type Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """One table for a machine."""

    about: Record
    rows: tuple[Record, ...]  # all with the same keys


def records(value: Recorded) -> Records:
    """The table as records."""
    match value:
        case Trend():
            return _records(_about_trend(value), _trend_rows(value))
        case Composition():
            return _records(_about_composition(value), _composition_rows(value))
        case CompositionOverTime():
            return _records(_about_over_time(value), _over_time_rows(value))
        case Funnel():
            return _records(_about_funnel(value), _funnel_rows(value))
        case ResponseAnalytics():
            return _records(_about_response(value), map(_question, value.questions))
        case Breakdown():
            return _records(_about_breakdown(value), _breakdown_rows(value))


def _records(about: Record, rows: Iterable[Record]) -> Records:
    """A hidden number is its mark."""
    return Records(about, tuple({name: _told(cell) for name, cell in row.items()} for row in rows))


def _told(value: Any) -> Any:
    return str(value) if isinstance(value, Suppressed) else value


def records_as_json(value: Recorded) -> Record:
    """What the table is about, then `rows`."""
    found = records(value)
    return {**found.about, "rows": list(found.rows)}


def records_as_csv(value: Recorded, *more: Recorded) -> str:
    """A line a record, under its keys. None is an empty cell; lists are joined by semicolons.

    more: tables of the same kind, under the same keys.
    """
    rows = [row for one in (value, *more) for row in records(one).rows]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _flat(cell) for name, cell in row.items()})
    return out.getvalue()


def _flat(value: Any) -> Any:
    return safe("; ".join(note["text"] for note in value) if isinstance(value, list) else value)


def _about_trend(trend: Trend) -> Record:
    return {
        "name": trend.name,
        "item": trend.item.id,
        "row": trend.row.id if trend.row is not None else None,
        "kind": trend.item.kind.value,
        "level": trend.level,
        "linked": trend.linked,
        "waves": [_wave(wave) for wave in trend.waves],
        "breaks": list(trend.breaks),
        "events": [
            {
                "first_day": event.first_day.isoformat(),
                "last_day": (event.last_day or event.first_day).isoformat(),
                "label": event.label,
            }
            for event in trend.events
        ],
    }


def _wave(wave: Wave) -> Record:
    found = {one.name: _told(getattr(wave, one.name)) for one in fields(wave)}
    return found | {"first_day": wave.first_day.isoformat(), "last_day": wave.last_day.isoformat()}


def _trend_rows(trend: Trend) -> Iterator[Record]:
    for line in trend.lines:
        for place, wave in enumerate(trend.waves):
            yield {
                "item": trend.item.id,
                "row": trend.row.id if trend.row is not None else None,
                "wave": place,
                "poll": wave.poll,
                "first_day": wave.first_day.isoformat(),
                "last_day": wave.last_day.isoformat(),
                "wording": wave.wording,
                "base": wave.base,
                "effective_base": wave.effective_base,
                **_line(line, place),
            }


def _line(line: Line, place: int) -> Record:
    return {
        "statistic": line.statistic,
        "option": line.option,
        **_figure(line.figures[place]),
        **_change("previous", line.since_previous[place]),
        **_change("first", line.since_first[place]),
    }


_NUMBERS = ("n", "estimate", "standard_error", "df", "low", "high", "interval", "caution")
_CHANGED = ("since", "estimate", "standard_error", "df", "low", "high", "p", "p_adjusted", "overlap")


def _figure(figure: ReleasedFigure | None) -> Record:
    """A number; where it is hidden, its mark as n and estimate."""
    return {name: getattr(figure, name, None) for name in _NUMBERS} | _kept_back(figure)


def _kept_back(figure: ReleasedFigure | None) -> Record:
    kept_back = isinstance(figure, Figure) and figure.suppressed is not None
    return {"estimate": figure.suppressed} if kept_back and figure is not None else {}


def _change(since: str, change: ReleasedChange | None) -> Record:
    if isinstance(change, HiddenChange):
        told = dict.fromkeys(_CHANGED) | {"since": change.since, "estimate": change.suppressed}
        return {f"{since}_{name}": value for name, value in told.items()}
    return {f"{since}_{name}": None if change is None else getattr(change, name) for name in _CHANGED}


def _about_composition(composition: Composition) -> Record:
    return {"day": composition.day.isoformat(), "poll": composition.poll or None}


def _composition_rows(composition: Composition) -> Iterator[Record]:
    for field in composition.fields:
        for part in field.parts:
            yield {
                "field": field.name,
                "category": part.label,
                "panel": part.panel,
                "panel_base": field.panel_base,
                "panel_share": part.panel_share,
                "answered": part.answered,
                "answered_base": field.answered_base,
                "answered_share": part.answered_share,
                "low": part.low,
                "high": part.high,
                "target_share": part.target_share,
                "panel_difference": part.panel_difference,
                "answered_difference": part.answered_difference,
                "source": field.source or None,
            }


def _about_over_time(composition: CompositionOverTime) -> Record:
    return {"field": composition.name, "label": composition.label, "source": composition.source or None}


def _over_time_rows(composition: CompositionOverTime) -> Iterator[Record]:
    for place, category in enumerate(composition.categories):
        for number, day in enumerate(composition.days):
            yield {
                "category": category,
                "day": day.isoformat(),
                "n": composition.counts[place][number],
                "base": composition.bases[number],
                "share": composition.share(place, number),
                "target_share": composition.targets[place] if composition.targets else None,
            }


def _about_funnel(funnel: Funnel) -> Record:
    return {"title": funnel.title, "of": funnel.steps[funnel.mailed].label, "stepped": funnel.stepped}


def _funnel_rows(funnel: Funnel) -> Iterator[Record]:
    for place, step in enumerate(funnel.steps):
        yield {
            "step": step.label,
            "item": None,
            "asked": None,
            "count": step.count,
            **_conversion("previous", funnel.of_previous(place)),
            **_conversion("mailed", funnel.of_mailed(place)),
        }
    for item in funnel.items:
        yield {
            "step": None,
            "item": item.text,
            "asked": item.asked,
            "count": item.answered,
            **_conversion("previous", item.conversion),
            **_conversion("mailed", Conversion(None)),
        }


def _conversion(of: str, one: Conversion) -> Record:
    return {f"of_{of}": one.share, f"of_{of}_low": one.low, f"of_{of}_high": one.high}


def _about_breakdown(breakdown: Breakdown) -> Record:
    return {"field": breakdown.name, "label": breakdown.label, "stepped": breakdown.stepped}


def _breakdown_rows(breakdown: Breakdown) -> Iterator[Record]:
    for group in breakdown.groups:
        yield {
            "group": group.label,
            "mailed": group.mailed,
            "took_part": group.took_part,
            **_conversion("mailed", group.conversion),
        }


def _about_response(found: ResponseAnalytics) -> Record:
    groups: Mapping[str, tuple[ResponseGroup, ...]] = {
        "all": (found.all,),
        "categories": found.by_category,
        "months": found.by_month,
        "seasons": found.by_season,
        "days_open": found.by_days_open,
    }
    return {
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        **{name: [asdict(one) for one in told] for name, told in groups.items()},
    }


def _question(one: QuestionResponse) -> Record:
    return {
        "poll": one.poll,
        "item": one.item,
        "text": one.text,
        "category": one.category,
        "topic": one.topic,
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "days_open": one.days_open,
        "month": one.month,
        "season": one.season,
        "asked": one.asked,
        "answered": one.answered,
        "conversion": one.conversion.share,
        "low": one.conversion.low,
        "high": one.conversion.high,
        "notes": [
            {"text": note.text, "role": note.role, "written": note.written.isoformat()} for note in one.notes
        ],
    }
