"""Items inferred from the columns of a data file, where no poll file says what they are.

Text is a single choice, whole numbers from 0 to 10 a rating (7.0 is whole), other numbers a number, cells
with `;` a choose-all item. Columns `x/y` that hold nothing but 0 and 1 are the options of a choose-all item
`x`, else the rows of a grid. An option's name is the cell's text. What was doubtful is said in a note.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from canvass.instrument import Item, Kind, Option, Row, Scale
from canvass.statistics.arrays import Codes
from canvass.warehouse.coding import NOT_ANSWERED, CodedColumns, column_name, number_name
from canvass.warehouse.ordering import in_natural_order

type Cells = Sequence[str]
type Numbers = Sequence[int]  # the file's own number of each row

NPS = "nps"  # a rating that is read as likelihood to recommend, too
KINDS = (*(kind.value for kind in Kind), NPS)
WIDEST_SCALE = 101
MOST_OPTIONS = 1000  # that are told apart in one table
MOSTLY = 0.5  # of the cells are numbers: the others are worth a note
_FLAGS = {"0": False, "1": True, "0.0": False, "1.0": True}  # written with a point where cells are empty
_WHOLE = re.compile(r"[+-]?\d{1,15}(\.0*)?", re.ASCII)
_WITH_COMMAS = re.compile(r"[+-]?\d+([.,]\d+)*,\d+([.,]\d+)*", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d{1,15}(\.\d*)?|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)


class ColumnUnfit(ValueError):
    """A column cannot be read as the kind that was asked for; one sentence with the row."""


def item_names(headings: Iterable[str]) -> dict[str, list[str]]:
    """The items that headings speak of, in order, each with its columns: `x/y` belongs to `x`."""
    names: dict[str, list[str]] = {}
    for heading in headings:
        name, slash, part = heading.partition("/")
        names.setdefault(name if slash and name and part else heading, []).append(heading)
    return names


class Inferred(NamedTuple):
    """An item with its coded columns, and what was doubtful about it."""

    item: Item
    columns: CodedColumns
    notes: tuple[str, ...]


def infer(name: str, columns: Mapping[str, Cells], numbers: Numbers, kind: str | None = None) -> Inferred:
    """The item of one name.

    columns: cells by heading, `name` itself or `name/part`. kind: one of KINDS; inferred where it is None.
    Raises ColumnUnfit.
    """
    trimmed = {heading: [cell.strip() for cell in cells] for heading, cells in columns.items()}
    chosen = _kind(name, trimmed) if kind is None else Kind.RATING if kind == NPS else Kind(kind)
    if list(columns) != [name]:
        return Inferred(*_from_parts(name, trimmed, numbers, chosen), ())
    if chosen.is_grid:
        raise ColumnUnfit(f"{name}: is one column; a grid has several named {name}/row. Use another kind.")
    cells = trimmed[name]
    notes = () if kind is not None else _doubts(name, cells, numbers, chosen)
    if kind is None and _too_many(chosen, cells):
        chosen = Kind.TEXT
    item, coded = _READERS[chosen](name, cells, numbers)
    _check_nps(name, item, nps=kind == NPS)
    return Inferred(item, coded, notes)


def _too_many(kind: Kind, cells: Cells) -> int:
    """The number of different answers where they are more than are told apart in a table; else 0."""
    divider = {Kind.SINGLE: None, Kind.MULTIPLE: ";", Kind.RANKING: ">"}.get(kind, "")
    if divider == "":
        return 0
    distinct = (
        set(cells) if divider is None else {part for cell in set(cells) for part in _parts(cell, divider)}
    )
    count = len(distinct - {""})
    return count if count > MOST_OPTIONS else 0


def _doubts(name: str, cells: Cells, numbers: Numbers, kind: Kind) -> tuple[str, ...]:
    """What the user should know of a column that was read as labels."""
    if count := _too_many(kind, cells):
        return (
            f"{name} has {count:,} different answers, more than the {MOST_OPTIONS:,} that are told apart in "
            "a table. It is counted as text.",
        )
    if kind is not Kind.SINGLE:
        return ()
    filled = [cell for cell in cells if cell]
    if any("," in cell for cell in set(filled)) and all(
        _WITH_COMMAS.fullmatch(cell) or _NUMBER.fullmatch(cell) for cell in set(filled)
    ):
        first = next(cell for cell in filled if "," in cell)
        return (
            f'{name} has numbers with commas, such as "{first[:40]}", and is counted as a choice of labels. '
            "Write 1234.5 to have them counted as numbers.",
        )
    return _mostly_numbers(name, cells, numbers)


def _mostly_numbers(name: str, cells: Cells, numbers: Numbers) -> tuple[str, ...]:
    fits = {cell: bool(_NUMBER.fullmatch(cell)) for cell in set(cells) if cell}
    filled = [(number, cell) for number, cell in zip(numbers, cells, strict=True) if cell]
    others = [(number, cell) for number, cell in filled if not fits[cell]]
    if not others or len(others) > (1 - MOSTLY) * len(filled):
        return ()
    number, cell = others[0]
    found = "1 cell that is no number" if len(others) == 1 else f"{len(others):,} cells that are no numbers"
    return (
        f'{name} has {found} (row {number}: "{cell[:40]}"), so it is counted as a choice of labels. '
        "Empty them to have it counted as numbers.",
    )


def _check_nps(name: str, item: Item, *, nps: bool) -> None:
    if nps and item.scale is not None and not (item.scale.start >= 0 and item.scale.end <= 10):
        raise ColumnUnfit(f"{name}: a net promoter score needs whole numbers from 0 to 10.")


def _kind(name: str, columns: Mapping[str, Cells]) -> Kind:
    if list(columns) == [name]:
        return _kind_of_cells(columns[name])
    cells = [cell for column in columns.values() for cell in column if cell]
    if cells and set(cells) <= set(_FLAGS):
        return Kind.MULTIPLE
    return Kind.GRID_RATING if _kind_of_cells(cells) is Kind.RATING else Kind.GRID_SINGLE


def _kind_of_cells(cells: Cells) -> Kind:
    distinct = {cell for cell in cells if cell}
    if any(";" in cell for cell in distinct):
        return Kind.MULTIPLE
    if not distinct or not all(_NUMBER.fullmatch(cell) for cell in distinct):
        return Kind.SINGLE
    whole = all(_WHOLE.fullmatch(cell) and 0 <= _whole(cell) <= 10 for cell in distinct)
    return Kind.RATING if whole else Kind.NUMBER


def _from_parts(
    name: str, columns: Mapping[str, Cells], numbers: Numbers, kind: Kind
) -> tuple[Item, CodedColumns]:
    parts = [heading.partition("/")[2] for heading in columns]
    if kind is Kind.MULTIPLE:
        return _from_flags(name, dict(zip(parts, columns.values(), strict=True)), numbers)
    if not kind.is_grid:
        raise ColumnUnfit(f"{name}: has columns {name}/…, which are a grid or a choose-all item, not {kind}.")
    every = [cell for cells in columns.values() for cell in cells]
    scale = _scale(name, every, list(numbers) * len(columns)) if kind is Kind.GRID_RATING else None
    if scale is None:
        _refuse_too_many(name, Kind.SINGLE, every)
    options = () if scale else _options(every)
    item = Item(name, kind, name, options=options, rows=tuple(Row(p, p) for p in parts), scale=scale)
    place = _points(scale) if scale else _option_places(options).__getitem__
    coded = {
        column_name(item, row): _codes(cells, place)
        for row, cells in zip(item.rows, columns.values(), strict=True)
    }
    return item, coded


def _from_flags(name: str, flags: Mapping[str, Cells], numbers: Numbers) -> tuple[Item, CodedColumns]:
    """0/1 columns: all empty is not answered, all 0 an answer; an empty cell among others is not chosen."""
    for part, cells in flags.items():
        _refuse_unless(lambda cell: cell in ("", *_FLAGS), f"{name}/{part}", cells, numbers, "0 or 1")
    answered = np.array([any(row) for row in zip(*flags.values(), strict=True)], dtype=bool)
    item = Item(name, Kind.MULTIPLE, name, options=tuple(Option(part, part) for part in flags))
    coded: CodedColumns = {
        column_name(item, option=part): np.where(
            answered, np.array([_FLAGS.get(cell, False) for cell in cells]), NOT_ANSWERED
        ).astype(np.int16)
        for part, cells in flags.items()
    }
    return item, coded


def _single(name: str, cells: Cells, numbers: Numbers) -> tuple[Item, CodedColumns]:  # noqa: ARG001
    _refuse_too_many(name, Kind.SINGLE, cells)
    options = _options(cells)
    item = Item(name, Kind.SINGLE, name, options=options)
    return item, {column_name(item): _codes(cells, _option_places(options).__getitem__)}


def _rating(name: str, cells: Cells, numbers: Numbers) -> tuple[Item, CodedColumns]:
    scale = _scale(name, cells, numbers)
    item = Item(name, Kind.RATING, name, scale=scale)
    return item, {column_name(item): _codes(cells, _points(scale))}


def _number(name: str, cells: Cells, numbers: Numbers) -> tuple[Item, CodedColumns]:
    _refuse_unless(lambda cell: not cell or bool(_NUMBER.fullmatch(cell)), name, cells, numbers, "a number")
    item = Item(name, Kind.NUMBER, name)
    values = np.array([float(cell) if cell else np.nan for cell in cells])
    return item, {column_name(item): _codes(cells, lambda _: 0), number_name(item): values}


def _text(name: str, cells: Cells, numbers: Numbers) -> tuple[Item, CodedColumns]:  # noqa: ARG001
    item = Item(name, Kind.TEXT, name)
    return item, {column_name(item): _codes(cells, lambda _: 0)}


def _multiple(name: str, cells: Cells, numbers: Numbers) -> tuple[Item, CodedColumns]:  # noqa: ARG001
    _refuse_too_many(name, Kind.MULTIPLE, cells)
    chosen = {cell: set(_parts(cell, ";")) for cell in set(cells)}
    options = _options(part for parts in chosen.values() for part in parts)
    item = Item(name, Kind.MULTIPLE, name, options=options)
    return item, {
        column_name(item, option=option.id): _codes(
            cells, {cell: int(option.id in parts) for cell, parts in chosen.items()}.__getitem__
        )
        for option in options
    }


def _ranking(name: str, cells: Cells, numbers: Numbers) -> tuple[Item, CodedColumns]:
    _refuse_too_many(name, Kind.RANKING, cells)
    orders = {cell: _parts(cell, ">") for cell in set(cells)}
    _refuse_unless(
        lambda cell: len(set(orders[cell])) == len(orders[cell]), name, cells, numbers, "each option once"
    )
    options = _options(part for parts in orders.values() for part in parts)
    item = Item(name, Kind.RANKING, name, options=options, choose=max(map(len, orders.values()), default=0))
    places = {cell: {one: place for place, one in enumerate(parts, 1)} for cell, parts in orders.items()}
    return item, {
        column_name(item, option=option.id): _codes(
            cells, {cell: given.get(option.id, 0) for cell, given in places.items()}.__getitem__
        )
        for option in options
    }


_READERS = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.RATING: _rating,
    Kind.NUMBER: _number,
    Kind.RANKING: _ranking,
    Kind.TEXT: _text,
}


def _refuse_too_many(name: str, kind: Kind, cells: Cells) -> None:
    if count := _too_many(kind, cells):
        raise ColumnUnfit(
            f"{name}: has {count:,} different answers; at most {MOST_OPTIONS:,} are told apart in a table. "
            f"Count it as text with --kind {name}=text."
        )


def _parts(cell: str, divider: str) -> list[str]:
    return [part.strip() for part in cell.split(divider) if part.strip()]


def _options(texts: Iterable[str]) -> tuple[Option, ...]:
    """An option a distinct text, in natural order, so that the order of the rows does not matter."""
    return tuple(Option(text, text) for text in in_natural_order({text for text in texts if text}))


def _option_places(options: tuple[Option, ...]) -> dict[str, int]:
    return {option.id: place for place, option in enumerate(options)}


def _scale(name: str, cells: Cells, numbers: Numbers) -> Scale:
    """From the lowest to the highest point that occurs."""
    _refuse_unless(
        lambda cell: not cell or bool(_WHOLE.fullmatch(cell)), name, cells, numbers, "a whole number"
    )
    points = [_whole(cell) for cell in set(cells) if cell] or [0]
    if max(points) - min(points) >= WIDEST_SCALE:
        raise ColumnUnfit(f"{name}: has points from {min(points)} to {max(points)}; read it as a number.")
    return Scale(min(points), max(points))


def _points(scale: Scale) -> Callable[[str], int]:
    return lambda cell: _whole(cell) - scale.start


def _whole(cell: str) -> int:
    """7 or 7.0 as a whole number."""
    return int(cell.partition(".")[0])


def _codes(cells: Cells, place: Callable[[str], int]) -> Codes:
    places = {cell: place(cell) if cell else NOT_ANSWERED for cell in set(cells)}
    return np.array([places[cell] for cell in cells], dtype=np.int32)


def _refuse_unless(
    fits: Callable[[str], bool], name: str, cells: Cells, numbers: Numbers, wanted: str
) -> None:
    for number, cell in zip(numbers, cells, strict=True):
        if not fits(cell):
            problem = f'{name}, row {number}: "{cell[:40]}" is not {wanted}'
            raise ColumnUnfit(f"{problem}; mend it or use another kind.")
