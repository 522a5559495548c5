"""How numbers were made, for the team: wording, base, method, source and files of each."""

from collections.abc import Sequence

from canvass import figures
from canvass.analysis import exporting
from canvass.analysis.cells import MEANING, Cell, Grid, Head, Line
from canvass.analysis.exploring import Asked
from canvass.analysis.models import Counted
from canvass.analysis.results import LEVEL, Result, Results
from canvass.analysis.trends import Told
from canvass.analysis.trying import Attempt
from canvass.figures import TrendExhibit, caption
from canvass.figures.setting import PollSetting
from canvass.panel.models import Workforce
from canvass.tables import ResponseAnalytics, Wave, letters, wording
from canvass.tables.values import Figure, Topline
from canvass.warehouse import Manifest

type Rows = tuple[tuple[str, str], ...]  # (term, what holds)


def of_figure(results: Results, result: Result) -> Rows:
    """(term, what holds), from the question down to the files."""
    counted, exhibit = results.counted, result.exhibit
    return (
        ("Question", exhibit.question),
        ("Base", caption.base(exhibit).removeprefix("Base: ")),
        ("Not in the base", _not_in_base(result)),
        ("Method", " ".join(caption.how_to_read(exhibit)[:1]) or "People are counted; nothing is estimated."),
        ("Ballots", _ballots(results, result)),
        ("Weighting", caption.weighting(weighted=exhibit.weighted)),
        ("Counted", f"{wording.day(counted.counted_at.date())}, from {_files(counted)}"),
    )


def of_cell(results: Results, asked: Asked, table: Grid, line: Line, column: int) -> Rows:
    """(term, what holds) of one number of the explorer, from the question down to the files."""
    cell, head = line.cells[column], table.heads[column]
    rows = _who(asked, table, head)
    if cell.why:
        rows.append(("Not shown", f"{wording.capital(cell.why)}."))
    if isinstance(cell.figure, Figure) and not cell.why:
        rows += _numbers(results, table, cell, head)
    return (*rows, *_origin(results))


def of_base(results: Results, asked: Asked, table: Grid, column: int) -> Rows:
    """(term, what holds) of the base of one column of the explorer."""
    head = table.heads[column]
    counted = "People of this group who answered the question, each once, whatever their weight."
    rows = [*_who(asked, table, head), ("What it counts", counted)]
    if head.worth:
        rows.append(("Effective base", f"{head.worth}: what the weighted answers are worth unweighted"))
    if head.caution is not None:
        rows.append(("How far to read it", f"{wording.capital(MEANING[head.caution])}."))
    return (*rows, *_origin(results))


def _who(asked: Asked, table: Grid, head: Head) -> list[tuple[str, str]]:
    people = f"{head.base} people: {head.label} ({head.division})" if head.division else table.base
    only = [("Among", exporting.confined(asked))] if asked.among else []
    return [("Question", table.title), ("Base", people), *only]


def _origin(results: Results) -> Rows:
    return (
        ("Weighting", "The poll’s weights." if results.weights else "None. Every ballot counts once."),
        ("Source", f"{results.poll.title}; {_files(results.counted)}"),
    )


def _numbers(results: Results, table: Grid, cell: Cell, head: Head) -> list[tuple[str, str]]:
    figure, rows = cell.figure, []
    assert isinstance(figure, Figure)  # it is shown
    if cell.people:
        rows.append(("People who gave this answer", cell.people))
    if head.worth:
        rows.append(("Effective base", f"{head.worth}: what the weighted answers are worth unweighted"))
    if cell.span:
        method = caption.interval("range", LEVEL, {figure.interval} if figure.interval else set())
        rows.append(("Range", f"{cell.span}. {method} {caption.correction(_setting(results))}"))
    if cell.is_wide:
        rows.append(
            ("A wide range", "Too wide to rest on: 30 points or more, or more than 1.3 times the share.")
        )
    if cell.judged is not None:
        rows.append(("Compared with the others", f"{cell.judged.sentence} {cell.judged.method}"))
    if cell.letters:
        names = [_column(table, letter) for letter in cell.letters.split()]
        rows.append(("Letters", f"{wording.listed(names)}. {letters.explained(LEVEL)}"))
    return rows


def _column(table: Grid, letter: str) -> str:
    label = next(head.label for head in table.heads if head.letter == letter)
    return f"{letter} ({label})"


