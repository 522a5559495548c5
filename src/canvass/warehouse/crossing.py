"""Items by many divisions of the people: a few crossings are counted, and each division is a margin."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from canvass.statistics import Design
from canvass.statistics.arrays import Floats, Integers
from canvass.warehouse.cells import CodedItem
from canvass.warehouse.kernel import Groups, ItemCube, count_each, count_items

EVERYBODY = ""
CELLS_A_ROW = 1 / 6  # a crossing with more cells than that costs more to sum than it saves in counting


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
    found: dict[str, list[ItemCube]] = {name: [] for name in (EVERYBODY, *divisions)}
    for names in _crossings(divisions, design.rows * CELLS_A_ROW / widest) or [[]]:
        sizes = [len(divisions[name].labels) + 1 for name in names]
        for crossed in count_each(coded, design, _crossed([divisions[name] for name in names])):
            *margins, everybody = _margins_of(crossed, sizes)  # nothing else is kept
            for name, margin in zip(names, margins, strict=True):
                found[name].append(margin)
            if len(found[EVERYBODY]) < len(coded):
                found[EVERYBODY].append(everybody)
    return {name: tuple(cubes) for name, cubes in found.items()}


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


def _margins_of(counted: ItemCube, sizes: Sequence[int]) -> list[ItemCube]:
    """The cube by each of the crossed divisions, then of everybody."""
    if not sizes:
        return [counted]
    cube = counted.cube
    n, w = _margins(cube.n, sizes), _margins(cube.w, sizes)
    w2 = w if cube.w2 is cube.w else _margins(cube.w2, sizes)
    cubes = (replace(cube, n=n, w=w, w2=w2) for n, w, w2 in zip(n, w, w2, strict=True))
    return [replace(counted, cube=one) for one in cubes]


def _margins(kept: Integers | Floats, sizes: Sequence[int]) -> list[Any]:
    """(S, G+1, K) of a crossing to (S, size, K) by each division, then (S, 1, K)."""
    by_cell = kept[:, :-1].swapaxes(1, 2)  # nobody is outside a crossing
    found = _halved(by_cell, sizes)
    found.append(found[0].sum(axis=2, keepdims=True))
    return [np.ascontiguousarray(margin.swapaxes(1, 2)) for margin in found]


def _halved(table: Any, sizes: Sequence[int]) -> list[Any]:
    """The margins of (S, K, crossed): summed over one half of the divisions, then over the other."""
    if len(sizes) == 1:
        return [table]
    half = len(sizes) // 2
    split = table.reshape(*table.shape[:2], prod(sizes[:half]), prod(sizes[half:]))
    return [*_halved(split.sum(axis=3), sizes[:half]), *_halved(split.sum(axis=2), sizes[half:])]
