"""Candidate groups of any column of text: what `canvass themes` says, as a value."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from canvass.words.arrays import Embedder
from canvass.words.embedding import TABLE
from canvass.words.grouping import Group, grouping
from canvass.words.non_answers import NonAnswer, non_answers
from canvass.words.space import space
from canvass.words.study.corpus import normalised

type Say = Callable[[str, int, int], None]  # what is being done, how many steps are done, of how many


class ThemesRefused(Exception):
    """One sentence: which column, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class ColumnThemes:
    """A column's answers, set apart and grouped. Answers are named by their place in `answers`.

    rows: of the file. answers: (row's number in the file, text), without empty cells. non_answers: those
    that look like none. groups: the other answers, in reading order. most: how many groups these could be
    cut into.
    """

    column: str
    rows: int
    answers: tuple[tuple[int, str], ...]
    non_answers: tuple[NonAnswer, ...]
    groups: tuple[Group, ...]
    most: int
    model: str
    sha256: str

    @property
    def empty(self) -> int:
        """Cells without an answer."""
        return self.rows - len(self.answers)

    @property
    def grouped(self) -> int:
        """Answers in groups."""
        return len(self.answers) - len(self.non_answers)


def themes_of(
    column: str,
    cells: Sequence[str],
    numbers: Sequence[int],
    *,
    groups: int | None = None,
    embedder: Embedder = TABLE,
    say: Say = lambda *_: None,
) -> ColumnThemes:
    """Candidates from the cells of a column; numbers: of their rows, for messages.

    groups: how many; by default a few, as a place to begin. Raises ThemesRefused where no cell has an
    answer, where all are numbers, or where the answers cannot make so many groups.
    """
    cleaned = ((number, normalised(cell).strip()) for number, cell in zip(numbers, cells, strict=True))
    answers = tuple((number, text) for number, text in cleaned if text)
    _refuse_wordless(column, [text for _, text in answers])
    none = non_answers([text for _, text in answers])
    apart = {one.answer for one in none}
    said = [answer for answer in range(len(answers)) if answer not in apart]
    found, most = _grouped(column, [answers[answer][1] for answer in said], groups, embedder, say)
    return ColumnThemes(
        column,
        len(cells),
        answers,
        none,
        tuple(_named(group, said) for group in found),
        most,
        embedder.model,
        embedder.sha256,
    )


def _refuse_wordless(column: str, texts: list[str]) -> None:
    if not texts:
        raise ThemesRefused(f"Column {column}: every cell is empty. Name a column of written answers.")
    if all(text.replace(",", "").replace(".", "").lstrip("+-").isdecimal() for text in texts):
        raise ThemesRefused(f"Column {column}: it holds numbers alone. Name a column of written answers.")


def _grouped(
    column: str, texts: list[str], count: int | None, embedder: Embedder, say: Say
) -> tuple[tuple[Group, ...], int]:
    if not texts:
        return (), 0
    say("Placing the answers", 0, 1)
    placed = space(texts, embedder)
    say("Placing the answers", 1, 1)
    say("Grouping them", 0, 1)
    made = grouping(texts, placed)
    if count is not None and not 1 <= count <= made.most:
        raise ThemesRefused(_cannot(column, len(texts), count, made.most))
    found = made.groups(count)
    say("Grouping them", 1, 1)
    return found, made.most


def _cannot(column: str, texts: int, count: int, most: int) -> str:
    said = "one answer makes" if texts == 1 else f"{texts:,} answers make"
    many = "one group" if most == 1 else f"1 to {most:,} groups"
    return f"--groups {count}: in column {column} {said} {many}. Choose from these."


def _named(group: Group, said: list[int]) -> Group:
    """The same group with the numbers that its answers have among all."""
    return Group(
        tuple(said[answer] for answer in group.answers),
        group.terms,
        tuple(said[answer] for answer in group.central),
    )
