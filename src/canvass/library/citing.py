"""How to cite a figure: a line in the manner of the American Psychological Association, and BibTeX."""

from dataclasses import dataclass
from datetime import date

from canvass.tables import wording

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "\n": " ",
    }
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation says. `kind` is what is cited: "Figure" or "Poll".

    `question` is what a drafted title answers, for it does not stand by itself; else "".
    """

    author: str
    title: str
    within: str  # the poll, for a figure; else ""
    kind: str
    published: date
    address: str
    key: str  # "working-hours-2022-01/overtime_frequency"
    question: str = ""


def apa(cited: Cited) -> str:
    """ "Workers' Panel (2022, 3 February). Most people …, asked “…” [Figure]. Working hours. https://…" """
    day = wording.day(cited.published).rsplit(" ", 1)[0]
    within = f" {_stopped(cited.within)}" if cited.within else ""
    asked = f", asked {wording.quoted(cited.question)}" if cited.question else ""
    what = f"{cited.title.rstrip('.')}{asked} [{cited.kind}]."
    return f"{cited.author} ({cited.published.year}, {day}). {what}{within} {cited.address}"


def bibtex(cited: Cited) -> str:
    """One @misc entry, its text escaped for TeX; the address stands in \\url as it is."""
    entries = {
        "author": f"{{{_tex(cited.author)}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "howpublished": _tex(cited.within) or _tex(cited.kind),
        "year": str(cited.published.year),
        "month": str(cited.published.month),
        "url": cited.address,
    } | ({"note": f"Asked {_tex(wording.quoted(cited.question))}"} if cited.question else {})
    lines = "".join(f"  {name} = {{{words}}},\n" for name, words in entries.items())
    key = cited.key.replace("/", ":").replace("_", "-")
    return f"@misc{{{key},\n{lines}}}\n"


def _tex(words: str) -> str:
    return words.translate(_BIBTEX)


def _stopped(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."
