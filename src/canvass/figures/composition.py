"""The panel's composition over time: a plot for each category, with the workforce's share as a level."""

from functools import partial

from canvass.figures import axes, caption, keys, measure
from canvass.figures.axes import Days
from canvass.figures.events import Flags
from canvass.figures.exhibits import CompositionExhibit
from canvass.figures.frame import Body, Page, Plate, beneath, in_rows
from canvass.figures.keys import Entry
from canvass.figures.numbers import DataTable
from canvass.figures.scene import paragraph, small
from canvass.figures.timeline import Plot, Point, Strand, chart, columns_of
from canvass.tables import wording
from canvass.tables.composition import CompositionOverTime
from canvass.tables.values import Suppressed, said, told


def plate(exhibit: CompositionExhibit) -> Plate:
    """The composition with its words."""
    found = exhibit.composition
    return Plate(
        title=exhibit.title.strip() or _title(found),
        question=f"{found.label}. Per cent of registered members who said it.",
        marks=exhibit.marks,
        in_sight=_in_sight(exhibit),
        how_to_read=(caption.self_selection(),),
        picture=f"{len(found.categories)} line charts" if len(found.categories) > 1 else "Line chart",
        body=partial(body, exhibit),
        table=_table(found),
        brand=exhibit.brand,
    )


def _title(found: CompositionOverTime) -> str:
    first, last = wording.month(found.days[0]), wording.month(found.days[-1])
    when = first if first == last else f"{first} to {last}"
    return f"The panel by {found.label.lower()}, {when}"


def _in_sight(exhibit: CompositionExhibit) -> tuple[str, ...]:
    found = exhibit.composition
    shown = [base for base in found.bases if isinstance(base, int)]
    few = [base.instead for base in found.bases if isinstance(base, Suppressed)]
    bases = dict.fromkeys([*few[:1], *(wording.whole(end(shown)) for end in (min, max) if shown)])
    base = f"Base: {' to '.join(bases)} members on {wording.small_number(len(found.days))} days."
    workforce = f"Workforce: {found.source}." if found.source and found.targets else ""
    sentences = (base, workforce, _flags(exhibit).sentence(), *exhibit.notes, caption.source(exhibit))
    return tuple(filter(None, sentences))


def _flags(exhibit: CompositionExhibit) -> Flags:
    days = exhibit.composition.days
    return Flags(exhibit.events, days[0], days[-1], alone=len(exhibit.composition.categories) == 1)


def body(exhibit: CompositionExhibit, page: Page) -> Body:
    """The plots on one scale, with a key where there is a workforce."""
    found = exhibit.composition
    strands = [_strand(found, category) for category in range(len(found.categories))]
    values = [point.value for strand in strands for point in strand.drawn if point.value is not None]
    targets = [target for target in found.targets if target is not None]
    columns, gap, width, height = columns_of(len(strands), page)
    days = Days(found.days[0], found.days[-1])
    plot = Plot(axes.of_shares([*values, *targets] or [1.0]), days, _flags(exhibit), width, height)
    named = zip(found.categories, strands, strict=True)
    plots = [(_head(name, strand.target, width), chart(strand, plot)) for name, strand in named]
    picture = in_rows(plots, columns, width, gap, page)
    if not targets:
        return picture
    return beneath(keys.key([Entry(keys.dashes("ink"), "Share in the workforce")], page), picture)


def _head(name: str, target: float | None, width: float) -> Body:
    """The category, and its share of the workforce."""
    lines = measure.wrap(name, width, 16, 600)
    below = () if target is None else (f"Workforce {wording.percent(target)}",)
    marks = (
        *paragraph(lines, 0, 0, size=16, line_height=21, weight=600),
        *small(below, 0, 21 * len(lines), colour="muted"),
    )
    return Body(21 * len(lines) + 19 * len(below) + 6, marks)


def _strand(found: CompositionOverTime, category: int) -> Strand:
    points = tuple(_point(found, category, place) for place in range(len(found.days)))
    return Strand((points,), target=found.targets[category] if found.targets else None)


def _point(found: CompositionOverTime, category: int, place: int) -> Point:
    day, share = found.days[place], told(found.share(category, place))
    return Point(day, share, tip=f"{wording.day(day)}: {wording.percent(share)}")


def _table(found: CompositionOverTime) -> DataTable:
    """A row a day, a column a category; the workforce last."""
    rows = [
        (
            wording.day(day),
            said(found.bases[place], wording.whole),
            *(said(found.share(at, place), wording.percent) for at in range(len(found.categories))),
        )
        for place, day in enumerate(found.days)
    ]
    if found.targets:
        rows.append(("Workforce", wording.ABSENT, *(wording.percent(target) for target in found.targets)))
    return DataTable(
        f"{found.label}, per cent of members.", ("Day", "Members", *found.categories), tuple(rows)
    )
