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
    """A filled rectangle; `fill` "hatch" is the pattern of what does not apply or is withheld."""

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
    """A filled circle; `ring` is the colour of a line of 2 px about it, inside its radius."""

    x: float
    y: float
    radius: float
    fill: str
    tip: str = ""
    ring: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """A line from point to point or, where it has a fill, the shape inside it."""

    points: tuple[tuple[float, float], ...]
    colour: str = ""  # of the line; "" draws none
    fill: str = ""
    thickness: float = 2
    dashed: bool = False
    tip: str = ""


type Mark = Text | Box | Rule | Dot | Path


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture: its size in px and its marks, the first painted first."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    def texts(self) -> tuple[Text, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Text))


def shifted(marks: tuple[Mark, ...], down: float, right: float = 0) -> tuple[Mark, ...]:
    """The same marks, `down` px lower and `right` px to the right."""
    return tuple(_shifted(mark, down, right) for mark in marks)


def _shifted(mark: Mark, down: float, right: float) -> Mark:
    match mark:
        case Rule():
            x1, x2, y1, y2 = mark.x1 + right, mark.x2 + right, mark.y1 + down, mark.y2 + down
            return replace(mark, x1=x1, x2=x2, y1=y1, y2=y2)
        case Path():
            return replace(mark, points=tuple((x + right, y + down) for x, y in mark.points))
        case _:
            return replace(mark, x=mark.x + right, y=mark.y + down)


def paragraph(
    lines: tuple[str, ...], x: float, top: float, *, size: float, line_height: float, **style: object
) -> tuple[Text, ...]:
    """Lines of text under each other; the first line's box begins at `top`."""
    first = top + (line_height - size) / 2 + 0.8 * size
    return tuple(
        Text(x, first + i * line_height, words, size=size, **style)  # type: ignore[arg-type]
        for i, words in enumerate(lines)
    )


SMALL = 14  # px of small text
SMALL_LINE = 19  # px from one of its lines to the next


def small(
    lines: tuple[str, ...],
    x: float,
    top: float,
    *,
    weight: int = 400,
    colour: str = "ink",
    anchor: Anchor = "start",
) -> tuple[Text, ...]:
    """Small text: headings of columns, notes, cautions."""
    style = {"weight": weight, "colour": colour, "anchor": anchor}
    return paragraph(lines, x, top, size=SMALL, line_height=SMALL_LINE, **style)
