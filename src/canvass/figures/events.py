"""Events on a time axis: a day as a line, a stretch of days as a shade, with their names in lanes above.

Few and short names stand at their marks. Others have numbers there, and the caption says which is which; the
choice is the same for both layouts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from canvass.figures import measure
from canvass.figures.scene import Box, Dot, Mark, Rule, Text
from canvass.tables import wording
from canvass.tables.trend import Event

_LANE = 24  # px
_MOST_NAMED = 4  # events; each can have a lane of its own
_WIDEST_NAME = 150  # px at 14 px, which fits beside any place in the narrowest plot
_SMALL = 14
_DISC = 10  # px, radius of a number's disc


class Place(Protocol):
    """Where the axes of a plot lie."""

    @property
    def left(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    def x(self, day: date) -> float: ...


@dataclass(frozen=True, slots=True)
class _Flag:
    """One event in its lane; its name or number stands from `left` to `right`."""

    words: str
    lane: int
    left: float
    right: float
    start: float
    end: float | None  # None: a day

    @property
    def middle(self) -> float:
        return self.lane * _LANE + 10

    @property
    def foot(self) -> float:
        """Below its words."""
        return self.lane * _LANE + 2 * _DISC


@dataclass(frozen=True, slots=True)
class Flags:
    """The events of a figure from `first` to `last` day; with `alone`, in its only plot."""

    events: tuple[Event, ...]
    first: date
    last: date
    alone: bool

    @property
    def shown(self) -> tuple[Event, ...]:
        """Those that touch the days of the figure, in the order of their days."""
        ordered = sorted(self.events, key=lambda event: (event.first_day, _last_day(event)))
        return tuple(e for e in ordered if e.first_day <= self.last and _last_day(e) >= self.first)

    @property
    def named(self) -> bool:
        """Whether names stand at the marks."""
        short = all(measure.width(event.label, _SMALL) <= _WIDEST_NAME for event in self.shown)
        return self.alone and short and len(self.shown) <= _MOST_NAMED

    def sentence(self) -> str:
        """ "Marked: (1) first lockdown, 26 March to 4 July 2020." and what lies outside of the picture."""
        known = [
            f"{'' if self.named else f'({i})\u00a0'}{_said(event)}" for i, event in enumerate(self.shown, 1)
        ]
        outside = [_said(event) for event in self.events if event not in self.shown]
        parts = (("Marked", known), ("Outside of the picture", outside))
        return " ".join(f"{name}: {'; '.join(found)}." for name, found in parts if found)

    def height(self, place: Place) -> float:
        """The height of all lanes."""
        return _LANE * max((flag.lane + 1 for flag in self._flags(place)), default=0)

    def grounds(self, place: Place) -> Iterator[Mark]:
        """Shades of stretches, to lie under everything."""
        for flag in self._flags(place):
            if flag.end is not None:
                top = flag.lane * _LANE
                yield Box(flag.start, top, max(flag.end - flag.start, 2), place.bottom - top, "tint")

    def marks(self, place: Place) -> Iterator[Mark]:
        """Lines of days and edges of stretches, then names or numbers over them."""
        flags = self._flags(place)
        lines = [rule for flag in flags for rule in self._lines(flag, place)]
        yield from lines
        for flag in flags:
            yield from self._named(flag, lines) if self.named else self._numbered(flag)

    def _named(self, flag: _Flag, lines: list[Rule]) -> Iterator[Mark]:
        """A name; on a plate where the line of another event would run through it."""
        if any(flag.left - 2 < rule.x1 < flag.right + 2 and rule.y1 < flag.foot for rule in lines):
            top = flag.lane * _LANE + 1
            yield Box(flag.left - 2, top, flag.right - flag.left + 4, _LANE - 3, "paper")
        yield Text(flag.left, flag.middle + 4.9, flag.words, size=_SMALL)

    def _numbered(self, flag: _Flag) -> Iterator[Mark]:
        x, y = (flag.left + flag.right) / 2, flag.middle
        yield Dot(x, y, _DISC, "ink")
        yield Text(x, y + 4.9, flag.words, size=_SMALL, weight=600, colour="paper", anchor="middle")

    def _lines(self, flag: _Flag, place: Place) -> Iterator[Rule]:
        top = flag.lane * _LANE if self.named else flag.foot
        colour = "ink" if flag.end is None else "grid"
        yield Rule(flag.start, top, flag.start, place.bottom, colour)
        if flag.end is not None:
            yield Rule(flag.end, flag.foot, flag.end, place.bottom, colour)

    def _flags(self, place: Place) -> list[_Flag]:
        """Each event in the first lane where its words meet no others."""
        found: list[_Flag] = []
        for i, event in enumerate(self.shown, 1):
            words = event.label.strip() if self.named else str(i)
            start = place.x(max(event.first_day, self.first))
            end = None if event.last_day is None else place.x(min(event.last_day, self.last))
            left, right = self._span(words, start, place)
            lane = 0
            while any(f.lane == lane and left < f.right + 9 and right > f.left - 9 for f in found):
                lane += 1
            found.append(_Flag(words, lane, left, right, start, end))
        return found

    def _span(self, words: str, start: float, place: Place) -> tuple[float, float]:
        """From where to where its words stand: after its line, or before it where that is the edge."""
        if not self.named:
            return start - _DISC, start + _DISC
        wide = measure.width(words, _SMALL)
        left = start + 5 if start + 5 + wide <= place.right else start - 5 - wide
        return left, left + wide


def _last_day(event: Event) -> date:
    return event.last_day or event.first_day


def _said(event: Event) -> str:
    when = wording.days(event.first_day, _last_day(event))
    return f"{event.label.strip().rstrip('.')}, {when}"
