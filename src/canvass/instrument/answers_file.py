"""An answers file: rows of text cells in, checked ballots out, or every fault with its row and column.

The format: docs/reference/answers-file.md. Reading the file's own format is `formats/`; here a table is
headings and rows of text.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from canvass.instrument.answer_columns import (
    RESPONDENT,
    ColumnRefused,
    MapLine,
    Reading,
    by_heading,
    by_map,
)
from canvass.instrument.cells import UnknownCell
from canvass.instrument.checking import AnswerFault, CheckingTable
from canvass.instrument.model import Instrument, Kind
from canvass.instrument.routing import Routing

MOST_FAULTS = 100  # then the reading stops


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing to mend. `row` is the row in the file; 0 where the fault is the column's own."""

    row: int
    column: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = f"column {self.column}" if self.column else ""
        rows = f"row {self.row}" if self.row else ""
        where = ", ".join(part for part in (rows, place) if part)
        return f"{where}: {self.problem} {self.remedy}" if where else f"{self.problem} {self.remedy}"


class AnswersFileError(Exception):
    """The file cannot be taken, and nothing of it was. `faults` lists what was found, up to a hundred."""

    def __init__(self, faults: Iterable[CellFault], name: str = "answers") -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{name}: {fault}" for fault in self.faults))


@dataclass(frozen=True, slots=True)
class AnswersRow:
    """One respondent: answers in stored form by item id, profile by field, the row in the file."""

    respondent: str
    answers: dict[str, Any]
    profile: dict[str, str]
    row: int


@dataclass(frozen=True, slots=True)
class AnswersFile:
    """Everything the file says. `notes` are sentences on what is odd but taken."""

    rows: tuple[AnswersRow, ...]
    notes: tuple[str, ...] = ()


def read_answers(
    instrument: Instrument,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[int] | None = None,
    mapping: Sequence[MapLine] = (),
    name: str = "answers",
) -> AnswersFile:
    """The checked answers of a table.

    headings: one a column. rows: cells as text, one for each heading. numbers: the file's own number of each
    row; counted from 2 where missing. mapping: the lines of a map, for foreign headings. name: what faults
    call the file. Raises AnswersFileError; a file is taken whole or not at all.
    """
    readings = _readings(instrument, headings, mapping, name)
    table = CheckingTable(instrument)
    reader = _RowReader(instrument, readings, table)
    taken: list[AnswersRow] = []
    for position, cells in enumerate(rows):
        number = numbers[position] if numbers is not None else position + 2
        taken.append(reader.read(cells, number))
        if len(reader.faults) >= MOST_FAULTS:
            break
    if reader.faults:
        raise AnswersFileError(reader.faults[:MOST_FAULTS], name)
    if not taken:
        nothing = CellFault(0, "", "There is no row below the headings.", "Write a row for each respondent.")
        raise AnswersFileError([nothing], name)
    return AnswersFile(tuple(taken), tuple(_notes(instrument, readings, taken)))


def _readings(
    instrument: Instrument, headings: Sequence[str], mapping: Sequence[MapLine], name: str
) -> list[Reading]:
    faults: list[CellFault] = []
    readings: list[Reading] = []
    lines_of = _by_column(headings, mapping, faults)
    for column, heading in enumerate(headings):
        try:
            if column in lines_of:
                readings.extend(_mapped(instrument, column, heading, lines_of[column]))
            else:
                readings.append(by_heading(instrument, column, heading))
        except (ColumnRefused, UnknownCell) as refusal:
            faults.append(CellFault(0, _shown(heading, column), refusal.problem, refusal.remedy))
    faults.extend(_wrong_together(readings))
    if faults:
        raise AnswersFileError(faults[:MOST_FAULTS], name)
    return readings


def _by_column(
    headings: Sequence[str], mapping: Sequence[MapLine], faults: list[CellFault]
) -> dict[int, list[MapLine]]:
    """The lines of the map for each column that it names."""
    lines_of: dict[int, list[MapLine]] = {}
    for line in mapping:
        places = _places(headings, line.column)
        if len(places) == 1:
            lines_of.setdefault(places[0], []).append(line)
            continue
        problem = "several columns have" if places else "no column has"
        remedy = (
            "Name one by its place, such as #3."
            if places
            else "Copy the heading, or write its place, such as #3."
        )
        faults.append(
            CellFault(0, _shown(line.column, 0), f"Map line {line.number}: {problem} this heading.", remedy)
        )
    return lines_of


def _places(headings: Sequence[str], named: str) -> list[int]:
    place = named.removeprefix("#")
    if named.startswith("#") and re.fullmatch(r"\d{1,6}", place, re.ASCII):
        return [int(place) - 1] if 1 <= int(place) <= len(headings) else []
    exact = [column for column, heading in enumerate(headings) if heading == named]
    return exact or [column for column, heading in enumerate(headings) if _plain(heading) == _plain(named)]


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _mapped(instrument: Instrument, column: int, heading: str, lines: list[MapLine]) -> list[Reading]:
    targets = dict.fromkeys(line.item for line in lines)
    found = (
        by_map(instrument, column, heading, [li for li in lines if li.item == target]) for target in targets
    )
    return [reading for reading in found if reading is not None]


