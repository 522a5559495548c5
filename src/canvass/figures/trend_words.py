"""The words of a trend and its numbers wave by wave. Nothing here says that anything changed."""

from collections.abc import Callable, Iterator
from typing import TypeGuard

from canvass.figures import caption
from canvass.figures.asked import scale_ends
from canvass.figures.axes import Axis
from canvass.figures.events import Flags
from canvass.figures.exhibits import TrendExhibit
from canvass.figures.numbers import TOO_FEW, DataTable
from canvass.instrument.model import Kind, Scale
from canvass.tables import wording
from canvass.tables.sheet import told_apart
from canvass.tables.trend import Change, HiddenChange, Line, ReleasedChange, Trend
from canvass.tables.values import Caution, Figure, HiddenFigure, ReleasedFigure, Suppressed, said

_NAMES = {
    "mean": ("Mean answer", "Mean"),
    "nps": ("Net promoter score", "Net promoter score"),
    "band": ("Per cent in each band", "Per cent"),
    "top": ("Per cent who put each first", "Per cent"),
}
_SHARES = ("Per cent of people who answered", "Per cent")
_CAUTIONS = {
    Caution.NO_FIGURE: "[u] Not drawn: fewer than 10 people",
    Caution.COUNTS_ONLY: "[u] Not drawn: 10 to 29 people",
    Caution.VERY_SMALL: "[u] Very small base: 30 to 49 people",
    Caution.SMALL: "Small base: 50 to 99 people",
}


def shown(figure: ReleasedFigure | None) -> TypeGuard[Figure]:
    """Whether a wave's number may be drawn: there is one, from 30 people or more."""
    if not isinstance(figure, Figure) or figure.estimate is None:
        return False
    return figure.caution not in (Caution.COUNTS_ONLY, Caution.NO_FIGURE)


def written(line: Line) -> tuple[Callable[[float | None], str], Callable[[float | None, float | None], str]]:
    """How a number of this line and its interval are written."""
    if line.is_share:
        return wording.percent, wording.percent_range
    return wording.mean, wording.mean_range


def title(exhibit: TrendExhibit) -> str:
    """The sentence that was given, else how many waves of what, which compares nothing."""
    if exhibit.title.strip():
        return exhibit.title.strip()
    waves = exhibit.waves
    count = wording.small_number(len(waves))
    when = wording.month(waves[0].day)
    if wording.month(waves[-1].day) != when:
        when += f" to {wording.month(waves[-1].day)}"
    return f"{_what(exhibit)} in {count} wave{'' if len(waves) == 1 else 's'}, {when}"


def _what(exhibit: TrendExhibit) -> str:
    if len(exhibit.trends) > 1:
        count = wording.small_number(len(exhibit.trends))
        return f"{count[:1].upper()}{count[1:]} questions"
    (_, line), *others = exhibit.plots
    if line.is_share and not others:
        return f"“{line.label}”"
    return _NAMES[exhibit.statistic][0] if exhibit.statistic in _NAMES else "Answers"


def question(exhibit: TrendExhibit) -> str:
    """What was asked; of several questions, what is drawn of them."""
    if exhibit.question:
        return exhibit.question
    items = [trend.item for trend in exhibit.trends]
    name = _NAMES.get(exhibit.statistic, _SHARES)[0]
    if len(exhibit.trends) == 1:
        row = exhibit.trends[0].row
        return _joined(items[0].text, f"{row.label}." if row else "", _sentence(name, scale_ends(items[0])))
    ends = {scale_ends(item) for item in items}
    return _sentence(f"{name} to each question", ends.pop() if len(ends) == 1 else "")


def _sentence(*parts: str) -> str:
    return f"{', '.join(filter(None, parts))}."


def plot_name(exhibit: TrendExhibit, trend: Trend, line: Line) -> str:
    """What stands over a plot; "" where there is only one, which the title names."""
    if len(exhibit.plots) == 1:
        return ""
    name = trend.row.label if trend.row else trend.item.text
    if len(exhibit.trends) == 1:
        return line.label
    return f"{name}: {line.label}" if line.option is not None else name


def marks(exhibit: TrendExhibit) -> tuple[str, ...]:
    """The team's marks, then each kind of small base with the number of waves that it is found in."""
    waves = exhibit.waves
    hidden = [wave.base for wave in waves if isinstance(wave.base, Suppressed)]
    shown = [wave for wave in waves if not isinstance(wave.base, Suppressed)]
    found = [(f"{one} Not shown: {one.words}", hidden.count(one)) for one in dict.fromkeys(hidden)]
    found += [(words, sum(wave.caution is one for wave in shown)) for one, words in _CAUTIONS.items()]
    of = f"of {wording.whole(len(waves))} waves"
    small = [words + (f", {wording.whole(n)} {of}" if len(waves) > 1 else "") for words, n in found if n]
    return (*exhibit.marks, *small)


def in_sight(exhibit: TrendExhibit, axis: Axis, flags: Flags) -> tuple[str, ...]:
    """The first layer: bases, fieldwork, where the axis begins, breaks and events, source."""
    first = _joined(_base(exhibit), _fieldwork(exhibit), _axis(exhibit, axis))
    reading = _joined(_breaks(exhibit), flags.sentence())
    return tuple(filter(None, (first, reading, *exhibit.notes, caption.source(exhibit))))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _base(exhibit: TrendExhibit) -> str:
    bases = [wave.base for wave in exhibit.waves if isinstance(wave.base, int)]
    few = [wave.base.instead for wave in exhibit.waves if isinstance(wave.base, Suppressed)]
    if not bases:
        return f"Base: {few[0]} people in each wave."
    low = few[0] if few else wording.whole(min(bases))
    high = wording.people(max(bases))
    span = high if low == wording.whole(max(bases)) else f"{low} to {high}"
    return f"Base: {span}{' a wave' if len(exhibit.waves) > 1 else ''}."


