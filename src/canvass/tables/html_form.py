"""Tables as one HTML page: real tables with headings for rows and columns. No script, nothing fetched."""

from collections.abc import Iterable
from html import escape

from canvass.tables.sheet import Sheet

_STYLE = """body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0
1rem; } table { border-collapse: collapse; margin: 0 0 1rem; }
caption { font-weight: 600; text-align: left; padding: .5rem 0; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid #8884; }
th { text-align: left; font-weight: 400; } thead th { font-weight: 600; text-align: right; }
th[scope=row] { min-width: 8rem; } td, thead th { white-space: nowrap; }
td { text-align: right; font-variant-numeric: tabular-nums; } td.word { text-align: left; }
section { margin-bottom: 2.5rem; } section div { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { background: #16191d; color: #e8eaed; } }"""


def as_html(sheets: Iterable[Sheet], notes: tuple[str, ...], title: str) -> str:
    """The page."""
    body = "\n".join([*(_section(one) for one in sheets), *(_paragraph(note) for note in notes)])
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n"
    )


def _section(sheet: Sheet) -> str:
    notes = "\n".join(_paragraph(note) for note in sheet.notes)
    bases = _paragraph(". ".join(sheet.bases) + ".")
    if not sheet.rows:
        return f"<section>\n<h2>{escape(sheet.title)}</h2>\n{bases}\n{notes}</section>"
    # A wide table is scrolled by keyboard, too.
    table = f'<div tabindex="0" role="region" aria-label="{escape(sheet.title)}">\n{_table(sheet)}\n</div>'
    return f"<section>\n{table}\n{bases}\n{notes}</section>"


def _table(sheet: Sheet) -> str:
    headings = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in sheet.headings[1:])
    rows = "\n".join(
        f'<tr><th scope="row">{escape(label)}</th>'
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells)
        + (f'<td class="word">{escape(caution)}</td>' if caution else "")
        + "</tr>"
        for label, cells, caution in sheet.rows
    )
    return (
        f"<table>\n<caption>{escape(sheet.title)}</caption>\n"
        f"<thead><tr><td></td>{headings}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text.strip())}</p>"
