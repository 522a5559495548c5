"""Tables as one HTML page: real tables with headings for rows and columns. No script, nothing fetched."""

from collections.abc import Iterable
from html import escape

from canvass.tables.sheet import Cell, Column, Entry, Role, Section, Sheet, SheetRow

_STYLE = """:root { color-scheme: light dark; --ink: #16202b; --paper: #fff; --muted: #4d5863;
--line: #7a858f55; --tint: #eef1f3; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9eef2; --paper: #10181f; --muted: #aab4be;
--line: #74808b55; --tint: #1b252e; } }
body { font: 16px/1.5 "Public Sans", system-ui, sans-serif; color: var(--ink); background: var(--paper);
margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h1 { font-size: 2rem; line-height: 1.2; } p { max-width: 68ch; margin: .25rem 0; }
section { margin-bottom: 3rem; } section > div { overflow-x: auto; margin-bottom: .75rem; }
table { border-collapse: collapse; }
caption { font-size: 1.25rem; font-weight: 600; text-align: left; padding: .5rem 0; }
th, td { padding: .25rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { text-align: left; font-weight: 400; } thead th { font-weight: 600; text-align: right; }
thead th[scope=colgroup] { text-align: center; } th[scope=rowgroup] { font-weight: 600; padding-top: 1rem; }
th[scope=row] { min-width: 8rem; max-width: 22rem; position: sticky; left: 0; background: var(--paper); }
thead small { display: block; }
td { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.word { text-align: left; } tr.base > *, .range, thead small { color: var(--muted); }
.range { font-size: .875rem; font-weight: 400; display: block; } tr.net > * { font-weight: 600; }
td sup { font-weight: 600; line-height: 0; color: var(--muted); }
td.withheld { background: repeating-linear-gradient(45deg, var(--tint) 0 6px, transparent 6px 12px); }
.notes p { font-size: .875rem; color: var(--muted); }
@media print { section { break-inside: avoid; } section > div { overflow: visible; } }"""


def as_html(sheets: Iterable[Sheet], notes: tuple[str, ...], title: str) -> str:
    """The page."""
    sections = [_section(one, f"t{number}") for number, one in enumerate(sheets, start=1)]
    body = "\n".join([*sections, f'<div class="notes">\n{_paragraphs(notes)}\n</div>'])
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _section(sheet: Sheet, key: str) -> str:
    notes = f'<div class="notes">\n{_paragraphs(_notes(sheet))}\n</div>' if _notes(sheet) else ""
    bases = _paragraphs((". ".join(sheet.bases) + ".",))
    if not sheet.rows:
        return f"<section>\n<h2>{escape(sheet.title)}</h2>\n{bases}\n{notes}</section>"
    # A wide table is scrolled by keyboard, too.
    name = escape(sheet.title, quote=True)
    wrapped = f'<div tabindex="0" role="region" aria-label="{name}">\n{html_table(sheet, key)}\n</div>'
    return f"<section>\n{wrapped}\n{bases}\n{notes}</section>"


def _notes(sheet: Sheet) -> tuple[str, ...]:
    return (*sheet.notes, *sheet.reasons)


def html_table(sheet: Sheet, key: str) -> str:
    """The table alone, with a caption. key: begins its ids, so that a page can hold several."""
    return _Table(sheet, key).html()


class _Table:
    def __init__(self, sheet: Sheet, key: str) -> None:
        self._sheet = sheet
        self._key = key
        self._over = [place for place, one in enumerate(sheet.spanners) for _ in range(one.columns)]
        self._remarked = any(row.remark for row in sheet.rows)

    def html(self) -> str:
        bodies = "\n".join(self._body(section, place) for place, section in enumerate(self._sheet.sections))
        return (
            f"<table>\n<caption>{escape(self._sheet.title)}</caption>\n<thead>{self._head()}</thead>\n"
            f"{bodies}\n</table>"
        )

    def _head(self) -> str:
        corner = f"<td{' rowspan="2"' if self._sheet.spanners else ''}></td>"
        remarks = '<th scope="col">Remark</th>' if self._remarked else ""
        columns = "".join(
            f'<th scope="col" id="{self._key}c{place}">{_heading(column)}</th>'
            for place, column in enumerate(self._sheet.columns)
        )
        if not self._sheet.spanners:
            return f"<tr>{corner}{columns}{remarks}</tr>"
        return f"<tr>{corner}{self._spanners()}</tr>\n<tr>{columns}{remarks}</tr>"

    def _spanners(self) -> str:
        return "".join(
            f'<th scope="colgroup" id="{self._key}g{place}" colspan="{one.columns}">{escape(one.label)}</th>'
            if one.label
            else f'<td colspan="{one.columns}"></td>'
            for place, one in enumerate(self._sheet.spanners)
        )

    def _body(self, section: Section, place: int) -> str:
        width = len(self._sheet.columns) + 1 + self._remarked
        opening = f'<tr><th scope="rowgroup" id="{self._key}s{place}" colspan="{width}">'
        head = f"{opening}{escape(section.title)}</th></tr>\n" if section.title else ""
        rows = "\n".join(self._row(row, place, number) for number, row in enumerate(section.rows))
        return f"<tbody>\n{head}{rows}\n</tbody>"

    def _row(self, row: SheetRow, section: int, number: int) -> str:
        key = f"{self._key}r{section}-{number}"
        cells = "".join(
            _cell(entry, self._headers(key, section, place)) for place, entry in enumerate(row.entries)
        )
        remark = f'<td class="word">{escape(row.remark)}</td>' if self._remarked else ""
        kind = "" if row.role is Role.FIGURE else f' class="{row.role.value}"'
        return f'<tr{kind}><th scope="row" id="{key}">{escape(row.label)}</th>{cells}{remark}</tr>'

    def _headers(self, row: str, section: int, place: int) -> str:
        """The headings of a cell by name, where a cell has more than its row's and its column's."""
        over = self._sheet.spanners[self._over[place]].label if self._sheet.spanners else ""
        group = [f"{self._key}g{self._over[place]}"] if over else []
        rows = [f"{self._key}s{section}"] if self._sheet.sections[section].title else []
        if not (group or rows):
            return ""
        return f' headers="{" ".join([*group, f"{self._key}c{place}", *rows, row])}"'


def _heading(column: Column) -> str:
    more = str(column).removeprefix(column.heading).strip()
    return escape(column.heading) + (f" <small>{escape(more)}</small>" if more else "")


def _cell(entry: Entry, headers: str) -> str:
    if not isinstance(entry, Cell):
        return f'<td class="word"{headers}>{escape(str(entry))}</td>'
    if entry.withheld is not None:
        reason = escape(entry.withheld.words, quote=True)
        return f'<td class="withheld" title="Not shown: {reason}"{headers}>{entry}</td>'
    letters = f" <sup>{escape(entry.letters)}</sup>" if entry.letters else ""
    ranged = f' <span class="range">{escape(entry.range)}</span>' if entry.range else ""
    return f"<td{headers}>{escape(entry.value)}{letters}{ranged}</td>"


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n".join(f"<p>{escape(text.strip())}</p>" for text in texts)