def _fieldwork(exhibit: TrendExhibit) -> str:
    count = len(exhibit.waves)
    number = wording.small_number(count)
    waves = f"{number} wave{'' if count == 1 else 's'}, "
    when = wording.days(exhibit.first_day, exhibit.last_day)
    return f"Fieldwork: {waves}{when}, {exhibit.mode}. {caption.weighting(weighted=exhibit.weighted)}"


def _axis(exhibit: TrendExhibit, axis: Axis) -> str:
    """That the axis leaves a part of the scale out, or ends where an interval goes on."""
    item = exhibit.plots[0][0].item
    if exhibit.statistic != "mean" or item.kind is Kind.NUMBER:
        return "" if axis.low <= 0 else f"The axis begins at {axis.say(axis.low)}, not at 0."
    scale = item.scale or Scale()
    limits = [limit for f in _drawn(exhibit) for limit in (f.low, f.high) if limit is not None]
    beyond = any(not scale.start <= limit <= scale.end for limit in limits)
    ends = "Intervals are drawn to the ends of the scale and no further." if beyond else ""
    if (axis.low, axis.high) == (scale.start, scale.end):
        return ends
    name = "The axis runs" if len(exhibit.plots) == 1 else "The axes run"
    drawn = f"{axis.say(axis.low)} to {axis.say(axis.high)}"
    return _joined(f"{name} from {drawn}, not from {scale.start} to {scale.end}.", ends)


def _drawn(exhibit: TrendExhibit) -> list[Figure]:
    return [figure for _, line in exhibit.plots for figure in line.figures if shown(figure)]


def _breaks(exhibit: TrendExhibit) -> str:
    if not any(trend.breaks for trend in exhibit.trends):
        return ""
    return "Dashed upright line: the wording changed; numbers before and after it are not compared."


def how_to_read(exhibit: TrendExhibit) -> tuple[str, ...]:
    """The second layer: band, tests, self-selection, small bases."""
    drawn = _drawn(exhibit)
    if not drawn:
        return (caption.small_bases(),)
    band = caption.interval("band", exhibit.level, {f.interval for f in drawn if f.interval})
    paragraphs = (band, _tests(exhibit), caption.self_selection())
    small = any(wave.caution for wave in exhibit.waves)
    return (*paragraphs, caption.small_bases()) if small else paragraphs


def _changes(exhibit: TrendExhibit) -> Iterator[ReleasedChange]:
    for _, line in exhibit.plots:
        yield from (change for change in (*line.since_previous, *line.since_first) if change is not None)


def _tests(exhibit: TrendExhibit) -> str:
    changes = list(_changes(exhibit))
    if len(exhibit.waves) == 1:
        return "One wave shows no change."
    if not any(isinstance(change, Change) and change.p is not None for change in changes):
        hidden = told_apart(change.suppressed for change in changes if isinstance(change, HiddenChange))
        return _joined("Change is not tested.", *hidden)
    people = (
        "the covariance of people who answered twice is kept"
        if all(trend.linked for trend in exhibit.trends)
        else "the waves are taken as different people"
    )
    return f"Change is tested with t, after Holm’s correction over the changes of a question; {people}."


def table(exhibit: TrendExhibit) -> DataTable:
    """A row for each wave of each plot."""
    tested = any(True for _ in _changes(exhibit))
    head = (
        "Wave",
        "Fieldwork",
        "People",
        _NAMES.get(exhibit.statistic, _SHARES)[1],
        f"{wording.limit(exhibit.level)} interval",
        *(("Since the wave before", "p") if tested else ()),
    )
    rows = tuple(
        _row(exhibit, trend, line, place, tested=tested)
        for trend, line in exhibit.plots
        for place in range(len(trend.waves))
    )
    return DataTable(" ".join((question(exhibit), _base(exhibit))), head, rows)


def _row(exhibit: TrendExhibit, trend: Trend, line: Line, place: int, *, tested: bool) -> tuple[str, ...]:
    wave = trend.waves[place]
    plot = plot_name(exhibit, trend, line)
    name = f"{plot}, {wave.title}" if plot else wave.title
    people = said(wave.base, wording.whole)
    cells = (name, wording.days(wave.first_day, wave.last_day), people, *_number(line, place))
    return (*cells, *_change(line, line.since_previous[place])) if tested else cells


def _number(line: Line, place: int) -> tuple[str, str]:
    figure = line.figures[place]
    if figure is None:
        return "not offered", wording.ABSENT
    if not shown(figure):
        mark = str(figure.suppressed) if isinstance(figure, HiddenFigure) else TOO_FEW
        return mark, mark
    say, span = written(line)
    return say(figure.estimate), span(figure.low, figure.high) or wording.ABSENT


def _change(line: Line, change: ReleasedChange | None) -> tuple[str, str]:
    if change is None:
        return wording.ABSENT, wording.ABSENT
    if isinstance(change, HiddenChange):
        return str(change.suppressed), str(change.suppressed)
    found = wording.signed(change.estimate)
    if line.is_share:
        found = f"{wording.points(change.estimate, 0)} points"
    p = change.p_adjusted if change.p_adjusted is not None else change.p
    return found, wording.ABSENT if p is None else "<0.001" if p < 0.001 else str(wording.rounded(p, 3))
