"""What a picture is made of, before it becomes SVG: marks at places, in px, with colours by name."""

from dataclasses import dataclass, replace
from typing import Literal

from canvass.figures import measure

type Anchor = Literal["start", "middle", "end"]

ASCENT = 0.95  # of a line's box above its baseline, in em
DESCENT = 0.25


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. `y` is the baseline; `x` is where the anchor says."""

    x: float
    y: float
    words: str
    size: float = 16
    weight: int = 400
    colour: str = "ink"
    anchor: Anchor = "start"

    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        wide = measure.width(self.words, self.size, self.weight)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return left, self.y - ASCENT * self.size, left + wide, self.y + DESCENT * self.size


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle; `fill` "hatch" is the pattern of what does not apply."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    tip: str = ""
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    thickness: float = 1


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str
    tip: str = ""


type Mark = Text | Box | Rule | Dot


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture: its size in px and its marks, the first painted first."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def texts(self) -> tuple[Text, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Text))


def shifted(marks: tuple[Mark, ...], down: float) -> tuple[Mark, ...]:
    """The same marks, `down` px lower."""
    return tuple(
        replace(mark, y1=mark.y1 + down, y2=mark.y2 + down)
        if isinstance(mark, Rule)
        else replace(mark, y=mark.y + down)
        for mark in marks
    )


def paragraph(
    lines: tuple[str, ...], x: float, top: float, *, size: float, line_height: float, **style: object
) -> tuple[Text, ...]:
    """Lines of text under each other; the first line's box begins at `top`."""
    first = top + (line_height - size) / 2 + 0.8 * size
    return tuple(
        Text(x, first + i * line_height, words, size=size, **style)  # type: ignore[arg-type]
        for i, words in enumerate(lines)
    )
