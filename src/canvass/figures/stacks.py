"""Shares as parts of a bar: 100% stacks, and opinion scales with both sides from one line."""

from dataclasses import dataclass

from canvass.figures import caption, likert, measure
from canvass.figures.exhibit import (
    Exhibit,
    is_not_applicable,
    row_label,
    shares,
    shows_shares,
)
from canvass.figures.frame import Body, Page
from canvass.figures.keys import Entry, key, patch
from canvass.figures.scene import Box, Mark, Rule, Text, paragraph, shifted, small
from canvass.instrument.model import Kind
from canvass.tables import wording
from canvass.tables.sheet import told_apart
from canvass.tables.values import Figure, ReleasedTopline, Topline

THICK = 28
_LABEL = 220  # px of the label column
_GAP = 2  # px of paper between two parts
_BESIDE = 4  # px of free room about a number in its part, the least
_LANE = 18  # px between the sides of an opinion scale, its neutral answer, and what does not apply
_NET = 118  # px of the net column
_TONES: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("primary",),
    2: ("primary", "neutral"),
    3: ("primary", "neutral", "accent"),
    4: ("primary", "primary-soft", "accent-soft", "accent"),
    5: ("primary", "primary-soft", "neutral", "accent-soft", "accent"),
}
MOST_PARTS = max(_TONES)  # more parts cannot be told apart in one bar


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar."""

    label: str
    share: float
    fill: str
    tip: str


def can_draw(exhibit: Exhibit) -> bool:
    """Whether the answers are few enough for colours that everybody can tell apart."""
    return exhibit.item.likert or all(len(_answers(line)) <= MOST_PARTS for line in exhibit.toplines)


def _answers(topline: ReleasedTopline) -> tuple[Figure, ...]:
    return tuple(figure for figure in shares(topline) if not is_not_applicable(figure))


def parts(topline: ReleasedTopline) -> tuple[Part, ...]:
    """The parts from left to right; what does not apply comes last."""
    if topline.item.likert:
        found: tuple[Figure, ...] = likert.ordered(topline)
        tones = likert.tones(len(found))
    else:
        found = _answers(topline)
        tones = _TONES[len(found)]
    fills = dict(zip((figure.option for figure in found), tones, strict=True))
    missing = tuple(figure for figure in shares(topline) if is_not_applicable(figure))
    return tuple(_part(figure, fills.get(figure.option, "hatch")) for figure in (*found, *missing))


def _part(figure: Figure, fill: str) -> Part:
    tip = f"{figure.label}: {wording.percent(figure.estimate)}, {wording.people(figure.n)}"
    return Part(figure.label, figure.estimate or 0.0, fill, tip)


def body(exhibit: Exhibit, page: Page) -> Body:
    """A bar a line under one legend; of an opinion scale both sides of one line."""
    legend = _legend(exhibit, page)
    ruler = _Ruler(exhibit, page)
    heads = _heads(exhibit, ruler, page, legend.height + 8)
    y = legend.height + 10 + heads.height
    marks: list[Mark] = [*legend.marks, *heads.marks]
    for topline in _in_order(exhibit):
        line = _line(exhibit, topline, ruler, y, page)
        marks += line.marks
        y += line.height
    return Body(y, tuple(marks))


def _in_order(exhibit: Exhibit) -> list[ReleasedTopline]:
    """Lines by the share of the leading answer (an opinion scale: of its positive side), then poll order."""

    def key(topline: ReleasedTopline) -> float:
        if not shows_shares(topline):
            return 2.0
        leading = likert.poles(topline)[2] if topline.item.likert else _answers(topline)[:1]
        return -likert.net(leading)

    return sorted(exhibit.toplines, key=key)


def _legend(exhibit: Exhibit, page: Page) -> Body:
    found: dict[str, str] = {}
    for topline in exhibit.toplines:
        found |= {part.label: part.fill for part in parts(topline)}
    return key([Entry(patch(fill), label) for label, fill in found.items()], page)


class _Ruler:
    """Where parts lie: one after another from the left edge; of an opinion scale both sides from one line in
    the middle, the neutral answer and what does not apply in lanes of their own."""

    def __init__(self, exhibit: Exhibit, page: Page) -> None:
        self.diverging = exhibit.item.likert
        shown = [topline for topline in exhibit.toplines if shows_shares(topline)]
        right = page.right - (_NET + 16 if self.diverging and page.is_wide else 0)
        labelled = page.is_wide and exhibit.kind is Kind.GRID_SINGLE
        self.left = float(page.left + _LABEL + 16 if labelled else page.left)
        self.right = float(right)
        lanes = [max(map(likert.net, side)) for side in zip(*map(_sides, shown), strict=True)]
        if not self.diverging:
            lanes = [0.0, 0.0, 1.0, 0.0]
        before, middle, after, absent = lanes
        gaps = _LANE * (bool(middle) + bool(absent))
        self.scale = (self.right - self.left - gaps) / max(sum(lanes), 0.01)
        self.zero = self.left + before * self.scale
        self.neutral = self.zero + after * self.scale + _LANE
        self.absent = self.right - absent * self.scale

    def places(self, topline: ReleasedTopline) -> list[tuple[Part, float]]:
        """Each part with its left end."""
        x = self.left
        if self.diverging:
            x = self.zero - likert.net(likert.poles(topline)[0]) * self.scale
        found = []
        for part in parts(topline):
            lane = {"neutral": self.neutral, "hatch": self.absent}.get(part.fill) if self.diverging else None
            found.append((part, x if lane is None else lane))
            x += part.share * self.scale if lane is None else 0.0
        return found


def _sides(topline: ReleasedTopline) -> tuple[tuple[Figure, ...], ...]:
    """(negative, middle, positive, not applicable) shares."""
    return *likert.poles(topline), tuple(figure for figure in shares(topline) if is_not_applicable(figure))


def _segments(topline: ReleasedTopline, ruler: _Ruler, top: float) -> list[Mark]:
    """The parts of one bar with their numbers, where there is room for a number."""
    marks: list[Mark] = []
    for part, x in ruler.places(topline):
        long = part.share * ruler.scale
        gap = min(_GAP, long / 3)
        marks.append(Box(x, top, long - gap, THICK, part.fill, part.tip))
        marks += _number(part, x, long - gap, top)
    return marks


def _number(part: Part, x: float, long: float, top: float) -> list[Mark]:
    words = wording.percent(part.share).removesuffix("%")
    wide = measure.width(words, 14, 600)
    if wide + _BESIDE > long:
        return []
    middle = x + long / 2
    hatched = part.fill == "hatch"
    plate: list[Mark] = [Box(middle - wide / 2 - 3, top + 4, wide + 6, THICK - 8, "paper", radius=3)]
    colour = "ink" if hatched else f"on-{part.fill}"
    number = Text(middle, top + 19, words, size=14, weight=600, colour=colour, anchor="middle")
    return [*(plate if hatched else []), number]


def _net_words(topline: ReleasedTopline) -> str:
    _, _, positive = likert.poles(topline)
    words = wording.listed([figure.label for figure in positive], "or")
    return words[:1].upper() + words[1:]


def _heads(exhibit: Exhibit, ruler: _Ruler, page: Page, top: float) -> Body:
    """The heads of the net column and of the neutral lane; a phone says the net at each line."""
    if not (exhibit.item.likert and page.is_wide):
        return Body(0, ())
    lines = measure.wrap(_net_words(exhibit.toplines[0]), _NET, 14)
    foot = top + 19 * len(lines)
    marks: list[Mark] = list(small(lines, page.right, top, colour="muted", anchor="end"))
    middle = likert.poles(exhibit.toplines[0])[1]
    room = ruler.right - ruler.neutral
    if middle and measure.width(middle[0].label, 14) <= room:
        marks += small((middle[0].label,), ruler.neutral, foot - 19, colour="muted")
    return Body(19 * len(lines) + 6, tuple(marks))


def _line(exhibit: Exhibit, topline: ReleasedTopline, ruler: _Ruler, top: float, page: Page) -> Body:
    """One line of a grid; the only line of a single item needs no label."""
    label = row_label(topline) if exhibit.kind is Kind.GRID_SINGLE else ""
    limit = _LABEL if page.is_wide else page.inner
    lines = measure.wrap(label, limit, 16, 400 if page.is_wide else 600)
    below = _below_label(exhibit, topline, limit, page)
    text = [
        *paragraph(lines, page.left, 0, size=16, line_height=21, weight=400 if page.is_wide else 600),
        *paragraph(below, page.left, 21 * len(lines), size=14, line_height=19, colour="muted"),
    ]
    return _placed(topline, text, 21 * len(lines) + 19 * len(below), ruler, top, page)


def _below_label(exhibit: Exhibit, topline: ReleasedTopline, limit: float, page: Page) -> tuple[str, ...]:
    found = caption.line_note(exhibit, topline)
    lines = measure.wrap(found, limit, 14)
    if page.is_wide or not (exhibit.item.likert and shows_shares(topline)):
        return lines
    net = f"{wording.percent(likert.net(likert.poles(topline)[2]))} {_net_words(topline).lower()}"
    return (*measure.wrap(net + likert.net_interval(topline), limit, 14), *lines)


def _placed(
    topline: ReleasedTopline, text: list[Text], text_height: float, ruler: _Ruler, top: float, page: Page
) -> Body:
    """Label and bar beside each other, or above each other on a phone."""
    bar = _bar_or_words(topline, ruler, page)
    if page.is_wide:
        high = max(bar.height, text_height) + 18
        down, at = top + (high - text_height) / 2, top + (high - bar.height) / 2
    else:
        high = text_height + bar.height + 26
        down, at = top, top + text_height + 9
    return Body(high, (*shifted(tuple(text), down), *shifted(bar.marks, at)))


def _bar_or_words(topline: ReleasedTopline, ruler: _Ruler, page: Page) -> Body:
    """The bar, or for a small base the counts in words, or why nothing is shown."""
    if not shows_shares(topline):
        words = _counts(topline) if isinstance(topline, Topline) else told_apart([topline.suppressed])[0]
        lines = measure.wrap(words, ruler.right - ruler.left, 14, 600)
        return Body(20 * len(lines), paragraph(lines, ruler.left, 0, size=14, line_height=20, weight=600))
    marks = _segments(topline, ruler, 0)
    if not ruler.diverging:
        return Body(THICK, tuple(marks))
    marks.append(Rule(ruler.zero - 1, -6, ruler.zero - 1, THICK + 6, "ink", thickness=1.5))
    if not page.is_wide:
        return Body(THICK, tuple(marks))
    net = wording.percent(likert.net(likert.poles(topline)[2]))
    span = likert.net_span(topline)
    marks.append(Text(page.right, THICK / 2 + (2 if span else 7), net, size=20, weight=700, anchor="end"))
    if span:
        marks.append(Text(page.right, THICK / 2 + 20, span, size=14, colour="muted", anchor="end"))
    return Body(THICK + 8, shifted(tuple(marks), 4))


def _counts(topline: ReleasedTopline) -> str:
    return ", ".join(f"{figure.label} {wording.people(figure.n)}" for figure in shares(topline))
