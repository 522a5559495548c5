"""The panel beside the workforce: a bar for the panel's share, a line where the workforce stands."""

from collections.abc import Iterator
from functools import partial

from canvass.figures import axes, caption, keys, measure, strips
from canvass.figures.exhibits import WorkforceExhibit
from canvass.figures.frame import Body, Page, Plate, beneath
from canvass.figures.keys import Entry
from canvass.figures.numbers import DataTable
from canvass.figures.scene import Box, Dot, Mark, Rule, paragraph
from canvass.tables import wording
from canvass.tables.composition import FieldComposition, Part
from canvass.tables.values import said, told

_THICK = 20  # px of a bar
_REACH = 15  # px of the workforce's line above and below the middle


def plate(exhibit: WorkforceExhibit) -> Plate:
    """The composition with its words."""
    return Plate(
        title=_title(exhibit),
        question=_question(exhibit),
        marks=exhibit.marks,
        in_sight=_in_sight(exhibit),
        how_to_read=_how_to_read(exhibit),
        picture="Bar chart with lines of comparison",
        body=partial(body, exhibit),
        table=_table(exhibit),
        brand=exhibit.brand,
    )


def _title(exhibit: WorkforceExhibit) -> str:
    if exhibit.title.strip():
        return exhibit.title.strip()
    names = wording.listed([field.label.lower() for field in exhibit.fields])
    return f"The panel{' beside the workforce' if _has_target(exhibit) else ''}, by {names}"


def _has_target(exhibit: WorkforceExhibit) -> bool:
    return any(part.target_share is not None for field in exhibit.fields for part in field.parts)


def _has_answered(exhibit: WorkforceExhibit) -> bool:
    return any(part.answered_share is not None for field in exhibit.fields for part in field.parts)


def _question(exhibit: WorkforceExhibit) -> str:
    who = f", and {exhibit.answered}," if exhibit.answered else ""
    return f"Registered members{who} on {wording.day(exhibit.day)}. Per cent of those who said it."


def _in_sight(exhibit: WorkforceExhibit) -> tuple[str, ...]:
    bases = " ".join(_base(exhibit, field) for field in exhibit.fields)
    sources = dict.fromkeys(field.source for field in exhibit.fields if field.source)
    workforce = f"Workforce: {'; '.join(sources)}." if sources and _has_target(exhibit) else ""
    return tuple(filter(None, (f"Base: {bases}", workforce, *exhibit.notes, caption.source(exhibit))))


def _base(exhibit: WorkforceExhibit, field: FieldComposition) -> str:
    known = []
    if field.panel_base is not None:
        unsaid = f" ({wording.whole(field.panel_not_said)} did not say)" if field.panel_not_said else ""
        known.append(f"{wording.whole(field.panel_base)} members{unsaid}")
    if field.answered_base is not None:
        not_said = said(field.answered_not_said, wording.whole)
        unsaid = f" ({not_said} did not say)" if field.answered_not_said else ""
        known.append(f"{said(field.answered_base, wording.whole)} who answered{unsaid}")
    name = f"{field.label}: " if len(exhibit.fields) > 1 else ""
    return f"{name}{wording.listed(known) or 'not known'}."


def _how_to_read(exhibit: WorkforceExhibit) -> tuple[str, ...]:
    points = "Points: the share in the panel minus the share in the workforce."
    if _has_answered(exhibit):
        points = (
            "Points: the share among those who answered minus that in the workforce, in percentage points."
        )
    told = (points,) if _has_target(exhibit) else ()
    span = caption.interval("thin line across a bar", exhibit.level, set())
    return (*told, *((span,) if _has_answered(exhibit) else ()), caption.self_selection())


def body(exhibit: WorkforceExhibit, page: Page) -> Body:
    """A key, then the categories of each field on one scale."""
    values = [value for field in exhibit.fields for part in field.parts for value in _values(part)]
    axis = axes.of_shares(values or [1.0])
    found = keys.key(_entries(exhibit), page)
    for field in exhibit.fields:
        rows = list(_rows(exhibit, field))
        picture = strips.body(rows, _heads(exhibit), axis, page)
        if len(exhibit.fields) > 1:
            lines = measure.wrap(field.label, page.inner, 16, 700)
            heading = paragraph(lines, page.left, 0, size=16, line_height=21, weight=700)
            picture = beneath(Body(21 * len(lines) - 12, heading), picture)
        found = beneath(found, picture)
    return found


