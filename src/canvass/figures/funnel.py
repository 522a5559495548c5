"""The funnel of a poll: a bar for each step on one scale, then for each question who saw and who answered."""

from collections.abc import Iterator
from functools import partial

from canvass.figures import caption, measure, strips
from canvass.figures.axes import Axis
from canvass.figures.exhibits import FunnelExhibit
from canvass.figures.frame import Body, Page, Plate, beneath
from canvass.figures.numbers import DataTable
from canvass.figures.scene import Box, Mark, Text, paragraph
from canvass.tables import wording
from canvass.tables.funnel import Funnel, ItemCount
from canvass.tables.sheet import told_apart
from canvass.tables.values import Suppressed, said, told

_THICK = 22  # px of a bar
_NOT_MEASURED = "not measured"
_STEPS = "People", "Of mailed", "Of the step before"
_ITEMS = "Answered", "Asked", "Of asked"


def plate(exhibit: FunnelExhibit) -> Plate:
    """The funnel with its words."""
    return Plate(
        title=exhibit.title.strip() or _title(exhibit.funnel),
        question=f"The poll {wording.quoted(exhibit.funnel.title)}, step by step.",
        marks=exhibit.marks,
        in_sight=_in_sight(exhibit),
        how_to_read=_how_to_read(exhibit.funnel),
        picture="Funnel as a bar chart",
        body=partial(body, exhibit.funnel),
        table=_table(exhibit.funnel),
        brand=exhibit.brand,
    )


def _title(funnel: Funnel) -> str:
    """ "Of 1,237 mailed, 131 finished (10.6%)", with the last step that was measured."""
    mailed = funnel.steps[funnel.mailed]
    measured = [place for place, step in enumerate(funnel.steps) if step.count is not None]
    if not measured or measured[-1] <= funnel.mailed or not mailed.count:
        return f"{wording.quoted(funnel.title)}, step by step"
    last = funnel.steps[measured[-1]]
    came = f"{wording.whole(last.count or 0)} {last.label.lower()}"
    share = wording.rate(funnel.of_mailed(measured[-1]).share)
    return f"Of {wording.whole(mailed.count)} {mailed.label.lower()}, {came} ({share})"


def _in_sight(exhibit: FunnelExhibit) -> tuple[str, ...]:
    when = wording.days(exhibit.first_day, exhibit.last_day)
    so_far = " So far; counts from answers are rounded down to fives." if exhibit.funnel.stepped else ""
    return (f"Fieldwork: {when}, {exhibit.mode}.{so_far}", *exhibit.notes, caption.source(exhibit))


def _how_to_read(funnel: Funnel) -> tuple[str, ...]:
    steps = (
        "From the mailed on, each step is a part of the one before it. The share of those mailed who took "
        "part is called participation, for a panel that people join by themselves has no response rate."
    )
    return (steps, *told_apart(_hidden(item) for item in funnel.items))


def _hidden(item: ItemCount) -> Suppressed | None:
    """Why the numbers of a question are not shown; None where they are."""
    return next((one for one in (item.asked, item.answered) if isinstance(one, Suppressed)), None)


def body(funnel: Funnel, page: Page) -> Body:
    """The steps, then the questions."""
    axis = Axis(0, max(funnel.whole, 1), max(funnel.whole, 1))
    steps = strips.body(list(_step_rows(funnel)), _STEPS, axis, page, ticks=False)
    if not funnel.items:
        return steps
    most = max(told(item.asked) or 0 for item in funnel.items)
    scale = Axis(0, max(most, 1), max(most, 1))
    items = strips.body(list(_item_rows(funnel)), _ITEMS, scale, page, ticks=False)
    lines = measure.wrap("Question by question: asked, and of these answered", page.inner, 16, 600)
    heading = Body(21 * len(lines), paragraph(lines, page.left, 0, size=16, line_height=21, weight=600))
    return beneath(steps, beneath(heading, items))


