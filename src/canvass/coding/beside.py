"""What stands beside an answer: the banded profile where ten people share it, and the closed answers."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from canvass.instrument import Item, Kind
from canvass.tables import wording
from canvass.tables.disclosure import SMALLEST_BASE
from canvass.warehouse import CodedItem, PollRows


def bands(columns: Sequence[Sequence[str]], ballots: int) -> tuple[tuple[str, ...], ...]:
    """For each ballot a value for each field, "" where it is not shown.

    columns: for each field in the team's order, the value of each ballot. Whatever is shown of one ballot,
    what is not shown included, is the same for at least ten ballots; of a poll with fewer nothing is shown.
    """
    shown: list[tuple[str, ...]] = [()] * ballots
    for column in columns:
        groups: dict[tuple[str, ...], list[int]] = {}
        for row, before in enumerate(shown):
            groups.setdefault(before, []).append(row)
        for before, rows in groups.items():
            told = _told([column[row] for row in rows])
            for row in rows:
                shown[row] = (*before, column[row] if column[row] in told else "")
    return tuple(shown)


def _told(values: Sequence[str]) -> set[str]:
    """The values of a group that may be told: each of ten people or more, and those of whom nothing is told
    are none, or ten or more as well."""
    counts = Counter(values)
    told = sorted(
        (value for value in counts if value and counts[value] >= SMALLEST_BASE), key=counts.__getitem__
    )
    hidden = len(values) - sum(counts[value] for value in told)
    while told and 0 < hidden < SMALLEST_BASE:
        hidden += counts[told.pop(0)]
    return set(told)


def closed_answers(rows: PollRows, row: int) -> list[tuple[str, str]]:
    """(question, answer) for each closed question that this ballot answered, in the order asked."""
    found = []
    for coded in rows.coded:
        if coded.item.kind is Kind.TEXT or coded.codes[row] < 0:
            continue
        question = f"{coded.item.text} [{coded.row.label}]" if coded.row else coded.item.text
        found.append((question, _answer(coded, int(coded.codes[row]))))
    return found


def _answer(coded: CodedItem, cell: int) -> str:
    item, cells = coded.item, coded.cells
    if cells.not_applicable[cell]:
        return item.not_applicable
    if item.kind is Kind.RANKING:
        order = np.argsort(cells.ranks[:, cell])
        return " > ".join(item.options[place].label for place in order if cells.chosen[place, cell])
    if item.kind in (Kind.MULTIPLE, Kind.SINGLE, Kind.GRID_SINGLE):
        return _chosen(item, cells.chosen[:, cell])
    number = float(cells.values[cell])
    value = wording.whole(int(number)) if number.is_integer() else str(number)
    return f"{value} {item.unit}".strip() if item.unit else value


def _chosen(item: Item, chosen: np.ndarray) -> str:
    labels = [option.label for option, is_chosen in zip(item.options, chosen, strict=True) if is_chosen]
    return "; ".join(labels) or "none chosen"