def _values(part: Part) -> list[float]:
    shares = (part.panel_share, part.answered_share, part.target_share, part.high)
    return [share for one in shares if (share := told(one)) is not None]


def _entries(exhibit: WorkforceExhibit) -> list[Entry]:
    if _has_answered(exhibit):
        entries = [Entry(keys.patch("soft"), "Those who answered")]
        entries.append(Entry(keys.dot("paper", "primary"), "The panel"))
    else:
        entries = [Entry(keys.patch("soft"), "The panel")]
    return [*entries, Entry(keys.stroke("ink"), "The workforce")] if _has_target(exhibit) else entries


def _heads(exhibit: WorkforceExhibit) -> tuple[str, ...]:
    answered = ("Answered",) if _has_answered(exhibit) else ()
    return (*answered, "Panel", *(("Workforce", "Points") if _has_target(exhibit) else ()))


def _rows(exhibit: WorkforceExhibit, field: FieldComposition) -> Iterator[strips.Row]:
    for part in field.parts:
        cells = _cells(exhibit, part)
        named = [_spoken(*one) for one in zip(_heads(exhibit)[1:], cells[1:], strict=True)]
        spoken = ", ".join(filter(None, named))
        yield strips.Row(part.label, partial(_strip, part=part), cells, wording.capital(spoken))


def _spoken(head: str, number: str) -> str:
    """A number with its name: "workforce 22%", "−11 points"."""
    if number == wording.ABSENT:
        return ""
    return f"{number} points" if head == "Points" else f"{head.lower()} {number}"


def _cells(exhibit: WorkforceExhibit, part: Part) -> tuple[str, ...]:
    """The numbers of a category under `_heads`."""
    answered = (said(part.answered_share, wording.percent),) if _has_answered(exhibit) else ()
    target: tuple[str, ...] = ()
    if _has_target(exhibit):
        found = part.answered_difference if _has_answered(exhibit) else part.panel_difference
        points = wording.ABSENT if found is None else said(found, lambda one: wording.points(one, 0))
        target = (wording.percent(part.target_share), points)
    return (*answered, said(part.panel_share, wording.percent), *target)


def _strip(x: strips.Across, *, part: Part) -> tuple[Mark, ...]:
    """The bar with its interval, the panel as a ring where the bar is of answers, the workforce as a line."""
    marks: list[Mark] = []
    panel = told(part.panel_share)
    share = panel if part.answered_share is None else told(part.answered_share)
    if share is not None:
        tip = f"{part.label}: {wording.percent(share)}"
        marks.append(Box(x(0), -_THICK / 2, x(share) - x(0), _THICK, "soft", tip))
    if part.low is not None and part.high is not None:
        marks.append(Rule(x(part.low), 0, x(part.high), 0, "ink", thickness=2))
        marks += [Rule(x(end), -5, x(end), 5, "ink", thickness=2) for end in (part.low, part.high)]
    if part.target_share is not None:
        at = x(part.target_share)
        marks.append(Rule(at, -_REACH, at, _REACH, "paper", thickness=7))
        marks.append(Rule(at, -_REACH, at, _REACH, "ink", thickness=3))
    if part.answered_share is not None and panel is not None:
        tip = f"{part.label}, the panel: {wording.percent(panel)}"
        marks.append(Dot(x(panel), 0, 6, "paper", tip, ring="primary"))
    return tuple(marks)


def _table(exhibit: WorkforceExhibit) -> DataTable:
    several = len(exhibit.fields) > 1
    rows = tuple(
        (f"{field.label}: {part.label}" if several else part.label, *_cells(exhibit, part))
        for field in exhibit.fields
        for part in field.parts
    )
    return DataTable(_question(exhibit), ("Category", *_heads(exhibit)), rows)
