"""An answer's text cut where segments begin and end, so that a page can mark them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from canvass.words.study import Answer, Place, State, StudyRefused, seal


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, and the names of the codes whose segments hold it."""

    text: str
    codes: str  # "" where it is not marked


def pieces(answer: Answer, places: Sequence[Place], state: State) -> list[Piece]:
    """The whole text from left to right; codings of the whole answer mark nothing."""
    parts = [place for place in places if place.start >= 0]
    edges = sorted({0, len(answer.text), *(place.start for place in parts), *(place.end for place in parts)})
    found = []
    for start, end in pairwise(edges):
        held = [place for place in parts if place.start <= start and end <= place.end]
        names = [state.nodes[state.now(state.codings[place])].name for place in held]
        found.append(Piece(answer.text[start:end], ", ".join(dict.fromkeys(names))))
    return found


def selected(answer: Answer, start: str, end: str, words: str) -> tuple[int, int, str]:
    """The place that a form names, by code points or by its words, with its seal; the whole answer where it
    names none. Raises StudyRefused."""
    if start.isascii() and start.isdigit() and end.isascii() and end.isdigit():
        first, last = int(start[:9]), int(end[:9])
    elif words.strip():
        quoted = words.replace("\r\n", "\n").strip()
        first = answer.text.find(quoted)
        last = first + len(quoted)
        if first < 0:
            raise StudyRefused("These words do not stand in the answer. Copy them out of it.")
    else:
        return -1, -1, ""
    if not first < last <= len(answer.text):
        raise StudyRefused("The selected words lie outside the answer. Select them again.")
    if (first, last) == (0, len(answer.text)):
        return -1, -1, ""
    return first, last, seal(answer.text[first:last])
