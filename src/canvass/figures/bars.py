"""Bars with intervals, values and people in columns: single choice, choose-all and ranking."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from canvass.figures import caption, keys, measure, titles
from canvass.figures.exhibit import Exhibit, is_not_applicable, row_label, shares, shows_counts, shows_shares
from canvass.figures.frame import Body, Page, beneath
from canvass.figures.scene import Box, Mark, Rule, Text, paragraph, shifted
from canvass.instrument.model import Item, Kind
from canvass.tables import wording
from canvass.tables.values import Figure, ReleasedTopline

LINE = 21  # px from one line of a label to the next
THICK = 22  # px of a bar
_WIDE_LABEL = 266  # px of the label column
_VALUE_EDGE = 352
_AXIS = 366, 652
_COLUMN = 64  # px of one column of numbers at the right


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the picture; `apart` sets it off from those before it."""

    label: str
    share: float
    low: float | None
    high: float | None
    people: int
    rank: str  # mean rank; "" where nothing was ranked
    among: float | None  # of a ranking: who put it among the first places that were asked for
    fill: str
    apart: bool
    tip: str

    @property
    def value(self) -> str:
        return wording.percent(self.share)

    @property
    def columns(self) -> tuple[str, ...]:
        if not self.rank:
            return (wording.whole(self.people),)
        return wording.percent(self.among), self.rank

    @property
    def weight(self) -> int:
        return 600 if self.fill == "primary" else 400


def body(exhibit: Exhibit, page: Page) -> Body:
    """Bars for the first topline, wide (columns) or for a phone (label above bar)."""
    topline = exhibit.toplines[0]
    found = bars(topline, titles.subject(exhibit))
    top = 1.0 if exhibit.kind is Kind.MULTIPLE else axis_end(found)
    draw = _wide if page.is_wide else _phone
    picture = draw(found, top, _heads(exhibit), page)
    if all(bar.among is None for bar in found):
        return picture
    first = keys.Entry(keys.patches(("primary", "soft")), "Put first")
    among = keys.Entry(keys.patch("neutral"), f"Among the first {choose(exhibit.item)}")
    return beneath(keys.key([first, among], page), picture)


def lines(exhibit: Exhibit, page: Page) -> Body:
    """Bars for each line of a grid whose answers are too many for one bar."""
    shown = [bars(topline, frozenset()) for topline in exhibit.toplines if shows_shares(topline)]
    end = max(axis_end(found) for found in shown)
    draw = _wide if page.is_wide else _phone
    marks: list[Mark] = []
    y = 0.0
    for topline in exhibit.toplines:
        head = _line_head(topline, y, page)
        marks += head.marks
        y += head.height
        if shows_shares(topline):
            block = draw(bars(topline, frozenset()), end, _heads(exhibit), page)
            marks += shifted(block.marks, y)
            y += block.height + 24
    return Body(y, tuple(marks))


def _line_head(topline: ReleasedTopline, top: float, page: Page) -> Body:
    """The name of one line of a grid, its base, and counts where it may have no bars."""
    label = measure.wrap(row_label(topline), page.inner, 16, 600)
    note = ", ".join(part for part in (caption.row_base(topline), caption.short_mark(topline)) if part)
    if shows_counts(topline) and not shows_shares(topline):
        note += ": " + ", ".join(f"{f.label} {wording.people(f.n)}" for f in shares(topline))
    below = measure.wrap(note, page.inner, 14)
    marks = (
        *paragraph(label, page.left, top, size=16, line_height=LINE, weight=600),
        *paragraph(below, page.left, top + LINE * len(label), size=14, line_height=19, colour="muted"),
    )
    return Body(LINE * len(label) + 19 * len(below) + 12, marks)


def bars(topline: ReleasedTopline, subject: frozenset[str]) -> tuple[Bar, ...]:
    """The bars in the order in which they are drawn."""
    return tuple(_bar(topline, figure, subject) for figure in _in_order(topline))


def _in_order(topline: ReleasedTopline) -> list[Figure]:
    """Poll order for one answer; by size for several and for ranks, with "none" and "other" last."""
    if topline.item.kind in (Kind.SINGLE, Kind.GRID_SINGLE):
        return list(shares(topline))
    return sorted(shares(topline), key=lambda f: (_last(topline, f), -(f.estimate or 0.0)))


