"""What a study reads: answers as plain values.

A text is kept as NFC with LF, and every place in it is counted in code points of that text.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from canvass.words.study.refusals import Rests

SEAL_LENGTH = 16  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Answer:
    """One text that one person wrote. Its id stays the same for the same words to the same question."""

    id: str
    question: str  # "poll/item"
    text: str  # normalised
    options: tuple[
        str, ...
    ] = ()  # listed options that an "other" text may be moved to; empty for a text item
    may_be_quoted: bool = False


class Corpus:
    """The answers of a study in one fixed order."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self._answers = {answer.id: answer for answer in answers}
        self.place = {answer_id: place for place, answer_id in enumerate(self._answers)}

    def __iter__(self) -> Iterator[Answer]:
        return iter(self._answers.values())

    def __len__(self) -> int:
        return len(self._answers)

    def __contains__(self, answer_id: str) -> bool:
        return answer_id in self._answers

    def answer(self, answer_id: str) -> Answer:
        """Raises Rests where there is no such answer: it was withdrawn, or never was."""
        found = self._answers.get(answer_id)
        if found is None:
            raise Rests("Its answer is not in the study any more.")
        return found

    def ids(self) -> tuple[str, ...]:
        return tuple(self._answers)


def normalised(text: str) -> str:
    """NFC, with LF as the only line ending."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def seal(text: str) -> str:
    """A short hash of a quote, kept beside its place: the place is right only where the words are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:SEAL_LENGTH]


def quote(answer: Answer, start: int, end: int) -> str:
    """The words at a place; -1 to -1 is the whole answer."""
    return answer.text if start < 0 else answer.text[start:end]


def held_to(answer: Answer, start: int, end: int, expected: str) -> None:
    """Raises Rests where the place is outside the answer or the words there are not those of the seal."""
    if start < 0:
        return
    if not start < end <= len(answer.text) or seal(answer.text[start:end]) != expected:
        raise Rests("The words that it marks do not stand at that place of the answer.")
