"""The finished bytes of a published poll: its page, a page a figure, pictures, numbers, citations.

Made once, from the results and nothing else, without a request: no cookie, no session and no reader can
change them. A page of a figure keeps one slot, where the reader is shown the same question in other polls.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from canvass import figures
from canvass.analysis import method
from canvass.analysis.results import Result, Results
from canvass.documents import questions
from canvass.figures import Exhibit, caption
from canvass.figures.draw import Width
from canvass.figures.exhibit import shows_shares
from canvass.figures.frame import PHONE
from canvass.figures.tokens import COLOURS
from canvass.instrument import Instrument, Item
from canvass.library import citing, numbers
from canvass.library.citing import Cited
from canvass.polls import categories

PAGE = "poll.page.html"  # no figure has this name: addresses hold no dot
LEAD, LEAD_AFTER_VOTE = "lead.part.html", "lead.after.svg"
WAVES = "<!--waves-->"  # the slot of a figure's page
WIDTHS: tuple[Width, ...] = ("wide", "phone")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the questionnaire as printed."""

    item: Item
    remarks: str  # who was asked, the hint, how it is answered
    address: str  # of its figure; "" where it has none


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on the page of its poll."""

    result: Result
    picture: SafeString


def files(results: Results, now: datetime) -> dict[str, bytes]:
    """Every file of the publication by its name."""
    made = {PAGE: poll_page(results, now)}
    for result in results.public:
        made |= _figure_files(results, result, now)
    lead = lead_of(results)
    return made | (_lead_files(lead) if lead else {})


def poll_page(results: Results, now: datetime) -> bytes:
    """The page of a poll: figures, questionnaire, how it was done."""
    sheet = method.sheet(results)
    cited = cited_poll(results, now)
    context = _frame(results, now) | {
        "shown": [
            Shown(
                result, SafeString(figures.figure(result.exhibit)) if not result.withheld else SafeString("")
            )
            for result in results.all
        ],
        "asked": questionnaire(results),
        "rows": sheet.rows,
        "paragraphs": sheet.paragraphs,
        "address": cited.address,
        "apa": citing.apa(cited),
        "bibtex": citing.bibtex(cited),
    }
    return render_to_string("library/poll.html", context).encode()


def _figure_files(results: Results, result: Result, now: datetime) -> dict[str, bytes]:
    cited = cited_figure(results, result, now)
    made = {
        f"{result.address}.html": figure_page(results, result, now),
        f"{result.address}.csv": numbers.as_csv(result.exhibit).encode(),
        f"{result.address}.bib": citing.bibtex(cited).encode(),
    }
    for width in WIDTHS:
        made[f"{result.address}.{width}.svg"] = figures.draw(result.exhibit, width).encode()
    return made


def _lead_files(lead: Result) -> dict[str, bytes]:
    """The leading figure as it stands on the library's first page and after a vote."""
    return {
        LEAD: figures.figure(lead.exhibit, level=2).encode(),
        LEAD_AFTER_VOTE: _for_ballot(lead.exhibit).encode(),
    }


@lru_cache(maxsize=128)
def as_png(svg: bytes) -> bytes:
    """A published picture as PNG, two pixels to one; about 50 ms of work, kept for the next reader."""
    return figures.png(svg.decode())


def figure_page(results: Results, result: Result, now: datetime) -> bytes:
    """The page of one figure, with its question, its data and how to cite it."""
    cited = cited_figure(results, result, now)
    context = _frame(results, now) | {
        "result": result,
        "picture": SafeString(figures.figure(result.exhibit, level=2)),
        "question": _asked(result.item, results.instrument, result.address),
        "self_selection": caption.self_selection(),
        "address": cited.address,
        "apa": citing.apa(cited),
        "bibtex": citing.bibtex(cited),
        "waves": SafeString(WAVES),
    }
    return render_to_string("library/figure.html", context).encode()


def questionnaire(results: Results) -> list[Asked]:
    """Every question in the order asked, with where its figure is."""
    public = {result.item.id: result.address for result in reversed(results.public)}
    return [_asked(item, results.instrument, public.get(item.id, "")) for item in results.instrument]


def _asked(item: Item, instrument: Instrument, address: str) -> Asked:
    said = (questions.asked_if(item, instrument), item.hint, questions.how_answered(item))
    return Asked(item, " ".join(filter(None, said)), address)


def lead_of(results: Results) -> Result | None:
    """The figure that speaks for the poll: the first that the team worded, else the first with per cents."""
    drawn = [one for one in results.public if not one.is_text]
    worded = [one for one in drawn if one.worded]
    plain = [one for one in drawn if all(shows_shares(line) for line in one.exhibit.toplines)]
    return next(iter(worded or plain or drawn or list(results.public)), None)


def after_vote(results_title: str, participation: str, svg: str, address: str, shelf: str) -> bytes:
    """What a member sees after voting: the last closed poll's leading figure, for the ballot's own page."""
    context = {
        "title": results_title,
        "participation": participation,
        "picture": SafeString(svg),
        "address": address,
        "shelf": shelf,
    }
    return render_to_string("library/after_vote.html", context).encode()


def cited_poll(results: Results, now: datetime) -> Cited:
    panel, poll = results.poll.panel, results.poll
    address = public_address("library:poll", panel.slug, poll.slug)
    return Cited(panel.source_line, poll.title, "", "Poll", now.date(), address, poll.slug)


def cited_figure(results: Results, result: Result, now: datetime) -> Cited:
    panel, poll = results.poll.panel, results.poll
    address = public_address("library:figure", panel.slug, poll.slug, result.address)
    key = f"{poll.slug}/{result.address}"
    question = "" if result.exhibit.title else result.item.text
    return Cited(panel.source_line, result.title, poll.title, "Figure", now.date(), address, key, question)


def public_address(route: str, *places: str) -> str:
    """The permanent address, with its host."""
    return f"{settings.BASE_URL}{reverse(route, args=places)}"


def _for_ballot(exhibit: Exhibit) -> str:
    """The picture for the ballot's own page: without margins, and with its colours in it, light and dark,
    for that page has few of the tokens."""

    def both(name: re.Match[str]) -> str:
        colour = COLOURS[name[1]]
        return f"light-dark({colour.light},{colour.dark})"

    svg = re.sub(r"var\(--([a-z-]+)\)", both, figures.draw(exhibit, "phone", "css"))
    svg = svg.replace(f'width="{PHONE.width}"', f'width="{PHONE.inner}"', 1)
    return svg.replace(f'viewBox="0 0 {PHONE.width} ', f'viewBox="{PHONE.left} 0 {PHONE.inner} ', 1)


def _frame(results: Results, now: datetime) -> dict[str, object]:
    poll = results.poll
    return {
        "panel": poll.panel,
        "poll": poll,
        "results": results,
        "category": categories.name_of(poll.category),
        "days": method.days(results),
        "published": now.astimezone(poll.zone).date(),
    }