def _step_rows(funnel: Funnel) -> Iterator[strips.Row]:
    for place, step in enumerate(funnel.steps):
        cells = _step_cells(funnel, place)
        fill = "primary" if place > funnel.mailed else "soft"
        strip = partial(_bar, count=step.count, fill=fill, tip=f"{step.label}: {cells[0]}")
        weight = 600 if place == funnel.mailed else 400
        people = wording.ABSENT if step.count is None else cells[0]  # the strip says why
        yield strips.Row(step.label, strip, (people, *cells[1:]), _said(cells), weight)


def _said(cells: tuple[str, str, str]) -> str:
    """The shares of a step in words: "10.9% of mailed, 67.2% of the step before"."""
    named = zip(cells[1:], _STEPS[1:], strict=True)
    return ", ".join(f"{share} {head.lower()}" for share, head in named if share != wording.ABSENT)


def _step_cells(funnel: Funnel, place: int) -> tuple[str, str, str]:
    """(people, of mailed, of the step before) of one step."""
    count = funnel.steps[place].count
    people = _NOT_MEASURED if count is None else wording.whole(count)
    of_mailed, of_previous = funnel.of_mailed(place).share, funnel.of_previous(place).share
    return people, wording.rate(of_mailed), wording.rate(of_previous)


def _bar(x: strips.Across, *, count: int | None, fill: str, tip: str) -> tuple[Mark, ...]:
    if count is None:
        return _words(x, _NOT_MEASURED)
    return (Box(x(0), -_THICK / 2, x(count) - x(0), _THICK, fill, tip),)


def _words(x: strips.Across, words: str) -> tuple[Mark, ...]:
    """What stands in place of a bar."""
    return (Text(x(0) + 8, 5, words, size=14, colour="muted"),)


def _item_rows(funnel: Funnel) -> Iterator[strips.Row]:
    for item in funnel.items:
        cells = _item_cells(item)
        strip = partial(_pair, item=item, tip=f"{item.text}: {cells[0]} of {cells[1]}")
        spoken = "" if _hidden(item) else f"{cells[2]} of {cells[1]} asked"
        yield strips.Row(_name(item), strip, cells, spoken)


def _name(item: ItemCount) -> str:
    return f"{item.number}. {item.text}"


def _item_cells(item: ItemCount) -> tuple[str, str, str]:
    answered, asked = (said(one, wording.whole) for one in (item.answered, item.asked))
    hidden = _hidden(item)
    return answered, asked, str(hidden) if hidden else wording.percent(item.conversion.share)


def _pair(x: strips.Across, *, item: ItemCount, tip: str) -> tuple[Mark, ...]:
    """Who answered, inside of who was asked."""
    if hidden := _hidden(item):
        what = "asked" if isinstance(item.asked, Suppressed) else "answered"
        return _words(x, f"{hidden} {hidden.instead} {what}")
    high = _THICK - 8
    return (
        Box(x(0), -_THICK / 2, x(told(item.asked) or 0) - x(0), _THICK, "grid"),
        Box(x(0), -high / 2, x(told(item.answered) or 0) - x(0), high, "primary", tip),
    )


def _table(funnel: Funnel) -> DataTable:
    """A row a step, then a row a question, whose people are those that answered it."""
    caption_ = f"The poll {wording.quoted(funnel.title)}."
    steps = [(step.label, *_step_cells(funnel, place)) for place, step in enumerate(funnel.steps)]
    if not funnel.items:
        return DataTable(caption_, ("Step", *_STEPS), tuple(steps))
    nothing = wording.ABSENT, wording.ABSENT
    rows: list[tuple[str, ...]] = [(*step, *nothing) for step in steps]
    for item in funnel.items:
        answered, *of_asked = _item_cells(item)
        rows.append((_name(item), answered, *nothing, *of_asked))
    return DataTable(caption_, ("Step or question", *_STEPS, *_ITEMS[1:]), tuple(rows))
