"""What the public sees of a trend: each wave as the topline of its poll, and the changes between them."""

from dataclasses import replace

from canvass.statistics.small_bases import Caution
from canvass.tables import wording
from canvass.tables.disclosure.limits import Limits, of_poll
from canvass.tables.disclosure.printing import as_printed, change_as_printed
from canvass.tables.disclosure.toplines import counts_only, few_answered, hidden, public_asked
from canvass.tables.trend import Change, HiddenChange, Line, ReleasedChange, Trend, Wave
from canvass.tables.values import Figure, Reason, ReleasedFigure, Suppressed, strictest

_RESTS = Suppressed(Reason.RESTS_ON_HIDDEN)


def public_trend(trend: Trend, limits: Limits) -> Trend:
    """The trend with its small waves hidden, and every change that would tell a hidden number.

    Of people who are known from wave to wave the public sees no change: its interval tells how many of them
    gave an answer both times, which is a table of one wave by the other that nobody looked at.
    """
    seen = [_Seen(trend, place, limits) for place in range(len(trend.waves))]
    return replace(
        trend,
        waves=tuple(one.wave() for one in seen),
        lines=tuple(_line(line, seen) for line in trend.lines),
    )


class _Seen:
    """How much of one wave is shown: nothing, its counts, its numbers as printed, or everything."""

    def __init__(self, trend: Trend, place: int, limits: Limits) -> None:
        self._wave = trend.waves[place]
        base, worth = self._wave.base, self._wave.effective_base
        assert not isinstance(base, Suppressed)  # of a counted trend
        assert not isinstance(worth, Suppressed)
        means = [line for line in trend.lines if line.statistic == "mean" and line.option is None]
        figures = [line.figures[place] for line in means]
        leading = [figure.caution for figure in figures if isinstance(figure, Figure)]
        self._caution = strictest((self._wave.caution, *leading))
        self._few = few_answered(base, self._caution, of_poll(sensitive=self._wave.sensitive, limits=limits))
        self._worth = worth
        self.is_weighted = abs(worth - base) > 1e-9 * max(base, 1)

    @property
    def is_whole(self) -> bool:
        """Whether its estimates are shown."""
        return self._few is None and self._caution is not Caution.COUNTS_ONLY

    def wave(self) -> Wave:
        if self._few is None:
            worth = float(wording.rounded(self._worth)) if self.is_weighted else self._worth
            return replace(self._wave, effective_base=worth)
        asked = self._wave.asked
        assert not isinstance(asked, Suppressed)
        return replace(
            self._wave,
            asked=public_asked(asked),
            base=self._few,
            effective_base=self._few,
            caution=Caution.NO_FIGURE,
        )

    def figure(self, figure: ReleasedFigure | None) -> ReleasedFigure | None:
        if not isinstance(figure, Figure):
            return figure
        if self._few is not None:
            return hidden(figure, self._few)
        if not self.is_whole:
            return counts_only(figure)
        return as_printed(figure) if self.is_weighted else figure


def _line(line: Line, seen: list[_Seen]) -> Line:
    figures = tuple(one.figure(figure) for one, figure in zip(seen, line.figures, strict=True))
    return replace(
        line,
        figures=figures,
        since_previous=_changes(line, line.since_previous, seen),
        since_first=_changes(line, line.since_first, seen),
    )


def _changes(
    line: Line, changes: tuple[ReleasedChange | None, ...], seen: list[_Seen]
) -> tuple[ReleasedChange | None, ...]:
    return tuple(_change(line, change, seen, place) for place, change in enumerate(changes))


def _change(
    line: Line, change: ReleasedChange | None, seen: list[_Seen], place: int
) -> ReleasedChange | None:
    if not isinstance(change, Change):
        return change
    both = (seen[change.since], seen[place])
    if change.overlap or not all(one.is_whole for one in both):
        return HiddenChange(change.since, _RESTS)
    weighted = any(one.is_weighted for one in both)
    return change_as_printed(change, share=line.is_share) if weighted else change
