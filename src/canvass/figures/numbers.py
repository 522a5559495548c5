"""The numbers of a figure as text in rows, for those who do not see or do not trust the picture."""

from collections.abc import Iterator
from dataclasses import dataclass

from canvass.tables import wording

TOO_FEW = "[u]"


@dataclass(frozen=True, slots=True)
class DataTable:
    """Rows as text; the first cell of each row is its heading. Cells: [c] withheld, [u] too few people."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def sentences(self) -> Iterator[str]:
        """Each row as a sentence, without its empty cells: "weekly: people 91, per cent 67%." """
        for row in self.rows:
            cells = [
                f"{name.lower() if i < 3 else name} {cell}"
                for i, (name, cell) in enumerate(zip(self.head[1:], row[1:], strict=True))
                if cell != wording.ABSENT
            ]
            yield f"{row[0]}: {', '.join(cells) or wording.ABSENT}."
