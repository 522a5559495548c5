"""Cells: every distinct answer to an item, and what each means. A cube counts them; tables read them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from canvass.instrument import Item, Kind, Row
from canvass.statistics.arrays import Booleans, Codes, Floats
from canvass.warehouse.coding import (
    NOT_APPLICABLE,
    NOT_ASKED,
    PREFER_NOT_TO_SAY,
    CodedColumns,
    column_name,
    number_name,
)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What the K cells of an item mean. The last cell is "not applicable" where the item offers it."""

    chosen: Booleans  # (options or points, K) the answer includes it; a ranking: it was placed
    values: Floats  # (K,) the number given; NaN where there is none
    ranks: Floats  # (options, K) the place given; NaN where there is none; (0, K) but for rankings
    not_applicable: Booleans  # (K,)

    @property
    def count(self) -> int:
        return len(self.not_applicable)


@dataclass(frozen=True, slots=True, eq=False)
class CodedItem:
    """The answers to one item, or to one row of a grid, as cells; ready to be counted."""

    item: Item
    row: Row | None
    codes: Codes  # (rows,) the cell of each answer; -1 where there is none
    cells: Cells
    states: Codes  # (rows,) below 0 the reason why there is no answer, as `coding` has it

    @property
    def asked(self) -> int:
        return int((self.states != NOT_ASKED).sum())

    @property
    def prefer_not_to_say(self) -> int:
        return int((self.states == PREFER_NOT_TO_SAY).sum())

    def among(self, inside: Booleans) -> "CodedItem":
        """The same as if only these people had been asked: the others have no answer."""
        return replace(
            self, codes=np.where(inside, self.codes, -1), states=np.where(inside, self.states, NOT_ASKED)
        )


def coded_items(items: Iterable[Item], columns: CodedColumns) -> tuple[CodedItem, ...]:
    """Every item in order, a grid row by row, from the columns that `coding.code` made."""
    return tuple(
        _coded_item(item, row, columns)
        for item in items
        for row in (item.rows if item.kind.is_grid else (None,))
    )


def _coded_item(item: Item, row: Row | None, columns: CodedColumns) -> CodedItem:
    state, codes, cells = _read(item, row, columns)
    if item.not_applicable:
        codes = np.where(state == NOT_APPLICABLE, cells.count, codes)
        cells = _with_not_applicable(cells)
    return CodedItem(item, row, codes, cells, state)


def _with_not_applicable(cells: Cells) -> Cells:
    return Cells(
        np.pad(cells.chosen, ((0, 0), (0, 1))),
        np.append(cells.values, np.nan),
        np.pad(cells.ranks, ((0, 0), (0, 1)), constant_values=np.nan),
        np.append(cells.not_applicable, True),
    )


def _cells(chosen: Booleans, values: Floats | None = None, ranks: Floats | None = None) -> Cells:
    count = chosen.shape[1]
    numbers = np.full(count, np.nan) if values is None else values
    places = np.empty((0, count)) if ranks is None else ranks
    return Cells(chosen, numbers, places, np.zeros(count, dtype=bool))


type _Read = tuple[Codes, Codes, Cells]  # states, cell codes, cells


def _read(item: Item, row: Row | None, columns: CodedColumns) -> _Read:
    if item.kind in (Kind.MULTIPLE, Kind.RANKING):
        return _patterned(item, columns)
    state = columns[column_name(item, row)]
    if item.kind is Kind.NUMBER:
        return state, *_numbered(state, columns[number_name(item)])
    return state, np.maximum(state, -1).astype(np.int64), _plain_cells(item)


def _plain_cells(item: Item) -> Cells:
    """A cell an option or a point of the scale; one for a text."""
    if item.scale is not None:
        points = np.array(item.scale.points(), dtype=float)
        return _cells(np.eye(len(points), dtype=bool), values=points)
    return _cells(np.eye(max(len(item.options), 1), dtype=bool)[: len(item.options)])


def _numbered(state: Codes, numbers: Floats) -> tuple[Codes, Cells]:
    codes = np.full(len(state), -1, dtype=np.int64)
    values, codes[state >= 0] = np.unique(numbers[state >= 0], return_inverse=True)
    return codes, _cells(np.empty((0, len(values)), dtype=bool), values=values)


def _patterned(item: Item, columns: CodedColumns) -> _Read:
    """A cell a set of options chosen, or an order given."""
    ranked = item.kind is Kind.RANKING
    state, codes, patterns = _patterns(item, columns, radix=len(item.options) + 1 if ranked else 2)
    chosen = patterns.T > 0
    return state, codes, _cells(chosen, ranks=np.where(chosen, patterns.T, np.nan) if ranked else None)


def _patterns(item: Item, columns: CodedColumns, radix: int) -> tuple[Codes, Codes, Codes]:
    """States, the pattern of each row, and the patterns that occur (K, options)."""
    names = [column_name(item, option=option.id) for option in item.options]
    state = columns[names[0]]
    answered = state >= 0
    given = np.stack([columns[name][answered] for name in names], axis=1)
    codes = np.full(len(state), -1, dtype=np.int64)
    patterns, codes[answered] = _distinct(given, radix)
    return state, codes, patterns


def _distinct(given: Codes, radix: int) -> tuple[Codes, Codes]:
    """Distinct rows and the place of each row among them. Short rows are folded into one number each."""
    if len(given) == 0:
        return given, np.empty(0, dtype=np.int64)
    if given.shape[1] * np.log2(radix) < 62:
        folded = given.astype(np.int64) @ (radix ** np.arange(given.shape[1], dtype=np.int64))
        _, first, inverse = np.unique(folded, return_index=True, return_inverse=True)
        return given[first], inverse
    patterns, inverse = np.unique(given, axis=0, return_inverse=True)
    return patterns, inverse.ravel()
