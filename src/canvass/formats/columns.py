"""A table as text: what every reader of a tabular format returns."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

MAX_COLUMNS = 10_000


class UnreadableTable(Exception):
    """One sentence: which file, where, what is wrong, what to do."""


class UnwritableTable(Exception):
    """One sentence: why a table cannot stand in the format that was asked for, what to do."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A table column by column. A cell is text; "" is an empty cell.

    headings: one a column, in order; the same heading may come twice. cells: one tuple a column, all of one
    length. numbers: the file's own number of each row, for messages; a row of headings is number 1. notes:
    sentences on what the reader had to decide. codes: where cells are labels of numbers, those numbers, by
    heading.
    """

    headings: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    notes: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """The number of rows, without the headings."""
        return len(self.numbers)

    @property
    def rows(self) -> Iterator[tuple[str, ...]]:
        """Row by row, each with a cell for every heading."""
        return zip(*self.cells, strict=True)

    def column(self, heading: str) -> tuple[str, ...]:
        """The cells under the first column with this heading. Raises KeyError."""
        if heading not in self.headings:
            raise KeyError(heading)
        return self.cells[self.headings.index(heading)]

    def measured(self, heading: str) -> tuple[str, ...]:
        """`column` with numbers in the place of their labels. Raises KeyError."""
        return self.codes.get(heading) or self.column(heading)

    def with_column(self, heading: str, cells: tuple[str, ...]) -> "Columns":
        """The table with one more column, at the end."""
        return replace(self, headings=(*self.headings, heading), cells=(*self.cells, cells))


def refuse_too_wide(name: str, width: int) -> None:
    """Raises UnreadableTable above the widest table that is read."""
    if width > MAX_COLUMNS:
        raise UnreadableTable(
            f"{name}: the table has {width:,} columns; at most {MAX_COLUMNS:,} are read. "
            "Keep a row for each respondent and a column for each question."
        )


def from_rows(
    name: str,
    headings: Iterable[str],
    rows: list[tuple[str, ...]],
    numbers: list[int],
    notes: Iterable[str] = (),
) -> Columns:
    """Columns from rows of one length. A note tells of empty rows that were left out among them.

    numbers: of the rows, counted from 2 under the headings. Raises UnreadableTable where there are none.
    """
    names = tuple(heading.strip() for heading in headings)
    if not any(names):
        raise UnreadableTable(
            f"{name}: there are no headings in the first row. Put the names of the columns there."
        )
    cells = tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in names)
    return Columns(names, cells, tuple(numbers), (*notes, *_left_out(numbers)))


def from_columns(columns: Any) -> Columns:
    """A table from what is in memory: a dict of lists, or a data frame of pandas or polars.

    None, NaN and NA are empty cells; rows are counted from 1. Raises UnreadableTable for columns of different
    lengths and for values that no cell can hold.
    """
    names = list(getattr(columns, "columns", columns))
    headings = tuple(str(name).strip() for name in names)
    refuse_too_wide("The table", len(headings))
    if len(set(headings)) < len(headings):
        twice = next(name for name in headings if headings.count(name) > 1)
        raise UnreadableTable(f"The heading {twice} occurs twice; rename one.")
    cells = tuple(_in_memory(str(name), columns[name]) for name in names)
    if len({len(column) for column in cells}) != 1:
        raise UnreadableTable(
            "The columns have different lengths, or there are none; give each a value a row."
        )
    return Columns(headings, cells, tuple(range(1, len(cells[0]) + 1)))


def _in_memory(name: str, values: Iterable[Any]) -> tuple[str, ...]:
    try:
        return tuple(_plain_text(value) for value in values)
    except TypeError as error:
        raise UnreadableTable(
            f"{name}: there are {error} values. Keep numbers, text, booleans and days."
        ) from error


def _plain_text(value: Any) -> str:
    """As `as_text`, for values of numpy and pandas too; these are not imported for it."""
    if type(value).__name__ in ("NAType", "NaTType"):
        return ""
    return as_text(value.item() if type(value).__module__ == "numpy" else value)


def _left_out(numbers: list[int]) -> tuple[str, ...]:
    """Empty rows stand among others where their numbers are missing; those at the end are nothing."""
    count = numbers[-1] - 1 - len(numbers) if numbers else 0
    if count == 0:
        return ()
    first = next(expected for expected, number in enumerate(numbers, start=2) if number != expected)
    if count == 1:
        return (f"Row {first} is empty and left out.",)
    return (f"{count:,} empty rows are left out; the first is row {first}.",)


def as_text(value: Any) -> str:
    """A cell of a typed format as the text that CSV would hold: 3.0 is 3, True is 1, a day is 2022-01-18."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return _number_as_text(value)
    if isinstance(value, str | int | Decimal):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _number_as_text(value: float) -> str:
    if math.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def typed(cells: Iterable[str]) -> list[Any]:
    """Cells for a typed format: numbers where all are numbers, else text; None where empty.

    A number is a cell that `as_text` would write again in the same way: "007", "1.50" and "1e3" are text, so
    that nothing is lost.
    """
    given = [cell or None for cell in cells]
    numbers = [None if cell is None else _as_number(cell) for cell in given]
    unread = (number is None and cell is not None for number, cell in zip(numbers, given, strict=True))
    return given if any(unread) else numbers


def _as_number(cell: str) -> float | int | None:
    try:
        number = float(cell)
    except ValueError:
        return None
    if not math.isfinite(number) or as_text(number) != cell:
        return None
    return int(cell) if number.is_integer() else number