def _wrong_together(readings: list[Reading]) -> Iterable[CellFault]:
    respondents = [reading for reading in readings if reading.target == RESPONDENT]
    if len(respondents) != 1:
        count = "no column" if not respondents else "more than one column"
        yield CellFault(
            0, "", f"There is {count} respondent.", "Have one with a name or number for each row."
        )
    targets = [reading.target for reading in readings if reading.target.startswith("profile/")]
    for twice in sorted({target for target in targets if targets.count(target) > 1}):
        yield CellFault(0, twice, "There is more than one column of it.", "Keep one of them.")
    if all(reading.target == RESPONDENT or reading.target.startswith("profile/") for reading in readings):
        yield CellFault(0, "", "No column is an item of the poll.", "Name columns by the ids of items.")


def _shown(heading: str, column: int) -> str:
    words = " ".join(heading.split())
    return words[:60] + "…" if len(words) > 60 else words or f"#{column + 1}"


class _RowReader:
    def __init__(self, instrument: Instrument, readings: list[Reading], table: CheckingTable) -> None:
        self.faults: list[CellFault] = []
        self._readings = readings
        self._table = table
        self._multiple = {item.id for item in instrument if item.kind is Kind.MULTIPLE}
        self._seen: dict[str, int] = {}

    def read(self, cells: Sequence[str], number: int) -> AnswersRow:
        """The row as answers; what does not fit is added to the faults."""
        told: dict[str, dict[str | None, list[Any]]] = {}
        columns: dict[str, str] = {}
        for reading in self._readings:
            columns.setdefault(reading.target, _shown(reading.heading, reading.column))
            try:
                value = reading.read(cells[reading.column])
            except UnknownCell as unknown:
                place = _shown(reading.heading, reading.column)
                self._fault(number, place, unknown.problem, unknown.remedy)
                continue
            if value is not None:
                told.setdefault(reading.target, {}).setdefault(reading.row, []).append(value)
        respondent = str(_first(told.pop(RESPONDENT, {})))
        self._refuse_nameless(respondent, number)
        profile = {
            t.removeprefix("profile/"): _first(told.pop(t)) for t in list(told) if t.startswith("profile/")
        }
        return AnswersRow(respondent, self._checked(told, columns, number), profile, number)

    def _refuse_nameless(self, respondent: str, number: int) -> None:
        if not respondent:
            self._fault(number, RESPONDENT, "The cell is empty.", "Give each row a respondent.")
        elif self._seen.setdefault(respondent, number) != number:
            problem = f'"{respondent[:60]}" is also in row {self._seen[respondent]}.'
            self._fault(number, RESPONDENT, problem, "Keep one row a respondent.")

    def _fault(self, row: int, column: str, problem: str, remedy: str) -> None:
        self.faults.append(CellFault(row, column, problem, remedy))

    def _checked(
        self, told: dict[str, dict[str | None, list[Any]]], columns: dict[str, str], number: int
    ) -> dict[str, Any]:
        answers = {}
        for target, parts in told.items():
            try:
                value = self._table.check(target, self._raw(target, parts))
            except AnswerFault as fault:
                self._fault(number, columns[target], "This cannot be taken as an answer.", fault.sentence)
                continue
            except UnknownCell as unknown:
                self._fault(number, columns[target], unknown.problem, unknown.remedy)
                continue
            if value is not None:
                answers[target] = value
        return answers

    def _raw(self, target: str, parts: dict[str | None, list[Any]]) -> Any:
        """One raw answer from all the columns of an item."""
        if target in self._multiple:
            return _all_chosen(parts[None])
        if None in parts:
            return _the_one(parts[None])
        return {row: _the_one(values) for row, values in parts.items()}


def _first(parts: dict[str | None, list[Any]]) -> Any:
    return next((value for values in parts.values() for value in values), "")


def _all_chosen(values: list[Any]) -> Any:
    """What several columns chose together, or the one kind of missing."""
    missing = [value for value in values if isinstance(value, dict)]
    chosen = [entry for value in values if isinstance(value, list) for entry in value]
    if missing and chosen:
        raise UnknownCell(
            "An option is chosen and the question is marked as not answered.", "Keep one of them."
        )
    return missing[0] if missing else chosen


def _the_one(values: list[Any]) -> Any:
    """What several columns of an item say together: the same, or a bare "other" and its text."""
    distinct = [value for place, value in enumerate(values) if value not in values[:place]]
    if len(distinct) > 1:
        distinct = [value for value in distinct if value != {"other": ""}]
    if len(distinct) > 1:
        raise UnknownCell("Two columns give different answers.", "Keep one of them.")
    return distinct[0]


def _notes(instrument: Instrument, readings: list[Reading], taken: list[AnswersRow]) -> Iterable[str]:
    told = {reading.target for reading in readings}
    without = [item.id for item in instrument if item.id not in told]
    if without:
        yield f"There is no column for {', '.join(without)}: nobody is taken to have answered."
    routing = Routing(instrument)
    left = sum(len(row.answers) - len(routing.walk(row.answers)[1]) for row in taken)
    if left:
        answers = "1 answer is" if left == 1 else f"{left:,} answers are"
        yield f"{answers} to questions that the routing did not ask: kept, and not counted."
