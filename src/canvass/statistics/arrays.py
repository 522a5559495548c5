"""Names for the shapes that the room passes around, and how a list or a column becomes one of them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Floats = NDArray[np.float64]
type Integers = NDArray[np.int64]
type Codes = NDArray[np.integer]
type Booleans = NDArray[np.bool_]

_NO_VALUE = ("NAType", "NaTType")  # what pandas has in the place of a value; it is not imported for them


def absent(cell: Any) -> bool:
    """Whether a cell holds nothing: None, "", NaN, or pandas' NA."""
    return cell is None or type(cell).__name__ in _NO_VALUE or bool(cell == "" or cell != cell)


def numbers(given: ArrayLike, what: str) -> Floats:
    """A list, array or column of numbers as floats, NaN where there is none.

    Raises ValueError with a sentence where something in it is no number; `what` begins it.
    """
    column = np.asarray(given)
    if column.dtype.kind in "fiub":
        return np.asarray(column, dtype=np.float64)
    found = [_number(cell, what) for cell in column.astype(object).ravel()]
    return np.array(found, dtype=np.float64).reshape(column.shape)


def _number(cell: Any, what: str) -> float:
    try:
        return np.nan if absent(cell) else float(cell)
    except (TypeError, ValueError):
        raise ValueError(f'{what}: "{str(cell)[:40]}" is not a number; mend it or leave it out.') from None


def whole_codes(given: ArrayLike, what: str) -> Codes:
    """A list, array or column of whole numbers. Raises ValueError with a sentence."""
    column = np.asarray(given)
    if column.dtype.kind in "iub":
        return column
    found = numbers(column, what)
    if not (np.isfinite(found) & (found == np.round(found))).all():
        raise ValueError(f"{what} must be whole numbers, -1 for none; coded_labels makes them of texts.")
    return found.astype(np.int64)


def codes_of(given: ArrayLike, what: str) -> Integers:
    """Codes 0.. without gaps, in the order of the values: of whole numbers or of labels.

    Raises ValueError with a sentence where there is none in some row.
    """
    column = np.asarray(given)
    if column.dtype.kind == "U":  # numpy writes NaN and numbers among texts as text; a list still has them
        column = np.asarray(given, dtype=object)
    if column.ndim != 1:
        raise ValueError(f"{what} must be one column, with a value a row.")
    if _gapless(column):
        return column.astype(np.int64)
    cells = column.tolist()
    missing = sum(absent(cell) or cell == -1 for cell in cells)
    if missing:
        raise ValueError(f"{what}: there is none in {missing:,} of {len(cells):,} rows; fill it in.")
    try:
        return np.asarray(np.unique(column, return_inverse=True)[1], dtype=np.int64)
    except TypeError:
        raise ValueError(f"{what} mixes text and numbers; make them all text.") from None


def _gapless(column: NDArray[Any]) -> bool:
    """Whether these are codes 0.. already; no sorting for a million rows of them."""
    if column.dtype.kind not in "iu" or not len(column) or column.min() < 0 or column.max() >= len(column):
        return False
    return bool(np.bincount(column).all())


def numeric(values: ArrayLike) -> Booleans:
    """Which values are numbers; NaN is none. Raises ValueError for an infinite one."""
    found = np.asarray(values, dtype=np.float64)
    if np.isinf(found).any():
        raise ValueError(
            "There is an infinite number among the values; mend it, or make it NaN to leave it out."
        )
    return np.isfinite(found)


def tuples[T: tuple[Any, ...]](kind: type[T], *columns: Iterable[Any]) -> list[T]:
    """Named tuples from their columns, as many as the shortest has: all fields, in their order.

    `tuple.__new__` goes past the named tuple's own, which does nothing but count its arguments.
    """
    return list(map(partial(tuple.__new__, kind), zip(*columns, strict=False)))


def listed(numbers: Floats, where: Booleans | None = None) -> list[float | None]:
    """An array as a list, None where a number is not finite, or not known (`where` is False)."""
    held: list[bool] = (np.isfinite(numbers) if where is None else where).tolist()
    found: list[float | None] = numbers.tolist()
    if all(held):
        return found
    return [number if is_held else None for number, is_held in zip(found, held, strict=True)]
