"""The net promoter score: all answers by their three groups, the shares of these, the score on its scale."""

from canvass.figures import keys, measure
from canvass.figures.exhibit import Exhibit, shares, single_figure
from canvass.figures.frame import Body, Page, beneath
from canvass.figures.keys import Entry
from canvass.figures.ratings import columns, on_line, scale_of
from canvass.figures.scene import SMALL, SMALL_LINE, Anchor, Mark, Rule, Text, shifted, small
from canvass.tables import wording
from canvass.tables.values import ReleasedTopline

_GROUPS = (("Detractors", 0, 6, "accent"), ("Passives", 7, 8, "neutral"), ("Promoters", 9, 10, "primary"))


def is_score(topline: ReleasedTopline) -> bool:
    """Whether the item was counted as a likelihood to recommend."""
    return single_figure(topline, "nps") is not None and scale_of(topline).points() == range(11)


def body(exhibit: Exhibit, page: Page) -> Body:
    """A column for each point in the colour of its group, the groups in words, and the score."""
    topline = exhibit.toplines[0]
    head = "Per cent of people who answered"
    found = columns(topline, head, page, tuple(map(_fill, range(11))))
    groups = keys.key([_entry(topline, *group) for group in _GROUPS], page)
    return beneath(beneath(found, groups), _score(exhibit, topline, page))


def group_shares(topline: ReleasedTopline) -> tuple[tuple[str, float], ...]:
    """(group, share) of detractors, passives and promoters."""
    return tuple((name, _share(topline, first, last)) for name, first, last, _ in _GROUPS)


def _fill(point: int) -> str:
    return next(fill for _, first, last, fill in _GROUPS if first <= point <= last)


def _share(topline: ReleasedTopline, first: int, last: int) -> float:
    wanted = {str(point) for point in range(first, last + 1)}
    return sum(figure.estimate or 0.0 for figure in shares(topline) if figure.option in wanted)


def _entry(topline: ReleasedTopline, name: str, first: int, last: int, fill: str) -> Entry:
    share = wording.percent(_share(topline, first, last))
    return Entry(keys.patch(fill), f"{name}, {first} to {last}: {share}")


def _score(exhibit: Exhibit, topline: ReleasedTopline, page: Page) -> Body:
    """The score with its interval between −100 and 100."""
    score = single_figure(topline, "nps")
    if score is None or score.estimate is None:
        return Body(0, ())

    def x(value: float) -> float:
        return page.left + (value + 100) / 200 * page.inner

    head = f"Promoters minus detractors, with {wording.limit(exhibit.level)} interval"
    lines = measure.wrap(head, page.inner, SMALL)
    line = on_line(score, "Net promoter score", x, page)
    top = SMALL_LINE * len(lines) + 4
    marks: list[Mark] = [
        *small(lines, page.left, 0, colour="muted"),
        Rule(x(0), top + 8, x(0), top + 24, "line"),
    ]
    ends: tuple[tuple[float, Anchor], ...] = ((-100, "start"), (0, "middle"), (100, "end"))
    foot = top + line.height + 14
    for value, anchor in ends:
        marks.append(Text(x(value), foot, wording.quantity(value), size=SMALL, colour="muted", anchor=anchor))
    return Body(foot + 6, (*marks, *shifted(line.marks, top)))
