"""Shares as parts of a bar: 100% stacks, and opinion scales diverging about their neutral middle."""

from dataclasses import dataclass

from canvass.figures import caption, likert, measure
from canvass.figures.exhibit import (
    Exhibit,
    is_not_applicable,
    row_label,
    shares,
    shows_counts,
    shows_shares,
)
from canvass.figures.frame import Body, Page
from canvass.figures.keys import Entry, key, patch
from canvass.figures.scene import Box, Mark, Rule, Text, paragraph, shifted
from canvass.instrument.model import Kind
from canvass.tables import wording
from canvass.tables.values import Figure, ReleasedTopline

THICK = 28
_LABEL = 220  # px of the label column
_GAP = 2  # px of paper between two parts
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
    """A bar a line under one legend; for an opinion scale about the middle of its neutral answer."""
    legend = _legend(exhibit, page)
    ruler = _Ruler(exhibit, page)
    heads = _net_head(exhibit, page, legend.height + 8)
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
    """Where parts lie: from the left edge, or about the middle of the neutral answer."""

    def __init__(self, exhibit: Exhibit, page: Page) -> None:
        self.diverging = exhibit.item.likert
        shown = [topline for topline in exhibit.toplines if shows_shares(topline)]
        right = page.right - (_NET + 16 if self.diverging and page.is_wide else 0)
        labelled = page.is_wide and exhibit.kind is Kind.GRID_SINGLE
        left = page.left + _LABEL + 16 if labelled else page.left
        self.left, self.right = float(left), float(right)
        before = [self._before(topline) for topline in shown] if self.diverging else [0.0]
        after = [self._after(topline) for topline in shown] if self.diverging else [1.0]
        absent = max((_absent(topline) for topline in shown), default=0.0) if self.diverging else 0.0
        gap = 14 if absent else 0
        self.scale = (self.right - self.left - gap) / max(max(before) + max(after) + absent, 0.01)
        self.zero = self.left + max(before) * self.scale
        self.apart = self.right - absent * self.scale

    @staticmethod
    def _before(topline: ReleasedTopline) -> float:
        negative, middle, _ = likert.poles(topline)
        return likert.net(negative) + likert.net(middle) / 2

    @staticmethod
    def _after(topline: ReleasedTopline) -> float:
        _, middle, positive = likert.poles(topline)
        return likert.net(middle) / 2 + likert.net(positive)

    def start(self, topline: ReleasedTopline) -> float:
        return self.zero - (self._before(topline) * self.scale if self.diverging else 0.0)


def _absent(topline: ReleasedTopline) -> float:
    return sum(figure.estimate or 0.0 for figure in shares(topline) if is_not_applicable(figure))


def _segments(topline: ReleasedTopline, ruler: _Ruler, top: float) -> list[Mark]:
    """The parts of one bar with their numbers, where there is room for a number."""
    marks: list[Mark] = []
    x = ruler.start(topline)
    for part in parts(topline):
        if part.fill == "hatch" and ruler.diverging:
            x = ruler.apart
        long = part.share * ruler.scale
        gap = min(_GAP, long / 3)
        marks.append(Box(x, top, long - gap, THICK, part.fill, part.tip))
        marks += _number(part, x, long - gap, top)
        x += long
    return marks


def _number(part: Part, x: float, long: float, top: float) -> list[Mark]:
    words = str(wording.whole_percent(part.share))
    wide = measure.width(words, 14, 600)
    if wide + 6 > long:
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


def _net_head(exhibit: Exhibit, page: Page, top: float) -> Body:
    """The head of the net column on a wide page; a phone says it at each line."""
    if not (exhibit.item.likert and page.is_wide):
        return Body(0, ())
    lines = measure.wrap(_net_words(exhibit.toplines[0]), _NET, 14)
    marks = paragraph(lines, page.right, top, size=14, line_height=19, colour="muted", anchor="end")
    return Body(19 * len(lines) + 6, marks)


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
    return (*measure.wrap(net, limit, 14), *lines)


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
        words = _counts(topline) if shows_counts(topline) else "[c] Not shown: fewer than 10 people answered"
        lines = measure.wrap(words, ruler.right - ruler.left, 14, 600)
        return Body(20 * len(lines), paragraph(lines, ruler.left, 0, size=14, line_height=20, weight=600))
    marks = _segments(topline, ruler, 0)
    if ruler.diverging:
        marks.append(Rule(ruler.zero, -7, ruler.zero, 0, "ink", thickness=1.5))
        marks.append(Rule(ruler.zero, THICK, ruler.zero, THICK + 7, "ink", thickness=1.5))
        if page.is_wide:
            net = wording.percent(likert.net(likert.poles(topline)[2]))
            marks.append(Text(page.right, THICK / 2 + 7, net, size=20, weight=700, anchor="end"))
    return Body(THICK, tuple(marks))


def _counts(topline: ReleasedTopline) -> str:
    return ", ".join(f"{figure.label} {wording.people(figure.n)}" for figure in shares(topline))
