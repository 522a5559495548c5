"""How wide text is, and where it breaks. Widths come from the fonts that the product ships.

The measure errs on the wide side: digits, points and commas count as tabular ones, pairs are not kerned, and
a character that the font lacks (another script, an emoji) counts as wide as its widest common form. So a line
that fits here fits on paper.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO

from fontTools.ttLib import TTFont

_FILES = {400: "PublicSans-Regular.ttf", 600: "PublicSans-SemiBold.ttf", 700: "PublicSans-Bold.ttf"}
_WIDE = 1.4  # em, of an emoji or an ideograph in a fallback font
_UNKNOWN = 0.9  # em, of any other character that the font lacks
_BREAKS = re.compile(r"(?<=[^\W\d_][-/–—])(?=\w)")
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"(?<=\d) (?=(?:{_MONTH})\b)")
_YEAR = re.compile(rf"\b({_MONTH}) (?=\d{{4}}\b)")
_SCALE_END = re.compile(r"(?<=\d) = (?=\S)")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # a no-break space does not break


@cache
def _advances(weight: int) -> dict[int, float]:
    """Advance of each character in em, by code point."""
    data = (resources.files("canvass.figures") / "fonts" / _FILES[weight]).read_bytes()
    font = TTFont(BytesIO(data))
    per_em, widths = font["head"].unitsPerEm, font["hmtx"]
    forms = _tabular(font)
    return {
        point: max(widths[glyph][0], widths[forms.get(glyph, glyph)][0]) / per_em
        for point, glyph in font.getBestCmap().items()
    }


def _tabular(font: TTFont) -> dict[str, str]:
    """The tabular form of each glyph that has one, from the font's "tnum" feature."""
    table = font["GSUB"].table
    lookups = [
        i
        for r in table.FeatureList.FeatureRecord
        if r.FeatureTag == "tnum"
        for i in r.Feature.LookupListIndex
    ]
    subtables = [part for i in lookups for part in table.LookupList.Lookup[i].SubTable]
    return {name: form for part in subtables for name, form in part.mapping.items()}


@cache
def _fallback(character: str) -> float:
    """Width in em of a character that the font lacks."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" or category == "So" else _UNKNOWN


def width(text: str, size: float, weight: int = 400) -> float:
    """Width of one line of text in px at `size` px. Weight is 400, 600 or 700."""
    return size * _ems(text, weight)


@lru_cache(maxsize=16_384)  # one figure measures the same beginnings of lines again and again
def _ems(text: str, weight: int) -> float:
    advances = _advances(weight)
    return sum(advances.get(ord(c)) or _fallback(c) for c in text)


def _split(word: str, limit: float, size: float, weight: int) -> list[str]:
    """A word too wide for a line, cut where it must be; marks stay with the letter before them."""
    pieces, piece = [], ""
    for character in word:
        joined = not _fallback(character) and ord(character) not in _advances(weight)
        if piece and not joined and width(piece + character, size, weight) > limit:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]


def _pieces(text: str, limit: float, size: float, weight: int) -> list[tuple[str, str]]:
    """Unbreakable pieces of a text, each with what stands before it on the same line ("" or a space)."""
    pieces: list[tuple[str, str]] = []
    for word in _SPACES.split(text.strip()):
        for i, part in enumerate(_BREAKS.split(word)):
            fits = width(part, size, weight) <= limit
            cut = [part] if fits else _split(part, limit, size, weight)
            pieces += [(" " if i == j == 0 else "", piece) for j, piece in enumerate(cut)]
    return pieces


def wrap(text: str, limit: float, size: float, weight: int = 400) -> tuple[str, ...]:
    """The text in lines of at most `limit` px. Only the spaces at breaks are lost; "" gives no line."""
    lines: list[str] = []
    line = ""
    for space, piece in _pieces(text, limit, size, weight):
        if not line:
            line = piece
        elif width(line + space + piece, size, weight) <= limit:
            line += space + piece
        else:
            lines.append(line)
            line = piece
    return (*lines, line) if line else tuple(lines)


def tied(text: str, *, years: bool = False) -> str:
    """The text with no-break spaces between a day and its month, and about the ends of a scale: "0 = not";
    years: between a month and its year, too, where lines are few."""
    days = _SCALE_END.sub("\u00a0=\u00a0", _DAY.sub("\u00a0", text))
    return _YEAR.sub("\\1\u00a0", days) if years else days


def balance(text: str, limit: float, size: float, weight: int = 400) -> tuple[str, ...]:
    """As `wrap`, in no more lines, with the lines of nearly equal width. For titles."""
    best = wrap(text, limit, size, weight)
    low, high = limit / 3, limit
    while len(best) > 1 and high - low > 2:
        middle = (low + high) / 2
        lines = wrap(text, middle, size, weight)
        if len(lines) == len(best) and max(width(line, size, weight) for line in lines) <= middle:
            best, high = lines, middle
        else:
            low = middle
    return best
