"""Tables of a made poll: people as rows, counted by the kernel as everywhere."""

from collections.abc import Sequence

import numpy as np

from canvass import statistics, tables, warehouse
from canvass.instrument import Instrument, Item, Kind, Option
from canvass.tables import Crosstab, Topline
from canvass.warehouse import Ballot, Groups


def single(labels: Sequence[str], item_id: str = "hours", **more) -> Item:
    return Item(item_id, Kind.SINGLE, item_id, options=tuple(Option(one, one) for one in labels), **more)


def people_of(counts: np.ndarray) -> tuple[list[int], list[int]]:
    """(answer, group) of each person, from a matrix of counts (answers, groups)."""
    places = [(row, column) for row in range(counts.shape[0]) for column in range(counts.shape[1])]
    people = [place for place in places for _ in range(int(counts[place]))]
    return [row for row, _ in people], [column for _, column in people]


def topline_of(counts: Sequence[int]) -> Topline:
    """The topline of a single choice that so many gave each answer to."""
    rows, _ = people_of(np.array(counts)[:, None])
    item = single([f"answer {place}" for place in range(len(counts))])
    return tabulated([item], [{item.id: item.options[row].id} for row in rows])[0]


def crosstab_of(counts: Sequence[Sequence[int]], by: str = "region", ungrouped: int = 0) -> Crosstab:
    """A single choice by groups from its counts (answers, groups); the last `ungrouped` columns are of people
    who are in no group."""
    matrix = np.array(counts)
    rows, columns = people_of(matrix)
    item = single([f"answer {place}" for place in range(matrix.shape[0])])
    kept = matrix.shape[1] - ungrouped
    groups = Groups(
        np.array([column if column < kept else -1 for column in columns]),
        tuple(f"group {place}" for place in range(kept)),
    )
    return crossed([item], [{item.id: item.options[row].id} for row in rows], by, groups)[0]


def tabulated(items: Sequence[Item], answers: Sequence[dict]) -> tuple[Topline, ...]:
    return tuple(tables.topline(cube) for cube in _cubes(items, answers, None))


def crossed(items: Sequence[Item], answers: Sequence[dict], by: str, groups: Groups) -> tuple[Crosstab, ...]:
    return tuple(tables.crosstab(cube, by, groups.labels) for cube in _cubes(items, answers, groups))


def _cubes(items, answers, groups):
    poll = Instrument(slug="made", title="Made", category="practice", items=tuple(items))
    shown = tuple(item.id for item in items)
    coded = warehouse.coded_items(poll, warehouse.code(poll, [Ballot(one, shown) for one in answers]))
    return warehouse.count_items(coded, statistics.design(len(answers)), groups)
