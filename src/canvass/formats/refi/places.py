"""Where a selection lies once a text is NFC with LF.

Positions are code points of the plain text as it lies in the package. Programs that write CR LF differ in
whether a line ending counts for one or for two; what selections are called often shows which it is.
"""

import unicodedata
from collections.abc import Iterable, Iterator

_MARK = "\ufeff"
_HINT_LENGTH = 40  # characters of a name that are compared

type Hint = tuple[int, int, str]  # start, end, name


class Text:
    """A source as it came, and how its places become ours. `text` is NFC with LF."""

    def __init__(self, raw: str, hints: Iterable[Hint] = ()) -> None:
        """hints: selections with their names; a name that begins as the words do settles how to count."""
        raw = raw.removeprefix(_MARK)
        folded = raw.replace("\r\n", "\n").replace("\r", "\n")
        self.text = unicodedata.normalize("NFC", folded)
        self._counted = _more_telling(raw, folded, tuple(hints))
        self._places = None if self._counted == self.text else dict(_places(self._counted))

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The same words in `text`; None where they lie outside it, or cut a letter from its accent."""
        if not 0 <= start < end <= len(self._counted):
            return None
        if self._places is None:
            return start, end
        first, last = self._places.get(start), self._places.get(end)
        return None if first is None or last is None or first >= last else (first, last)


def _more_telling(raw: str, folded: str, hints: tuple[Hint, ...]) -> str:
    """The text in which places were counted: as it lies there, unless the names say otherwise."""
    if raw == folded:
        return raw
    return folded if _called_so(folded, hints) > _called_so(raw, hints) else raw


def _called_so(text: str, hints: tuple[Hint, ...]) -> int:
    """How many selections are called what they hold, if places are counted in this text."""
    return sum(
        bool(name.strip()) and _spaced(text[start:end]).startswith(_spaced(name).rstrip("….")[:_HINT_LENGTH])
        for start, end, name in hints
    )


def _places(raw: str) -> Iterator[tuple[int, int]]:
    """Pairs of a place in the text as it came and the same place in NFC with LF."""
    come = made = 0
    yield 0, 0
    for piece in _pieces(raw):
        come += len(piece)
        made += len(unicodedata.normalize("NFC", piece.replace("\r\n", "\n").replace("\r", "\n")))
        yield come, made


def _pieces(raw: str) -> Iterator[str]:
    """The smallest parts that become NFC with LF by themselves, together the whole."""
    piece = ""
    for mark in raw:
        if piece and not _joins(piece, mark):
            yield piece
            piece = ""
        piece += mark
    if piece:
        yield piece


def _joins(piece: str, mark: str) -> bool:
    if mark.isascii():
        return piece == "\r" and mark == "\n"
    alone = unicodedata.normalize("NFC", piece) + unicodedata.normalize("NFC", mark)
    return unicodedata.combining(mark) > 0 or unicodedata.normalize("NFC", piece + mark) != alone


def _spaced(text: str) -> str:
    return " ".join(text.split())
