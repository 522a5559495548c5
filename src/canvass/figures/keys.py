"""The key of a picture: what its colours and shapes stand for, in a row that breaks where it must."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from canvass.figures import measure
from canvass.figures.frame import Body, Page
from canvass.figures.scene import Box, Dot, Mark, Path, Rule, paragraph

_WIDE = 24  # px from a sample to its words
_GAP = 20  # px between entries

type Sample = Callable[[float, float], tuple[Mark, ...]]  # marks at the left and the middle of a line


@dataclass(frozen=True, slots=True)
class Entry:
    """One sample and its words."""

    sample: Sample
    words: str


def patch(fill: str) -> Sample:
    """A square of a colour."""
    return lambda x, y: (Box(x, y - 8, 16, 16, fill, radius=3),)


def patches(fills: tuple[str, ...]) -> Sample:
    """One square, parted among some colours."""
    wide = 16 / len(fills)
    return lambda x, y: tuple(Box(x + i * wide, y - 8, wide, 16, fill) for i, fill in enumerate(fills))


def dot(fill: str, ring: str = "") -> Sample:
    return lambda x, y: (Dot(x + 8, y, 6, fill, ring=ring),)


def stroke(colour: str) -> Sample:
    """An upright line, as of a target."""
    return lambda x, y: (Rule(x + 8, y - 9, x + 8, y + 9, colour, thickness=3),)


def dashes(colour: str) -> Sample:
    return lambda x, y: (Path(((x, y), (x + 17, y)), colour, dashed=True),)


def arrow(x: float, y: float, colour: str, *, up: bool) -> Path:
    """A triangle of 12 px about its middle."""
    tip = -5 if up else 5
    return Path(((x - 6, y - tip), (x + 6, y - tip), (x, y + tip)), fill=colour)


def arrow_on(fill: str, colour: str, *, up: bool) -> Sample:
    """A triangle on its shade."""
    return lambda x, y: (Box(x - 2, y - 10, 20, 20, fill, radius=3), arrow(x + 8, y, colour, up=up))


def key(entries: Sequence[Entry], page: Page) -> Body:
    """Samples with their words from left to right; words too long for a line break."""
    marks: list[Mark] = []
    x, top, height = float(page.left), 0.0, 24.0
    for entry in entries:
        lines = measure.wrap(entry.words, page.inner - _WIDE - 2, 14)
        wide = _WIDE + 2 + max((measure.width(line, 14) for line in lines), default=0.0)
        if x > page.left and x + wide > page.right:
            x, top, height = float(page.left), top + height, 24.0
        height = max(height, 20.0 * len(lines) + 4)
        marks += entry.sample(x, top + 10)
        marks += paragraph(lines, x + _WIDE, top, size=14, line_height=20)
        x += wide + _GAP
    return Body(top + height, tuple(marks))
