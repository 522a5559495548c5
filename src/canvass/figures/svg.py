"""A scene as SVG text: deterministic, self-contained, without script, style sheet or outside reference."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from canvass.figures.scene import Box, Dot, Mark, Path, Rule, Scene, Text
from canvass.figures.tokens import FONT_STACK, Theme, paint

# Characters that XML 1.0 cannot carry at all.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"[-−+]?[\d,.]+%?")  # stands in a column of numbers


def safe(text: str) -> str:
    """Text that may stand between tags; what XML cannot carry becomes U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left; what is isolated is passed
    over. Source: Unicode Annex 9, rules P2 and P3."""
    isolates = 0
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("LRI", "RLI", "FSI"):
            isolates += 1
        elif direction == "PDI":
            isolates = max(0, isolates - 1)
        elif not isolates and direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _n(value: float) -> str:
    return f"{round(value, 2):g}" if abs(value) < 100000 else f"{value:.0f}"


def render(scene: Scene, *, title: str, description: str, theme: Theme) -> str:
    """The scene as one <svg> element. The same input gives the same bytes; ids come from the content."""
    size = f"{_n(scene.width)} {_n(scene.height)}"
    content = f"{scene!r}{title}{description}{theme}".encode("utf-8", "backslashreplace")
    name = f"figure-{hashlib.sha256(content).hexdigest()[:12]}"
    pen = _Pen(theme, name)
    marks = [pen.mark(mark) for mark in scene.marks]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc" viewBox="0 0 {size}" width="{_n(scene.width)}" '
        f'height="{_n(scene.height)}" font-family={quoteattr(FONT_STACK.replace(chr(34), chr(39)))}>',
        f'<title id="{name}-title">{safe(title)}</title>',
        f'<desc id="{name}-desc">{safe(description)}</desc>',
        *pen.patterns(),
        *marks,
        "</svg>\n",
    ]
    return "\n".join(lines)


class _Pen:
    """Writes marks in the colours of a theme and knows which patterns they used."""

    def __init__(self, theme: Theme, name: str) -> None:
        self.theme = theme
        self.name = name
        self.used: dict[str, str] = {}  # pattern elements by the fill they stand for

    def patterns(self) -> list[str]:
        return [f"<defs>{''.join(self.used.values())}</defs>"] if self.used else []

    def mark(self, mark: Mark) -> str:
        match mark:
            case Text():
                return self._text(mark)
            case Box():
                return self._box(mark)
            case Rule():
                return self._rule(mark)
            case Dot():
                return self._dot(mark)
            case Path():
                return self._path(mark)

    def _paint(self, colour: str) -> str:
        return paint(colour, self.theme)

    def _fill(self, fill: str) -> str:
        """A colour, or the pattern in its place: "hatch", and in print what would be grey like another."""
        pattern = _HATCH if fill == "hatch" else ON_PAPER.get(fill) if self.theme == "print" else None
        if pattern is None:
            return self._paint(fill)
        name = f"{self.name}-{fill}"
        self.used[fill] = pattern.element(name, self.theme)
        return f"url(#{name})"

    def _text(self, mark: Text) -> str:
        backwards = right_to_left(mark.words)  # isolated, so that its anchor stays that of the page
        words = f"\u2067{mark.words}\u2069" if backwards else mark.words
        attributes = [f'x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"']
        if mark.weight != 400:
            attributes.append(f'font-weight="{mark.weight}"')
        if mark.anchor != "start":
            attributes.append(f'text-anchor="{mark.anchor}"')
        if _NUMBER.fullmatch(mark.words):
            attributes.append('font-variant="tabular-nums"')
        _, on, under = mark.colour.partition("on-")
        if self.theme == "print" and on and under in ON_PAPER:  # a plate under a number on a pattern
            attributes.append(f'stroke="{self._paint(under)}" stroke-width="6" paint-order="stroke"')
        attributes.append(f'fill="{self._paint(mark.colour)}"')
        return f"<text {' '.join(attributes)}>{safe(words)}</text>"

    def _box(self, mark: Box) -> str:
        radius = f' rx="{_n(mark.radius)}"' if mark.radius else ""
        place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
        return _closed(f'<rect {place}{radius} fill="{self._fill(mark.fill)}"', mark.tip)

    def _rule(self, mark: Rule) -> str:
        place = f'x1="{_n(mark.x1)}" y1="{_n(mark.y1)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}"'
        return f'<line {place} stroke="{self._paint(mark.colour)}" stroke-width="{_n(mark.thickness)}"/>'

    def _dot(self, mark: Dot) -> str:
        radius = mark.radius - 1 if mark.ring else mark.radius
        ring = f' stroke="{self._paint(mark.ring)}" stroke-width="2"' if mark.ring else ""
        place = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(radius)}"'
        return _closed(f'<circle {place} fill="{self._paint(mark.fill)}"{ring}', mark.tip)

    def _path(self, mark: Path) -> str:
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
        fill = self._paint(mark.fill) if mark.fill else "none"
        line = ""
        if mark.colour:
            dashes = ' stroke-dasharray="6 5"' if mark.dashed else ""
            line = (
                f' stroke="{self._paint(mark.colour)}" stroke-width="{_n(mark.thickness)}"{dashes}'
                ' stroke-linejoin="round"'
            )
        shape = "polygon" if mark.fill else "polyline"
        return _closed(f'<{shape} points="{points}" fill="{fill}"{line}', mark.tip)


def _closed(tag: str, tip: str) -> str:
    name = tag.split(" ", 1)[0][1:]
    return f"{tag}><title>{safe(tip)}</title></{name}>" if tip else f"{tag}/>"


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Slanted lines of one colour on another."""

    ground: str
    line: str
    step: int  # px from line to line
    thickness: float
    angle: int  # degrees

    def element(self, name: str, theme: Theme) -> str:
        return (
            f'<pattern id="{name}" width="{self.step}" height="{self.step}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({self.angle})"><rect width="{self.step}" height="{self.step}" '
            f'fill="{paint(self.ground, theme)}"/><line x1="0" y1="0" x2="0" y2="{self.step}" '
            f'stroke="{paint(self.line, theme)}" stroke-width="{self.thickness:g}"/></pattern>'
        )


_HATCH = _Pattern("tint", "line", 7, 1.6, 45)
# Teal and rust are the same grey on a printer without colour, so that there rust has lines, too.
ON_PAPER = {
    "accent": _Pattern("accent", "paper", 6, 1.8, -45),
    "accent-soft": _Pattern("accent-soft", "paper", 6, 1.8, -45),
}


def has_print_patterns(picture: str) -> bool:
    """Whether a picture of the theme "print" has patterns in place of colours."""
    return any(f'-{fill})"' in picture for fill in ON_PAPER)
