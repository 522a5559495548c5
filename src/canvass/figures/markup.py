"""A figure as HTML: both layouts, the second layer of the caption, and the data table.

No script and no inline style; the page's style sheet carries the tokens and `STYLE`.
"""

from html import escape

from canvass.figures.draw import AnyExhibit, draw_plate, plate
from canvass.figures.frame import Plate
from canvass.figures.numbers import DataTable
from canvass.figures.svg import has_print_patterns

# For pages without the web room's style sheet; there the same classes are styled.
STYLE = """\
.figure { margin: 0; }
.figure svg { display: block; height: auto; }
/* A picture's own margin (28 of 760, 20 of 360) lies outside: its words stand in line with the page's. */
.figure-wide, .figure-phone, .figure-print { overflow: clip; }
.figure-wide svg, .figure-print svg { width: 107.955%; margin-inline: -3.977%; }
.figure-phone svg { width: 112.5%; margin-inline: -6.25%; }
.figure-wide, .figure-print { display: none; }
@media (min-width: 50rem), print {
  .figure-wide { display: block; }
  .figure-phone { display: none; }
}
@media print {
  .figure-print { display: block; }
  .figure:has(.figure-print) .figure-wide { display: none; }
}
.figure details { margin-block-start: var(--space-2); }
.figure summary { min-height: var(--target-ballot); align-content: center; cursor: pointer;
  color: var(--primary); }
.table-wrap { overflow-x: auto; container-type: inline-size; }
.table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.table caption { text-align: start; color: var(--muted); padding-block-end: var(--space-2);
  max-width: min(100cqi, var(--measure)); }
.table th, .table td { padding: var(--space-1) var(--space-3) var(--space-1) 0; text-align: start; }
.table th { font-weight: var(--weight-semibold); }
.table .num { text-align: end; }
@media (max-width: 30rem) { .table { font-size: var(--size-small); } }
.table th:first-child { overflow-wrap: anywhere; min-width: 8rem; }
.table tr { border-block-end: 1px solid var(--grid); }
@media print {
  .figure-notes { display: none; }
  .figure summary { display: none; }
  .figure details::details-content { content-visibility: visible; }
  .table-wrap { overflow: visible; }
  .table { width: 100%; font-size: 8pt; }
  .table th, .table td, .table th:first-child { min-width: 0; padding-inline-end: 0.375rem; }
}
"""


def figure(exhibit: AnyExhibit, *, level: int = 3) -> str:
    """A <figure> with a heading for screen readers at `level`, both pictures, notes and data table."""
    found = plate(exhibit)
    numbers = table(found.table, found.title)
    return (
        '<figure class="figure">\n'
        f'<h{level} class="visually-hidden" dir="auto">{text(found.title)}</h{level}>\n'
        f'<div class="figure-wide">{draw_plate(found, "wide", "css")}</div>\n'
        f'<div class="figure-phone">{draw_plate(found, "phone", "css")}</div>\n'
        f"{_on_paper(found)}"
        f"{_notes(found.how_to_read)}"
        f"<details><summary>Numbers as a table</summary>\n{numbers}</details>\n"
        "</figure>\n"
    )


def _on_paper(found: Plate) -> str:
    """The picture for print, where it has patterns that the screen does without."""
    picture = draw_plate(found, "wide", "print")
    return f'<div class="figure-print">{picture}</div>\n' if has_print_patterns(picture) else ""


def table(numbers: DataTable, name: str) -> str:
    """The numbers as a <table> with scoped headings, in a named box that scrolls on a narrow screen."""
    head = "".join(
        f'<th scope="col"{' class="num"' if i else ""} dir="auto">{text(name)}</th>' if name else "<td></td>"
        for i, name in enumerate(numbers.head)
    )
    rows = "".join(f"<tr>{_row(row)}</tr>\n" for row in numbers.rows)
    return (
        f'<div class="table-wrap" role="region" aria-label="Numbers: {text(name)}" tabindex="0">\n'
        f'<table class="table"><caption dir="auto">{text(numbers.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _row(cells: tuple[str, ...]) -> str:
    first, *others = cells
    numbers = "".join(f'<td class="num">{text(cell)}</td>' for cell in others)
    return f'<th scope="row" dir="auto">{text(first)}</th>{numbers}'


def _notes(how_to_read: tuple[str, ...]) -> str:
    paragraphs = "".join(f"<p>{text(words)}</p>\n" for words in how_to_read)
    if not paragraphs:
        return ""
    return f'<details class="figure-notes"><summary>How to read this</summary>\n{paragraphs}</details>\n'


def text(words: str) -> str:
    """Words that may stand between tags or in an attribute; what HTML cannot carry becomes U+FFFD."""
    return escape("".join("\ufffd" if _unprintable(c) else c for c in words))


def _unprintable(character: str) -> bool:
    return (character < " " and character not in "\t\n") or "\ud800" <= character <= "\udfff"
