"""A picture as PNG: the SVG drawn by Typst with the shipped fonts, without network or fonts of the machine.

Typst's drawing knows no "font-variant", so columns of numbers take the shipped font whose digits are all of
one width. Letters of Greek, Cyrillic, Hebrew and Arabic come from the fonts inside Typst; what no font here
can draw (an emoji, an ideograph) becomes a visible box, never a gap. The SVG and the table keep it.
"""

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

_DOCUMENT = b"""\
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg")
"""
_PIXELS_PER_INCH = 96  # of one CSS pixel to one pixel
_TABULAR = ' font-variant="tabular-nums"', " font-family=\"'Public Sans Tabular'\""
# Everything beyond Latin, Greek, Cyrillic, Hebrew, Arabic letters, marks of direction and signs.
_UNDRAWN = re.compile(
    "[^\t\n\r\u0020-\u052f\u0590-\u05ff\u0610-\u064f\u1e00-\u20bf\u2190-\u22ff\u25a1\ufe00-\ufe0f]+"
)
_BOX = "\u25a1"


def png(svg: str, scale: float = 2) -> bytes:
    """A picture of `draw` as PNG, `scale` pixels to one of the SVG. The same picture gives the same bytes.

    Themes "light", "dark" and "print" have colours of their own; "css" has none. Raises ValueError for it,
    and where scale is not between 0.5 and 8.
    """
    if not 0.5 <= scale <= 8:
        raise ValueError(f"A scale of {scale:g}: choose one from 0.5 to 8.")
    if "var(--" in svg:
        raise ValueError(
            'A picture of the theme "css" has no colours; draw it in "light", "dark" or "print".'
        )
    from typst import Compiler  # 84 MB, which most processes never need

    inputs = {"svg": _UNDRAWN.sub(_BOX, svg.replace(*_TABULAR))}
    compiler = Compiler(root=_folder(), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs)
    found = compiler.compile(_DOCUMENT, format="png", ppi=_PIXELS_PER_INCH * scale)
    assert isinstance(found, bytes)  # one page
    return found


def _folder() -> str:
    return str(resources.files("canvass.figures") / "fonts")


@cache
def _fonts() -> "Fonts":
    from typst import Fonts

    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_folder()])
