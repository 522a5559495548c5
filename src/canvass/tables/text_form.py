"""Tables as plain text for a terminal, aligned; a table too wide for it goes on below."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill

from canvass.tables.sheet import Section, Sheet, Words

WIDEST_LABEL = 60
GAP = "  "

type _Block = Sequence[int]  # the places of the columns that stand side by side


def as_text(sheets: Iterable[Sheet], notes: tuple[str, ...], width: int | None = None) -> str:
    """Every sheet under the other, then the notes of the run. width: signs a line; None: no limit."""
    return "\n\n".join([*(_sheet(one, width) for one in sheets), "\n".join(_wrapped(notes, width))]) + "\n"


def _sheet(sheet: Sheet, width: int | None) -> str:
    lines = [*_wrapped((sheet.title, ". ".join(sheet.bases) + "."), width)]
    if sheet.rows:
        grid = _Grid(sheet)
        for block in grid.blocks(width):
            lines += ["", *grid.lines(block)]
    below = [*sheet.notes, *sheet.reasons]
    return "\n".join([*lines, *([""] if below else []), *_wrapped(below, width)])


def _wrapped(texts: Iterable[str], width: int | None) -> Iterator[str]:
    """Sentences broken between words where a line has a width."""
    for text in map(visible, texts):
        indent = " " * (len(text) - len(text.lstrip()))
        yield text if width is None else fill(text, width, subsequent_indent=indent, break_on_hyphens=False)


class _Grid:
    """The columns of one sheet as text, each with its width."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._headings = [_short(str(column)) for column in sheet.columns]
        self._written = {id(row): [visible(str(entry)) for entry in row.entries] for row in sheet.rows}
        self._stub = max(len(_short(row.label)) for row in sheet.rows)
        self._widths = [
            max(len(heading), *(len(cells[place]) for cells in self._written.values()))
            for place, heading in enumerate(self._headings)
        ]
        self._words = [
            any(isinstance(row.entries[place], Words) for row in sheet.rows)
            for place in range(len(self._widths))
        ]
        self._over = [one.label for one in sheet.spanners for _ in range(one.columns)]

    def blocks(self, width: int | None) -> Iterator[_Block]:
        """Columns that fit side by side; in a banner the first, for all, stands in each block."""
        kept = [0] if self._sheet.spanners else []
        block = list(kept)
        for place in range(len(kept), len(self._widths)):
            if width is not None and block != kept and self._wide([*block, place]) > width:
                yield block
                block = list(kept)
            block.append(place)
        yield block

    def lines(self, block: _Block) -> Iterator[str]:
        if self._sheet.spanners:
            yield self._spanner_line(block).rstrip()
        yield self._line("", [self._headings[place] for place in block], block)
        for section in self._sheet.sections:
            yield from self._section(section, block)

    def _section(self, section: Section, block: _Block) -> Iterator[str]:
        if section.title:
            yield visible(section.title)
        last = block[-1] == len(self._widths) - 1
        for row in section.rows:
            cells = [self._written[id(row)][place] for place in block]
            line = self._line(_short(row.label), cells, block)
            yield f"{line}{GAP}{row.remark}".rstrip() if last else line

    def _wide(self, block: _Block) -> int:
        return self._stub + sum(len(GAP) + self._widths[place] for place in block)

    def _line(self, label: str, cells: Sequence[str], block: _Block) -> str:
        padded = (self._padded(cell, place) for place, cell in zip(block, cells, strict=True))
        return GAP.join([label.ljust(self._stub), *padded])

    def _padded(self, cell: str, place: int) -> str:
        """Numbers stand to the right of their column, words to the left."""
        width = self._widths[place]
        return cell.ljust(width) if self._words[place] else cell.rjust(width)

    def _spanner_line(self, block: _Block) -> str:
        """Each spanner over the columns of its own that are in this block, as far as there is room."""
        line = " " * self._stub
        before = None
        for place in block:
            label = self._over[place] if self._over[place] != before else ""
            before = self._over[place]
            room = sum(len(GAP) + self._widths[one] for one in block if self._over[one] == before) - len(GAP)
            start = self._stub + sum(len(GAP) + self._widths[one] for one in block if one < place) + len(GAP)
            if label:
                line = line.ljust(start) + _centred(visible(label), room)
        return line


def _centred(label: str, room: int) -> str:
    """A spanner's label with a line to both sides, so that its reach is seen."""
    shown = label if len(label) <= room else f"{label[: max(room - 1, 0)]}…"
    return f" {shown} ".center(room, "─")[:room] if len(shown) + 2 <= room else shown


def _short(label: str) -> str:
    shown = visible(label)
    return shown if len(shown) <= WIDEST_LABEL else f"{shown[: WIDEST_LABEL - 1]}…"


def visible(text: str) -> str:
    """Text that cannot steer a terminal: control and direction marks become a space."""
    return "".join(" " if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in text)
