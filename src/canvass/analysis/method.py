"""How a poll was done, in pairs of a term and what holds. Made from what is stored, never typed."""

from canvass.analysis import weighting
from canvass.analysis.results import LEVEL, Results
from canvass.documents import MethodSheet
from canvass.figures import caption
from canvass.instrument import Confidentiality
from canvass.tables import wording

_CONFIDENTIALITY = {
    Confidentiality.CONFIDENTIAL: "Confidential. Ballots name nobody, and are counted without names.",
    Confidentiality.ANONYMOUS: "Anonymous. No ballot was at any time connected with a member.",
    Confidentiality.LINKED: (
        "Linked by consent. The answers of members who agreed are kept together from poll to poll, unnamed."
    ),
}


def sheet(results: Results) -> MethodSheet:
    """The method sheet of the public page and the report."""
    return MethodSheet(rows=rows(results), paragraphs=(caption.self_selection(),))


def rows(results: Results) -> tuple[tuple[str, str], ...]:
    """(term, what holds) in the order in which a reader asks."""
    poll = results.poll
    sponsored = (("For", poll.sponsor),) if poll.sponsor else ()
    return (
        ("Panel", poll.panel.name),
        *sponsored,
        ("Mailed", _mailed(results)),
        ("Took part", _took_part(results)),
        ("Fieldwork", _fieldwork(results)),
        ("Questions", _questions(results)),
        ("Confidentiality", _CONFIDENTIALITY[results.instrument.confidentiality]),
        ("Weighting", _weighting(results)),
        ("Intervals", _intervals(results)),
        ("Small bases", _small_bases(results)),
        (
            "Counted",
            f"{wording.day(results.counted.counted_at.date())}, once, from files that do not change.",
        ),
    )


def _mailed(results: Results) -> str:
    mailed, elsewhere = results.counted.mailed, results.poll.collected_elsewhere
    if mailed is None:
        return "The number is not known." if elsewhere else "Nobody was mailed."
    verb = "were invited; the answers were collected elsewhere." if elsewhere else "were mailed a link."
    return f"{wording.people(mailed)} {verb}"


def _took_part(results: Results) -> str:
    counted = results.counted
    withdrawn = wording.whole(counted.withdrawn) if counted.withdrawn else "none"
    return (
        f"{results.participation}; {wording.whole(counted.ballots)} ballots counted, {withdrawn} withdrawn."
    )


def _fieldwork(results: Results) -> str:
    elsewhere = results.poll.collected_elsewhere
    how = "collected elsewhere and imported" if elsewhere else "online, by a personal link"
    return f"{days(results)}, {how}."


def days(results: Results) -> str:
    """The days of fieldwork: "18 January to 1 February 2022"."""
    exhibit = results.all[0].exhibit
    return wording.days(exhibit.first_day, exhibit.last_day)


def _questions(results: Results) -> str:
    number = len(results.instrument.items)
    asked = f"{wording.whole(number)} question{'' if number == 1 else 's'}, all printed with their answers."
    if results.versions == 1:
        return asked
    return (
        f"{asked} The wording was mended during fieldwork; {wording.small_number(results.versions)} versions."
    )


def _weighting(results: Results) -> str:
    return weighting.in_words(results.weights) if results.weights else "None. Every ballot counts once."


def _intervals(results: Results) -> str:
    level = wording.percent(LEVEL)
    words = f"{level} interval, if those who answered were a random part of the panel. "
    if results.counted.population is None:
        return f"{words}No finite population correction, because the number mailed is not known."
    return f"{words}Finite population correction on the {wording.people(results.counted.population)} mailed."


def _small_bases(results: Results) -> str:
    rule = "Under 10 people nothing is shown, from 10 to 29 counts only, from 30 to 99 figures with a mark."
    withheld = len(results.all) - len(results.public)
    return f"{rule} {withheld} of this sensitive poll's figures are not shown." if withheld else rule
