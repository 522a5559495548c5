"""A table laid out for people: bases above, columns under headings, rows in sections, notes below.

Every kind of table is laid out as a sheet (`layouts`); text, HTML and XLSX print sheets and nothing else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from canvass.statistics.small_bases import WIDE_EXPLAINED, WIDE_MARK
from canvass.tables.values import Suppressed
from canvass.tables.wording import ABSENT, limit, mean, percent, points, quantity, rounded, signed, whole


class Style(StrEnum):
    """How a number is written."""

    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    QUANTITY = "quantity"  # a value that somebody gave: whole where it is whole
    EFFECTIVE = "effective"  # a base: whole where it is whole
    ERROR_OF_SHARE = "error of share"  # in percentage points, one decimal
    ERROR = "error"
    POINTS = "points"  # a difference of shares, signed, in percentage points
    P = "p"
    DIFFERENCE = "difference"  # signed, in the unit of the mean


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a sheet, unrounded, with the way to write it and all that belongs to it."""

    number: float | None
    style: Style
    low: float | None = None  # limits of its interval
    high: float | None = None
    letters: str = ""  # the columns that it is higher than
    withheld: Suppressed | None = None  # why the number, or all but a count, is not told
    wide: bool = False  # the second caution: its interval is too wide to rest on

    @property
    def has_interval(self) -> bool:
        """Whether there is a limit to show."""
        return self.low is not None or self.high is not None

    def __str__(self) -> str:
        return " ".join(part for part in (self.value, self.range, self.letters) if part)

    @property
    def value(self) -> str:
        """The number as it is read; a mark where it is not told."""
        mark = self.withheld.mark if self.withheld is not None else ""
        if self.number is None:
            return mark or ABSENT
        return f"{_WRITTEN[self.style](self.number)} {mark}".rstrip()

    @property
    def range(self) -> str:
        """The interval in brackets; "" where there is none."""
        if not self.has_interval:
            return ""
        limits = f"({self._limit(self.low)} to {self._limit(self.high)})"
        return f"{limits} {WIDE_MARK}" if self.wide else limits

    def _limit(self, number: float | None) -> str:
        if number is None:
            return ABSENT
        return limit(number).removesuffix("%") if self.style is Style.SHARE else _WRITTEN[self.style](number)


_WRITTEN: dict[Style, Callable[[float], str]] = {
    Style.COUNT: lambda number: whole(int(number)),
    Style.SHARE: percent,
    Style.MEAN: mean,
    Style.QUANTITY: quantity,
    Style.EFFECTIVE: quantity,
    Style.ERROR_OF_SHARE: lambda number: f"{rounded(number * 100, 1)}",
    Style.ERROR: lambda number: f"{rounded(number, 2)}",
    Style.POINTS: points,
    Style.DIFFERENCE: signed,
    Style.P: lambda p: "<0.001" if p < 0.001 else f"{rounded(p, 3)}",
}


@dataclass(frozen=True, slots=True)
class Words:
    """A cell that holds words: a day, a category."""

    text: str

    def __str__(self) -> str:
        return self.text


type Entry = Cell | Words


class Role(StrEnum):
    """What a row says: of how many, the answer itself, or answers added together."""

    BASE = "base"
    FIGURE = "figure"
    NET = "net"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line: its label, an entry for each column, and a word of caution or ""."""

    label: str
    entries: tuple[Entry, ...]
    remark: str = ""
    role: Role = Role.FIGURE


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading of their own; "" where the sheet has only one section."""

    title: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading, the letter by which others refer to it, and a mark of a small base."""

    heading: str
    letter: str = ""
    mark: str = ""

    def __str__(self) -> str:
        letter = f"({self.letter})" if self.letter else ""
        return " ".join(part for part in (self.heading, letter, self.mark) if part)


@dataclass(frozen=True, slots=True)
class Spanner:
    """A heading over several columns in a row; an empty one over columns that need none."""

    label: str
    columns: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as printed."""

    name: str  # for a tab: the item and grid row
    title: str
    bases: tuple[str, ...]
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    spanners: tuple[Spanner, ...] = ()  # over all columns, or none

    def __post_init__(self) -> None:
        if any(len(row.entries) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.name}: a row must have an entry for each column.")
        if self.spanners and sum(one.columns for one in self.spanners) != len(self.columns):
            raise ValueError(f"{self.name}: the spanners must lie over all columns.")

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """The rows of all sections."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def has_letters(self) -> bool:
        return any(column.letter for column in self.columns)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why something is withheld, a sentence for each reason, in the order of the cells; then what a wide
        interval is."""
        cells = [cell for row in self.rows for cell in row.entries if isinstance(cell, Cell)]
        wide = (WIDE_EXPLAINED,) if any(cell.wide for cell in cells) else ()
        return (*told_apart(cell.withheld for cell in cells), *wide)


def told_apart(withheld: Iterable[Suppressed | None]) -> tuple[str, ...]:
    """A sentence for each reason, each once."""
    found = dict.fromkeys(one for one in withheld if one is not None)
    return tuple(f"{one.mark} Not shown: {one.words}." for one in found)