def _last(topline: ReleasedTopline, figure: Figure) -> int:
    """0 for an ordinary answer; more for what stands after them: other, none, not applicable."""
    if is_not_applicable(figure):
        return 4
    option = next((o for o in topline.item.options if o.id == figure.option), None)
    return 0 if option is None else 2 * option.exclusive + option.other


def _bar(topline: ReleasedTopline, figure: Figure, subject: frozenset[str]) -> Bar:
    exclusive = _last(topline, figure) >= 2
    fill = "primary" if figure.option in subject else "line" if exclusive else "soft"
    missing = is_not_applicable(figure)
    ranked = topline.item.kind is Kind.RANKING
    return Bar(
        figure.label,
        figure.estimate or 0.0,
        figure.low,
        figure.high,
        figure.n,
        wording.mean(_of_option(topline, "mean", figure)) if ranked else "",
        _of_option(topline, "top", figure) if ranked else None,
        "hatch" if missing else fill,
        exclusive or missing,
        _tip(figure),
    )


def _of_option(topline: ReleasedTopline, statistic: str, of: Figure) -> float | None:
    """Another number of the same option: its mean rank, who put it among the first."""
    found = (f for f in topline.figures if f.statistic == statistic and f.option == of.option)
    figure = next(found, None)
    return figure.estimate if isinstance(figure, Figure) else None


def choose(item: Item) -> int:
    """How many places of a ranking were asked for."""
    return item.choose or len(item.options)


def _tip(figure: Figure) -> str:
    interval = wording.percent_range(figure.low, figure.high)
    span = f", interval {interval}" if interval else ""
    return f"{figure.label}: {wording.percent(figure.estimate)}, {wording.people(figure.n)}{span}"


def _heads(exhibit: Exhibit) -> tuple[str, ...]:
    """Heads of the scale and of the columns at the right."""
    interval = f"with {wording.limit(exhibit.level)} interval"
    if exhibit.kind is Kind.RANKING:
        return f"Put first, {interval}", f"Among first {choose(exhibit.item)}", "Mean rank"
    return f"Per cent, {interval}", "People"


def axis_end(found: Iterable[Bar]) -> float:
    """The end of the scale: the next step of 20 points above everything that is drawn."""
    highest = max((max(bar.share, bar.high or 0.0, bar.among or 0.0) for bar in found), default=0.0)
    return next((end for end in (0.2, 0.4, 0.6, 0.8) if highest <= end), 1.0)


def ticks(end: float) -> tuple[float, ...]:
    steps = 4 if end in (1.0, 0.2, 0.4, 0.8) else 3
    return tuple(end * i / steps for i in range(steps + 1))


def whisker(bar: Bar, x: Callable[[float], float], y: float, *, cap: float = 6) -> list[Mark]:
    """The interval: light inside a dark bar, ink outside it, so that it is seen on both."""
    if bar.low is None or bar.high is None:
        return []
    inside = f"on-{bar.fill}" if bar.fill in ("primary", "soft") else "ink"
    low, high, end = x(bar.low), x(bar.high), x(bar.share)
    cuts = sorted({low, min(max(end, low), high), high})
    marks: list[Mark] = [
        Rule(a, y, b, y, inside if b <= end else "ink", thickness=2) for a, b in pairwise(cuts)
    ]
    marks += [
        Rule(at, y - cap, at, y + cap, inside if at < end else "ink", thickness=2) for at in (low, high)
    ]
    return marks


def _strip(bar: Bar, x: Callable[[float], float], top: float) -> list[Mark]:
    """The bar with its interval; a bar of no length still has its interval and its tip."""
    long = x(bar.share) - x(0)
    marks: list[Mark] = [Box(x(0), top, long, THICK, bar.fill, bar.tip)]
    if bar.among is not None:
        tip = f"{bar.label}, among the first: {wording.percent(bar.among)}"
        marks.insert(0, Box(x(0), top, x(bar.among) - x(0), THICK, "neutral", tip))
    return [*marks, *whisker(bar, x, top + THICK / 2)]


def _axis(
    x: Callable[[float], float], end: float, top: float, bottom: float
) -> tuple[list[Mark], list[Mark]]:
    """(grid lines to lie under the bars, labels and the zero line to lie over them)."""
    steps = ticks(end)
    grid: list[Mark] = [Rule(x(step), top, x(step), bottom, "grid") for step in steps[1:]]
    over: list[Mark] = [Rule(x(0), top, x(0), bottom, "ink", thickness=1.5)]
    over += [
        Text(x(step), bottom + 18, wording.percent(step), size=14, colour="muted", anchor="middle")
        for step in steps
    ]
    return grid, over


