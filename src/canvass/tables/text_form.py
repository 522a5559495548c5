"""Tables as plain text for a terminal, aligned."""

import unicodedata
from collections.abc import Iterable

from canvass.tables.sheet import Sheet

WIDEST_LABEL = 60


def as_text(sheets: Iterable[Sheet], notes: tuple[str, ...]) -> str:
    """Every sheet under the other, then the notes of the run."""
    return "\n\n".join([*(_sheet(one) for one in sheets), "\n".join(notes)]) + "\n"


def _sheet(sheet: Sheet) -> str:
    lines = [visible(sheet.title), ". ".join(sheet.bases) + "."]
    if sheet.rows:
        lines += ["", *_grid(sheet)]
    return "\n".join([*lines, *([""] if sheet.notes else []), *map(visible, sheet.notes)])


def _grid(sheet: Sheet) -> list[str]:
    written = [
        (_short(label), [str(cell) for cell in cells], caution) for label, cells, caution in sheet.rows
    ]
    headings = [_short(heading) for heading in sheet.headings[1:]]
    first = max(len(label) for label, _, _ in written)
    widths = [
        max(len(heading), *(len(cells[place]) for _, cells, _ in written))
        for place, heading in enumerate(headings)
    ]
    lines = [_line("", headings, first, widths)]
    lines += [f"{_line(label, cells, first, widths)}  {caution}" for label, cells, caution in written]
    return [line.rstrip() for line in lines]


def _line(label: str, cells: list[str], first: int, widths: list[int]) -> str:
    return "  ".join(
        [label.ljust(first), *(cell.rjust(width) for cell, width in zip(cells, widths, strict=True))]
    )


def _short(label: str) -> str:
    shown = visible(label)
    return shown if len(shown) <= WIDEST_LABEL else f"{shown[: WIDEST_LABEL - 1]}…"


def visible(text: str) -> str:
    """Text that cannot steer a terminal: control and direction marks become a space."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)
