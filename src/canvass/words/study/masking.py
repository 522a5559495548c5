"""Masking: an answer without the words that could name somebody, and where its segments lie then.

A segment that begins or ends inside masked words takes in the whole replacement, so that no part of a
replacement is ever quoted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from canvass.words.study.corpus import Answer
from canvass.words.study.values import Coding, Mask


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the answer and where it lies in the masked text."""

    start: int
    end: int
    masked_start: int
    masked_end: int
    is_mask: bool


@dataclass(frozen=True, slots=True)
class Masked:
    """The text as it may be quoted, and its pieces from left to right."""

    text: str
    pieces: tuple[Piece, ...]

    def anchor(self, start: int, end: int) -> tuple[int, int]:
        """Where a segment of the answer lies in the masked text; the whole answer is the whole text."""
        if start < 0:
            return 0, len(self.text)
        return self._at(start, end_of=False), self._at(end, end_of=True)

    def quote(self, start: int, end: int) -> str:
        """The words of a segment as they may be quoted."""
        first, last = self.anchor(start, end)
        return self.text[first:last]

    def _at(self, place: int, *, end_of: bool) -> int:
        for piece in self.pieces:
            if piece.start <= place <= piece.end and (place > piece.start if end_of else place < piece.end):
                if piece.is_mask:
                    return piece.masked_end if end_of else piece.masked_start
                return piece.masked_start + place - piece.start
        return len(self.text) if place else 0


def masked(answer: Answer, masks: Iterable[Mask]) -> Masked:
    """The answer with its accepted masks, each as [replacement]."""
    pieces: list[Piece] = []
    parts: list[str] = []
    place = length = 0

    def add(start: int, end: int, words: str, is_mask: bool) -> None:
        nonlocal length
        pieces.append(Piece(start, end, length, length + len(words), is_mask))
        parts.append(words)
        length += len(words)

    for mask in sorted((one for one in masks if one.accepted), key=lambda one: one.start):
        if mask.start > place:
            add(place, mask.start, answer.text[place : mask.start], False)
        add(mask.start, mask.end, f"[{mask.replacement}]", True)
        place = mask.end
    if place < len(answer.text) or not pieces:
        add(place, len(answer.text), answer.text[place:], False)
    return Masked("".join(parts), tuple(pieces))


def faults(answer: Answer, masks: Iterable[Mask], codings: Iterable[Coding]) -> tuple[str, ...]:
    """What keeps the raw text from being destroyed; nothing where every quote stands.

    A quote stands when the masked words of its segment are, piece by piece, its own words and replacements,
    and no accepted mask's words are left in them at their place.
    """
    accepted = tuple(one for one in masks if one.accepted)
    made = masked(answer, accepted)
    found = [] if _rebuilt(answer, made) else ["The masked text is not the answer with its masks."]
    for coding in codings:
        start, end = coding.place.start, coding.place.end
        if made.quote(start, end) != _expected(answer, accepted, start, end):
            found.append(f"The segment from {start} to {end} does not quote its own words.")
    return tuple(found)


def _rebuilt(answer: Answer, made: Masked) -> bool:
    """Whether the pieces cover the whole answer, and what is not masked is the answer's own."""
    place = 0
    for piece in made.pieces:
        if piece.start != place:
            return False
        if (
            not piece.is_mask
            and made.text[piece.masked_start : piece.masked_end] != (answer.text[piece.start : piece.end])
        ):
            return False
        place = piece.end
    return place == len(answer.text)


def _expected(answer: Answer, accepted: tuple[Mask, ...], start: int, end: int) -> str:
    """The quote worked out the slow way, code point by code point, as a second opinion."""
    first, last = (0, len(answer.text)) if start < 0 else (start, end)
    words: list[str] = []
    for place in range(first, last):
        mask = next((one for one in accepted if one.start <= place < one.end), None)
        if mask is None:
            words.append(answer.text[place])
        elif place in (first, mask.start):
            words.append(f"[{mask.replacement}]")
    return "".join(words)
