"""Cubes as plain values for a row of the desk store, and back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from canvass.instrument import Item
from canvass.statistics import Cube
from canvass.statistics.arrays import Floats
from canvass.warehouse import Cells, ItemCube


def dump(cubes: Iterable[ItemCube]) -> list[dict[str, Any]]:
    """An item's cubes as JSON-safe values; the item itself stays in the instrument."""
    return [_dump(counted) for counted in cubes]


def restore(item: Item, values: Iterable[Mapping[str, Any]]) -> tuple[ItemCube, ...]:
    """The inverse of `dump`, for the item as it was asked."""
    return tuple(_restore(item, one) for one in values)


def _dump(counted: ItemCube) -> dict[str, Any]:
    cube, cells = counted.cube, counted.cells
    return {
        "row": counted.row.id if counted.row else None,
        "asked": counted.asked,
        "prefer_not_to_say": counted.prefer_not_to_say,
        "n": cube.n.tolist(),
        "w": cube.w.tolist(),
        "w2": cube.w2.tolist(),
        "units": cube.units.tolist(),
        "chosen": cells.chosen.astype(int).tolist(),
        "values": _numbers(cells.values),
        "ranks": [_numbers(line) for line in cells.ranks],
        "not_applicable": cells.not_applicable.astype(int).tolist(),
    }


def _restore(item: Item, kept: Mapping[str, Any]) -> ItemCube:
    cells = len(kept["not_applicable"])
    cube = Cube(
        n=np.array(kept["n"], dtype=np.int64),
        w=np.array(kept["w"], dtype=float),
        w2=np.array(kept["w2"], dtype=float),
        units=np.array(kept["units"], dtype=np.int64),
        population=None,
    )
    meaning = Cells(
        chosen=np.array(kept["chosen"], dtype=bool).reshape(len(kept["chosen"]), cells),
        values=np.array(kept["values"], dtype=float),
        ranks=np.array(kept["ranks"], dtype=float).reshape(len(kept["ranks"]), cells),
        not_applicable=np.array(kept["not_applicable"], dtype=bool),
    )
    row = item.row(kept["row"]) if kept["row"] is not None else None
    return ItemCube(item, row, cube, meaning, kept["asked"], kept["prefer_not_to_say"])


def _numbers(values: Floats) -> Sequence[float | None]:
    """JSON has no NaN; None comes back as one."""
    return [None if np.isnan(value) else float(value) for value in values]
