"""Members as a CSV file that no spreadsheet program can be made to run."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def safe(cell: str) -> str:
    """Text that a spreadsheet would read as a formula gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(FORMULA_BEGINS) else cell


def plain(cell: str) -> str:
    """A cell without the apostrophe that safe() put before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_BEGINS) else cell


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte-order mark, so that spreadsheets read names right; CRLF as RFC 4180 has it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe(heading) for heading in headings])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
