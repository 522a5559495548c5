"""A scene as SVG text: deterministic, self-contained, without script, style sheet or outside reference."""

import hashlib
import re
import unicodedata
from xml.sax.saxutils import escape, quoteattr

from canvass.figures.scene import Anchor, Box, Dot, Mark, Rule, Scene, Text
from canvass.figures.tokens import FONT_STACK, Theme, paint

# Characters that XML 1.0 cannot carry at all.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBER = re.compile(r"[\d,.]+%?")  # stands in a column of numbers
_OPPOSITE: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


def safe(text: str) -> str:
    """Text that may stand between tags; what XML cannot carry becomes U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", text))


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _n(value: float) -> str:
    return f"{round(value, 2):g}" if abs(value) < 100000 else f"{value:.0f}"


def _text(mark: Text, theme: Theme) -> str:
    # A line of its own is a bidi paragraph of its own; in a right-to-left one, "start" is its right edge.
    backwards = right_to_left(mark.words)
    anchor = _OPPOSITE[mark.anchor] if backwards else mark.anchor
    attributes = [f'x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"']
    if mark.weight != 400:
        attributes.append(f'font-weight="{mark.weight}"')
    if anchor != "start":
        attributes.append(f'text-anchor="{anchor}"')
    if backwards:
        attributes.append('direction="rtl"')
    if _NUMBER.fullmatch(mark.words):
        attributes.append('font-variant="tabular-nums"')
    attributes.append(f'fill="{paint(mark.colour, theme)}"')
    return f"<text {' '.join(attributes)}>{safe(mark.words)}</text>"


def _tip(tip: str) -> str:
    return f"<title>{safe(tip)}</title>" if tip else ""


def _closed(tag: str, tip: str) -> str:
    name = tag.split(" ", 1)[0][1:]
    return f"{tag}>{_tip(tip)}</{name}>" if tip else f"{tag}/>"


def _box(mark: Box, theme: Theme, hatch: str) -> str:
    fill = f"url(#{hatch})" if mark.fill == "hatch" else paint(mark.fill, theme)
    radius = f' rx="{_n(mark.radius)}"' if mark.radius else ""
    place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
    return _closed(f'<rect {place}{radius} fill="{fill}"', mark.tip)


def _rule(mark: Rule, theme: Theme) -> str:
    place = f'x1="{_n(mark.x1)}" y1="{_n(mark.y1)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}"'
    return f'<line {place} stroke="{paint(mark.colour, theme)}" stroke-width="{_n(mark.thickness)}"/>'


def _dot(mark: Dot, theme: Theme) -> str:
    place = f'cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}"'
    return _closed(f'<circle {place} fill="{paint(mark.fill, theme)}"', mark.tip)


def _mark(mark: Mark, theme: Theme, hatch: str) -> str:
    match mark:
        case Text():
            return _text(mark, theme)
        case Box():
            return _box(mark, theme, hatch)
        case Rule():
            return _rule(mark, theme)
        case Dot():
            return _dot(mark, theme)


def _hatch(name: str, theme: Theme) -> str:
    return (
        f'<defs><pattern id="{name}" width="7" height="7" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="7" height="7" fill="{paint("tint", theme)}"/>'
        f'<line x1="0" y1="0" x2="0" y2="7" stroke="{paint("line", theme)}" stroke-width="1.6"/>'
        "</pattern></defs>"
    )


def render(scene: Scene, *, title: str, description: str, theme: Theme) -> str:
    """The scene as one <svg> element. The same input gives the same bytes; ids come from the content."""
    size = f"{_n(scene.width)} {_n(scene.height)}"
    content = f"{scene!r}{title}{description}{theme}".encode("utf-8", "backslashreplace")
    name = f"figure-{hashlib.sha256(content).hexdigest()[:12]}"
    hatched = any(isinstance(mark, Box) and mark.fill == "hatch" for mark in scene.marks)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc" viewBox="0 0 {size}" width="{_n(scene.width)}" '
        f'height="{_n(scene.height)}" font-family={quoteattr(FONT_STACK.replace(chr(34), chr(39)))}>',
        f'<title id="{name}-title">{safe(title)}</title>',
        f'<desc id="{name}-desc">{safe(description)}</desc>',
        *([_hatch(f"{name}-hatch", theme)] if hatched else []),
        *(_mark(mark, theme, f"{name}-hatch") for mark in scene.marks),
        "</svg>\n",
    ]
    return "\n".join(lines)