def _setting(results: Results) -> PollSetting:
    return results.all[0].exhibit


def _not_in_base(result: Result) -> str:
    lines = [line for line in result.exhibit.toplines if isinstance(line, Topline)]
    left_out = [line.not_answered or 0 for line in lines]
    refused = sum(line.prefer_not_to_say for line in lines)
    least, most = min(left_out), max(left_out)
    span = wording.whole(least) if least == most else f"{wording.whole(least)} to {wording.whole(most)}"
    said = f"{span} who were asked and gave no answer"
    return f"{said}; {wording.whole(refused)} “{result.item.prefer_not_to_say}”." if refused else f"{said}."


def _ballots(results: Results, result: Result) -> str:
    versions = [str(version) for version in result.wording.versions]
    cast = f"{wording.whole(results.counted.ballots)} ballots of the poll"
    if result.wording.parts == 1:
        return f"All {cast}."
    return f"Those of the {cast} that were cast on version {wording.listed(versions)}."


def _files(counted: Counted) -> str:
    answers = Manifest.restore(counted.manifest).file("answers")
    return f"{answers.name} (SHA-256 {answers.sha256[:16]}…), {wording.whole(answers.rows)} rows."


def of_trends(exhibit: TrendExhibit, told: Sequence[Told]) -> Rows:
    """(term, what holds) of every number of the trends on a page; `waves_of` adds words, bases and files."""
    linked = sum(one.trend.linked for one in told)
    persons = "Persons are known from poll to poll, so the same people are compared with themselves."
    apart = "All are taken as different people, because persons are not known from poll to poll."
    return (
        ("Base", "Everybody who answered the question in the poll; each poll has its own, below."),
        ("Method", " ".join(figures.plate(exhibit).how_to_read)),
        ("Weighting", caption.weighting(weighted=exhibit.weighted)),
        ("Wording", "A line breaks where it changed. Changes are told within one wording."),
        ("Persons", persons if linked == len(told) else apart if not linked else f"Of some lines: {apart}"),
        ("What is called a change", "Only what its test calls one, after correction for all on this page."),
    )


def waves_of(told: Told) -> tuple[tuple[Wave, str], ...]:
    """Every poll of a trend with the file that its numbers were counted from."""
    files = {counted.poll.slug: _files(counted) for counted in told.series.counted}
    return tuple((wave, files[wave.poll]) for wave in told.trend.waves)


def of_weights(results: Results, workforce: Workforce, tried: Attempt) -> Rows:
    """(term, what holds) of every number on the page of weights."""
    counted, found = results.counted, tried.fitted.diagnostics
    return (
        ("Base", f"All {wording.whole(tried.base)} ballots; of a question, who answered it."),
        (
            "Workforce",
            f"“{workforce.source}”, as it stands under Panel. "
            "People who told no group keep the share that they have.",
        ),
        (
            "Weights",
            "Rim weighting (raking): weights are fitted to one field after the other until every share is "
            f"the workforce’s, or as near as the cap allows. Here it took {found.iterations} rounds.",
        ),
        (
            "Efficiency",
            "The squared sum of the weights over the sum of their squares (Kish): the unweighted answers "
            "that the weighted ones are worth, as a part of all. "
            "Under 60% the light is amber, under 40% red.",
        ),
        ("What would change", "Each number as it is and as weighted, from unrounded values."),
        ("Source", f"{results.poll.title}; {_files(counted)}"),
    )


def of_response(found: ResponseAnalytics) -> Rows:
    """(term, what holds) of every number on the page of response."""
    return (
        ("Wording", "Each question stands as it was asked; its name leads to its figure."),
        (
            "Asked",
            "The ballots to which it was shown after Start. A link that was only fetched counts nobody.",
        ),
        ("Answered", "The base of the question; of a grid, who answered one line or more."),
        ("Conversion", "Answered of asked, with an exact 95% interval (Clopper and Pearson)."),
        (
            "Groups",
            "The mean, the highest and the lowest are over the questions; conversion is over all askings.",
        ),
        ("Period", "Polls count in the period in which they opened, once they are closed."),
        ("Source", f"The files of {wording.whole(found.all.polls)} polls, each counted when it closed."),
        (
            "What it does not say",
            "Questions differ in what they ask, in their season and in how long they were open. Why one was "
            "answered more than another only the signed notes say, which explain and prove nothing.",
        ),
    )
