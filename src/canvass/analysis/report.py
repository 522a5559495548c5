"""A counted poll as a report: the same exhibits, method sheet and questions as everywhere."""

from datetime import date

from canvass.analysis import method
from canvass.analysis.results import Result, Results
from canvass.documents import FigureBlock, Note, Questionnaire, Report, Section
from canvass.documents.report import Block


def report(results: Results, *, published: date | None = None, address: str = "") -> Report:
    """One section with every figure in the order asked, then how it was done and what was asked."""
    poll = results.poll
    return Report(
        title=poll.title,
        intro=(_asked(results), f"{results.participation}."),
        blocks=(
            Section("Figures"),
            *(_block(result) for result in results.all),
            method.sheet(results),
            Questionnaire(results.instrument),
        ),
        brand=poll.panel.name,
        published=published,
        address=address,
    )


def _asked(results: Results) -> str:
    """When and for whom: "Fieldwork: 18 January to 1 February 2022, for the Independent Review."."""
    sponsor = f", for {results.poll.sponsor}" if results.poll.sponsor else ""
    return f"Fieldwork: {method.days(results)}{sponsor}."


def _block(result: Result) -> Block:
    if result.withheld:
        return Note((result.item.text, result.withheld))
    return FigureBlock(result.exhibit)
