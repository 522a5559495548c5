"""The tokens of the look: colours, sizes and spaces, in one place.

Web pages, ballots, figures and documents read this file and no other. Colours come in pairs, one for light
and one for dark paper. Contrast follows WCAG 2.2 (relative luminance, sRGB).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Theme = Literal["light", "dark", "css", "print"]

FONT_FAMILY = "Public Sans"
FONT_STACK = (
    '"Public Sans", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
)


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour on light paper and its partner on dark paper, as #rrggbb."""

    light: str
    dark: str


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 (black) to 1 (white). Source: WCAG 2.2, "relative luminance"."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


_INK = Colour("#16202b", "#e9eef2")
_PAPER = Colour("#ffffff", "#10181f")

_NAMED: dict[str, Colour] = {
    "ink": _INK,  # text
    "muted": Colour("#4d5863", "#aab4be"),  # secondary text
    "paper": _PAPER,  # the page
    "tint": Colour("#eef1f3", "#1b252e"),  # quiet panels, tracks
    "line": Colour("#7a858f", "#74808b"),  # borders that must be seen
    "grid": Colour("#d3d9dd", "#2e3a44"),  # grid lines, quiet rules
    "primary": Colour("#00626b", "#7fd0d4"),  # the one action, links, the answer a title speaks of
    "on-primary": Colour("#ffffff", "#06272b"),
    "primary-soft": Colour("#83b4b8", "#519599"),  # the milder answer at the primary pole
    "primary-tint": Colour("#cbe1e3", "#1c444a"),  # bands of a line, cells above the rest
    "accent": Colour("#a63a10", "#ffab85"),  # the opposite pole, warnings
    "accent-soft": Colour("#dba68f", "#bd7a58"),  # the milder answer at the opposite pole
    "accent-tint": Colour("#f8dccf", "#4c2f22"),
    "mark": Colour("#c2491d", "#ffab85"),  # the short bar above titles
    "soft": Colour("#5f9ea3", "#4c8389"),  # other bars
    "neutral": Colour("#ccd2d5", "#414d57"),  # the middle answer, "none of these"
    "focus": Colour("#ffbf47", "#ffbf47"),  # outer ring
    "focus-ink": Colour("#16202b", "#16202b"),  # inner ring
}


def _readable_on(fill: Colour) -> Colour:
    """The better of dark ink and white on this fill, for each theme."""

    def better(background: str) -> str:
        return max(("#16202b", "#ffffff"), key=lambda text: contrast(text, background))

    return Colour(better(fill.light), better(fill.dark))


_FILLS = ("accent", "accent-soft", "primary-soft", "soft", "neutral", "tint", "primary-tint", "accent-tint")

COLOURS: Mapping[str, Colour] = MappingProxyType(
    _NAMED | {f"on-{name}": _readable_on(_NAMED[name]) for name in _FILLS}
)

# Type in px at 100%; the page scales it. Ballots set their body in "ballot".
SIZES: Mapping[str, int] = MappingProxyType(
    {"small": 14, "body": 16, "ballot": 18, "lead": 20, "heading": 24, "display": 32}
)
WEIGHTS: Mapping[str, int] = MappingProxyType({"regular": 400, "semibold": 600, "bold": 700})
SPACES: Mapping[int, int] = MappingProxyType({step: 4 * step for step in (1, 2, 3, 4, 5, 6, 8, 10, 12, 16)})

LINE_HEIGHT = 1.5
MEASURE = "68ch"  # the longest line of prose
RADIUS = 6
TARGET_BALLOT = 48  # smallest touch target, px
TARGET_DESK = 32


def paint(name: str, theme: Theme) -> str:
    """The colour called `name` as a fill or stroke: #rrggbb, or var(--name) where the page decides.

    Print takes the light colours.
    """
    if theme == "css":
        if name not in COLOURS:
            raise KeyError(name)
        return f"var(--{name})"
    return COLOURS[name].dark if theme == "dark" else COLOURS[name].light


def _declarations() -> list[str]:
    return [
        *(f"--{name}: light-dark({c.light}, {c.dark})" for name, c in COLOURS.items()),
        *(f"--size-{name}: {size / 16:g}rem" for name, size in SIZES.items()),
        *(f"--weight-{name}: {weight}" for name, weight in WEIGHTS.items()),
        *(f"--space-{step}: {space / 16:g}rem" for step, space in SPACES.items()),
        f"--font: {FONT_STACK}",
        f"--line-height: {LINE_HEIGHT:g}",
        f"--measure: {MEASURE}",
        f"--radius: {RADIUS}px",
        f"--target-ballot: {TARGET_BALLOT / 16:g}rem",
        f"--target-desk: {TARGET_DESK / 16:g}rem",
    ]


def stylesheet() -> str:
    """The tokens as CSS custom properties on :root, light and dark by `light-dark()`."""
    lines = "".join(f"  {declaration};\n" for declaration in _declarations())
    return f":root {{\n  color-scheme: light dark;\n{lines}}}\n"