def _wide(found: tuple[Bar, ...], end: float, heads: tuple[str, ...], page: Page) -> Body:
    left, right = _AXIS[0], _AXIS[1] - (len(heads) - 2) * (_COLUMN + 16)
    marks: list[Mark] = [Text(left, 14, heads[0], size=14, colour="muted")]
    edges = [page.right - i * (_COLUMN + 24) for i in reversed(range(len(heads) - 1))]
    marks += [
        Text(edge, 14, head, size=14, colour="muted", anchor="end")
        for edge, head in zip(edges, heads[1:], strict=True)
    ]

    def x(share: float) -> float:
        return left + share / end * (right - left)

    y = 26.0
    drawn: list[Mark] = []
    for i, bar in enumerate(found):
        lines = measure.wrap(bar.label, _WIDE_LABEL, 16, bar.weight)
        high = max(42, LINE * len(lines) + 14)
        if bar.apart and i and not found[i - 1].apart:
            drawn.append(Rule(page.left, y + 4, page.right, y + 4, "grid"))
            y += 8
        drawn += _wide_line(bar, lines, y + high / 2, edges, page)
        drawn += _strip(bar, x, y + (high - THICK) / 2)
        y += high
    grid, over = _axis(x, end, 26, y)
    return Body(y + 26, (*marks, *grid, *drawn, *over))


def _wide_line(bar: Bar, lines: tuple[str, ...], middle: float, edges: list[int], page: Page) -> list[Mark]:
    base = middle + 5.6
    top = middle - LINE * len(lines) / 2
    return [
        *paragraph(lines, page.left, top, size=16, line_height=LINE, weight=bar.weight),
        Text(_VALUE_EDGE, base, bar.value, weight=700, anchor="end"),
        *(
            Text(edge, base, words, colour="muted", anchor="end")
            for edge, words in zip(edges, bar.columns, strict=True)
        ),
    ]


def _phone(found: tuple[Bar, ...], end: float, heads: tuple[str, ...], page: Page) -> Body:
    def x(share: float) -> float:
        return page.left + share / end * page.inner

    marks: list[Mark] = [Text(page.left, 14, heads[0], size=14, colour="muted")]
    beside = max((measure.width(_beside(bar), 14) for bar in found if not bar.rank), default=-12.0)
    value_edge = page.right - beside - 12
    y = 26.0
    for i, bar in enumerate(found):
        if bar.apart and i and not found[i - 1].apart:
            marks.append(Rule(page.left, y + 2, page.right, y + 2, "grid"))
            y += 10
        label = _phone_label(bar, y, value_edge, page)
        y += label.height
        marks += [*label.marks, Box(page.left, y, page.inner, THICK, "tint"), *_strip(bar, x, y)]
        y += THICK + 14
    marks += [
        Text(page.left, y + 4, "0%", size=14, colour="muted"),
        Text(page.right, y + 4, wording.percent(end), size=14, colour="muted", anchor="end"),
    ]
    return Body(y + 10, tuple(marks))


def _beside(bar: Bar) -> str:
    if not bar.rank:
        return wording.people(bar.people)
    return f"{wording.people(bar.people)}; {wording.percent(bar.among)} among the first; mean rank {bar.rank}"


def _phone_label(bar: Bar, top: float, value_edge: float, page: Page) -> Body:
    """The label, with value and people at the right of its last line; a mean rank takes a line of its own."""
    room = value_edge - measure.width("100%", 16, 700) - 10 - page.left
    lines = measure.wrap(bar.label, room, 16, bar.weight)
    base = top + LINE * len(lines) - 5
    if bar.rank:
        beside = Text(page.left, base + 19, _beside(bar), size=14, colour="muted")
    else:
        beside = Text(page.right, base, _beside(bar), size=14, colour="muted", anchor="end")
    return Body(
        LINE * len(lines) + (24 if bar.rank else 5),
        (
            *paragraph(lines, page.left, top, size=16, line_height=LINE, weight=bar.weight),
            Text(value_edge, base, bar.value, weight=700, anchor="end"),
            beside,
        ),
    )
