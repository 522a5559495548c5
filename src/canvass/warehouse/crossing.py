"""Items by many divisions of the people: a few crossings are counted, and each division is a margin."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from canvass.statistics import Design
from canvass.statistics.arrays import Floats, Integers
from canvass.warehouse.cells import CodedItem
from canvass.warehouse.kernel import Groups, ItemCube, count_items

EVERYBODY = ""
CELLS_A_ROW = 1 / 8  # a crossing with more cells than that costs more to sum than it saves in counting


def count_divisions(
    coded: Sequence[CodedItem], design: Design, divisions: Mapping[str, Groups]
) -> dict[str, tuple[ItemCube, ...]]:
    """The cubes of every item by each division, as `count_items` gives them, and of everybody under "".

    Equal counts; sums of weights are equal but for the order of adding.
    """
    if design.cluster is not None or design.calibration is not None:  # whose margins are no sums
        return {EVERYBODY: count_items(coded, design)} | {
            name: count_items(coded, design, groups) for name, groups in divisions.items()
        }
    widest = max((one.cells.count + 1 for one in coded), default=1)
    found: dict[str, tuple[ItemCube, ...]] = {}
    for names in _crossings(divisions, design.rows * CELLS_A_ROW / widest) or [[]]:
        sizes = [len(divisions[name].labels) + 1 for name in names]
        crossed = count_items(coded, design, _crossed([divisions[name] for name in names]))
        for axis, name in enumerate(names):
            found[name] = tuple(_margin(one, sizes, axis) for one in crossed)
        if EVERYBODY not in found:
            found[EVERYBODY] = tuple(_margin(one, sizes, None) for one in crossed)
    return {EVERYBODY: found[EVERYBODY]} | {name: found[name] for name in divisions}


def _crossings(divisions: Mapping[str, Groups], cells: float) -> list[list[str]]:
    """Names put together, the small ones first, while their crossing has no more than so many cells."""
    together: list[list[str]] = []
    size = 0
    for name in sorted(divisions, key=lambda name: (len(divisions[name].labels), name)):
        places = len(divisions[name].labels) + 1
        if not together or size * places > cells:
            together.append([])
            size = 1
        together[-1].append(name)
        size *= places
    return together


def _crossed(divisions: Sequence[Groups]) -> Groups | None:
    """The full crossing, "no group" a place of its own in each division; so nobody is outside."""
    if not divisions:
        return None
    sizes = [len(division.labels) + 1 for division in divisions]
    codes = np.zeros(len(divisions[0].codes), dtype=np.int64)
    for division, size in zip(divisions, sizes, strict=True):
        codes *= size
        codes += np.where(division.codes < 0, size - 1, division.codes)
    return Groups(codes, ("",) * prod(sizes))


def _margin(counted: ItemCube, sizes: Sequence[int], axis: int | None) -> ItemCube:
    """The cube by one of the crossed divisions, or of everybody."""
    if not sizes:
        return counted
    cube = counted.cube
    over = tuple(place + 1 for place in range(len(sizes)) if place != axis)

    def summed(kept: Integers | Floats) -> Any:
        full = kept[:, :-1].reshape(len(kept), *sizes, kept.shape[2]).sum(axis=over)
        return full if axis is not None else full[:, None]

    n, w = summed(cube.n), summed(cube.w)
    w2 = w if cube.w2 is cube.w else summed(cube.w2)
    return replace(counted, cube=replace(cube, n=n, w=w, w2=w2))
