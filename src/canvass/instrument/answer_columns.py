"""What each column of an answers file means: by its heading, or by the lines of a map.

A map (`column,item,option,value`) says it for foreign headings. `column` is a heading, or `#n` from 1 on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from canvass.instrument.answers import UNSTORABLE, consent_key
from canvass.instrument.cells import Offered, ReadCell, UnknownCell, cell_reader, flag_reader
from canvass.instrument.faults import did_you_mean
from canvass.instrument.model import Instrument, Item, Kind, Row

RESPONDENT = "respondent"
IGNORED = "-"
PROFILE = "profile/"
OTHER_TEXT = "*text"
LONGEST = 200  # characters of a respondent or of a field of the profile
MAP_HEADINGS = ("column", "item", "option", "value")


@dataclass(frozen=True, slots=True)
class MapLine:
    """One line of a map; `number` is its row in the file."""

    number: int
    column: str
    item: str
    option: str = ""
    value: str = ""


class ColumnRefused(Exception):
    """A column or a line of the map that means nothing here: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{problem} {remedy}")


@dataclass(frozen=True, slots=True)
class Reading:
    """One column read for one target: an item (with the row of a grid), `respondent` or `profile/x`."""

    column: int
    heading: str
    target: str
    row: str | None
    read: ReadCell


def map_lines(
    headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int]
) -> tuple[MapLine, ...]:
    """The lines of a map file. Raises ColumnRefused where its headings are not those of a map."""
    names = [heading.strip().casefold() for heading in headings]
    if not {"column", "item"} <= set(names) <= set(MAP_HEADINGS):
        raise ColumnRefused("The map has other headings.", f"Use {','.join(MAP_HEADINGS)}.")
    lines = []
    for number, row in zip(numbers, rows, strict=True):
        cells = dict(zip(names, (cell.strip() for cell in row), strict=True))
        lines.append(MapLine(number, **cells))
    return tuple(lines)


def by_heading(instrument: Instrument, column: int, heading: str) -> Reading:
    """What a column of our own format means. Raises ColumnRefused."""
    name = " ".join(heading.split())
    if name.casefold() == RESPONDENT or name.casefold().startswith(PROFILE):
        return _about(column, heading, name.casefold())
    item_id, slash, part = name.partition("/")
    item = _item(instrument, item_id.strip())
    if slash and part.strip() == "quote_consent" and item.quote_consent:
        return Reading(column, heading, consent_key(item), None, _consent)
    if item.kind.is_grid:
        return Reading(column, heading, item.id, _row(item, part).id, cell_reader(item))
    if not slash:
        return Reading(column, heading, item.id, None, cell_reader(item))
    if item.kind is not Kind.MULTIPLE:
        raise ColumnRefused(f"{item.id} has no columns for its parts.", f"Name the column {item.id}.")
    return Reading(column, heading, item.id, None, _flag(item, part))


def by_map(instrument: Instrument, column: int, heading: str, lines: Sequence[MapLine]) -> Reading | None:
    """What the lines of a map that name one column and one target mean; None where it is ignored."""
    target = lines[0].item
    if target == IGNORED:
        return None
    if target == RESPONDENT or target.startswith(PROFILE):
        return _about(column, heading, target)
    item_id, _, part = target.partition("/")
    item = _item(instrument, item_id)
    row = _row(item, part).id if item.kind.is_grid else None
    if part and row is None:
        raise ColumnRefused(f"{item.id} is not a grid, so it has no rows.", f"Write {item.id} under item.")
    return Reading(column, heading, item.id, row, _mapped_reader(item, lines))


def _about(column: int, heading: str, target: str) -> Reading:
    """A column that says who a row is about: the respondent, or a field of the profile."""
    if target.removeprefix(PROFILE).strip() == "":
        raise ColumnRefused("It names no field of the profile.", "Name one, such as profile/role.")
    return Reading(column, heading, target, None, _short)


def _short(text: str) -> str:
    words = text.strip()
    if len(words) > LONGEST or UNSTORABLE.search(words):
        problem = f"It is longer than {LONGEST} characters, or holds one that cannot be stored."
        raise UnknownCell(problem, "Say it in fewer words.")
    return words


def _mapped_reader(item: Item, lines: Sequence[MapLine]) -> ReadCell:
    offered = Offered(item)
    if any(line.value == OTHER_TEXT for line in lines):
        return _other_reader(offered, lines)
    values = _values(line for line in lines if line.value)
    always = [line.option for line in lines if line.option and not line.value]
    if len(always) > 1:
        raise ColumnRefused("Two lines choose an option for any cell.", "Give each a value, or keep one.")
    for option in (*values.values(), *always):
        if option and item.options:
            offered.choice(option)
    return _by_value(item, values, always[0] if always else None)


def _other_reader(offered: Offered, lines: Sequence[MapLine]) -> ReadCell:
    """Any text in the cell is that of the "other" option."""
    other = offered.other("")
    if len(lines) > 1:
        raise ColumnRefused(
            f"Beside {OTHER_TEXT} another line reads this column for the same item.", "Keep one of them."
        )
    if lines[0].option and offered.choice(lines[0].option) != other:
        raise ColumnRefused(f'"{lines[0].option}" opens no text box.', "Name the option with other: true.")
    return lambda text: _as_chosen(offered.item, offered.other(text)) if text.strip() else None


def _values(lines: Iterable[MapLine]) -> dict[str, str]:
    """What each cell text is read as. Raises ColumnRefused where one text is given two meanings."""
    values: dict[str, str] = {}
    for line in lines:
        if values.setdefault(_words(line.value), line.option) != line.option:
            raise ColumnRefused(f'Two lines read "{line.value}" as different options.', "Keep one of them.")
    return values


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _by_value(item: Item, values: dict[str, str], always: str | None) -> ReadCell:
    """A cell whose text is listed reads as that option; else any text chooses `always`; else as it stands."""
    read = cell_reader(item)

    def read_cell(text: str) -> object:
        words = _words(text)
        if not words:
            return None
        if words in values:
            option = values[words]
            return read(option) if option else ([] if item.kind is Kind.MULTIPLE else None)
        return read(always if always is not None else text)

    return read_cell


def _as_chosen(item: Item, other: dict[str, str]) -> object:
    return [other] if item.kind is Kind.MULTIPLE else other


def _flag(item: Item, part: str) -> ReadCell:
    try:
        return flag_reader(item, part)
    except UnknownCell as unknown:
        raise ColumnRefused(unknown.problem, unknown.remedy) from unknown


def _consent(text: str) -> object:
    flag = text.strip()
    if flag in ("", "0", "1"):
        return flag == "1" or None
    raise UnknownCell(f'"{flag[:80]}" is neither 0 nor 1.', "Write 1 where the answer may be quoted.")


def _item(instrument: Instrument, item_id: str) -> Item:
    ids = [item.id for item in instrument]
    if item_id not in ids:
        raise ColumnRefused(
            f'"{item_id[:80]}" is no item of the poll.',
            f"{did_you_mean(item_id, ids)} A map can leave the column out with - under item.",
        )
    return instrument.item(item_id)


def _row(item: Item, part: str) -> Row:
    words = part.strip().casefold()
    for row in item.rows:
        if words in (row.label.casefold(), row.id.casefold()):
            return row
    rows = ", ".join(f"{item.id}/{row.id}" for row in item.rows[:12])
    raise ColumnRefused(f"{item.id} is a grid, and this names none of its rows.", f"Name one of: {rows}.")
