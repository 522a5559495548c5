"""A report as one HTML file that needs nothing else: no script, no request, fonts and style inside."""

import base64
from functools import cache
from importlib import resources

from canvass.documents import questions
from canvass.documents.report import Block, FigureBlock, MethodSheet, Note, Questionnaire, Report, Section
from canvass.figures import markup, tokens
from canvass.figures.markup import text
from canvass.instrument.model import Instrument, Item, Option
from canvass.tables import wording

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"

_STYLE = """\
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/var(--line-height) var(--font); }
.skip { position: absolute; inset-inline-start: -100vw; background: var(--focus); color: var(--focus-ink); }
.skip:focus { inset-inline-start: 0; padding: var(--space-2) var(--space-4); }
:focus-visible { outline: 3px solid var(--focus); box-shadow: 0 0 0 5px var(--focus-ink); }
.visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); }
header, main, footer { max-width: 50rem; margin-inline: auto; padding: var(--space-6) var(--space-5); }
.brand { color: var(--primary); font-weight: var(--weight-bold); margin: 0 0 var(--space-6); }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: var(--size-display); margin: 0 0 var(--space-4); }
h1::before { content: ""; display: block; width: 2.75rem; height: 6px; background: var(--mark);
  margin-block-end: var(--space-4); }
h2 { font-size: var(--size-heading); margin-block: var(--space-12) var(--space-4); }
h3 { font-size: var(--size-body); margin-block: var(--space-6) var(--space-1); }
main > h2:first-child { margin-block-start: 0; }
p, li, dd { max-width: var(--measure); overflow-wrap: anywhere; }
a { color: var(--primary); }
.muted { color: var(--muted); }
.note { background: var(--tint); border-radius: var(--radius); padding: var(--space-3) var(--space-5); }
.figure { margin-block: var(--space-8); border-block-end: 1px solid var(--grid);
  padding-block-end: var(--space-4); }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: var(--space-2) var(--space-5); }
dt { color: var(--muted); } dd { margin: 0; }
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-block-end: var(--space-3); }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 10.5pt; } header, main, footer { max-width: none; padding-inline: 0; }
  .figure > div, .question, tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .skip { display: none; }
}
"""


def page(report: Report) -> bytes:
    """The report as a UTF-8 HTML page. The same report gives the same bytes."""
    body = "".join(_block(block) for block in report.blocks)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{text(report.title)} – {text(report.brand)}</title>\n"
        f"<style>\n{style()}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n'
        f'<header><p class="brand">{text(report.brand)}</p>\n<h1 dir="auto">{text(report.title)}</h1>\n'
        f"{_paragraphs(report.intro)}{_contents(report)}</header>\n"
        f'<main id="main" tabindex="-1">\n{body}</main>\n{_footer(report)}</body>\n</html>\n'
    ).encode()


@cache
def style() -> str:
    """The whole style sheet: font, tokens, page and figures."""
    path = resources.files("canvass") / "web" / "static" / "canvass" / "fonts" / "PublicSans-Variable.woff2"
    font = base64.b64encode(path.read_bytes()).decode("ascii")
    face = (
        f'@font-face {{ font-family: "{tokens.FONT_FAMILY}"; font-weight: 400 700; font-display: swap; '
        f'src: url("data:font/woff2;base64,{font}") format("woff2"); }}\n'
    )
    return face + tokens.stylesheet() + markup.STYLE + _STYLE


def _paragraphs(words: tuple[str, ...]) -> str:
    return "".join(f'<p dir="auto">{text(paragraph)}</p>\n' for paragraph in words)


def _headed(report: Report) -> list[Section | MethodSheet | Questionnaire]:
    return [block for block in report.blocks if isinstance(block, Section | MethodSheet | Questionnaire)]


def _anchor(heading: str) -> str:
    letters = "".join(c if c.isalnum() else "-" for c in heading.casefold())
    return "-".join(part for part in letters.split("-") if part)


def _contents(report: Report) -> str:
    """Links to the sections, where there are several."""
    headings = [block.heading for block in _headed(report)]
    if len(headings) < 2:
        return ""
    links = "".join(f'<li><a href="#{text(_anchor(h))}">{text(h)}</a></li>\n' for h in headings)
    return f'<nav aria-label="Contents"><ul>\n{links}</ul></nav>\n'


def _footer(report: Report) -> str:
    lines = []
    if report.published:
        lines.append(f"Published {wording.day(report.published)}.")
    if report.address:
        lines.append(f"Permanent address: {report.address}")
    return f'<footer class="muted">{_paragraphs(tuple(lines))}</footer>\n' if lines else ""


def _block(block: Block) -> str:
    match block:
        case Section():
            return _heading(block.heading) + _paragraphs(block.paragraphs)
        case FigureBlock():
            return markup.figure(block.exhibit)
        case Note():
            return f'<div class="note">{_paragraphs(block.paragraphs)}</div>\n'
        case MethodSheet():
            return _method(block)
        case Questionnaire():
            return _questionnaire(block)


def _heading(words: str) -> str:
    return f'<h2 id="{text(_anchor(words))}" dir="auto">{text(words)}</h2>\n'


def _method(block: MethodSheet) -> str:
    rows = "".join(f'<dt>{text(term)}</dt><dd dir="auto">{text(words)}</dd>\n' for term, words in block.rows)
    return f"{_heading(block.heading)}<dl>\n{rows}</dl>\n{_paragraphs(block.paragraphs)}"


def _questionnaire(block: Questionnaire) -> str:
    asked = "".join(_question(item, i, block.instrument) for i, item in enumerate(block.instrument.items, 1))
    return _heading(block.heading) + asked


def _question(item: Item, number: int, instrument: Instrument) -> str:
    remarks = tuple(
        filter(None, (questions.asked_if(item, instrument), item.hint, questions.how_answered(item)))
    )
    lines = _list("Lines", [text(row.label) for row in item.rows])
    options = _list("Answers" if item.rows else "", [_option(option) for option in item.options])
    missing = [text(words) for words in (item.not_applicable, item.prefer_not_to_say) if words]
    return (
        f'<section class="question">\n<h3 dir="auto">{number}. {text(item.text)}</h3>\n'
        f"{_muted(remarks)}{lines}{options}{_list('Also offered' if missing else '', missing)}</section>\n"
    )


def _muted(words: tuple[str, ...]) -> str:
    return f'<p class="muted" dir="auto">{text(" ".join(words))}</p>\n'


def _list(name: str, entries: list[str]) -> str:
    if not entries:
        return ""
    head = f"<p>{name}:</p>\n" if name else ""
    return f"{head}<ul>\n{''.join(f'<li dir="auto">{entry}</li>' + chr(10) for entry in entries)}</ul>\n"


def _option(option: Option) -> str:
    remarks = [
        words
        for words, holds in (("opens a text box", option.other), ("only on its own", option.exclusive))
        if holds
    ]
    return text(option.label) + (f' <span class="muted">({", ".join(remarks)})</span>' if remarks else "")
