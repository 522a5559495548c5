"""How a figure was made, for the team: base, method, source and files of every number."""

from canvass.analysis.cells import Cell, Grid, Head
from canvass.analysis.results import LEVEL, Result, Results
from canvass.figures import caption
from canvass.figures.setting import PollSetting
from canvass.tables import wording
from canvass.tables.values import Figure, Topline


def of_figure(results: Results, result: Result) -> tuple[tuple[str, str], ...]:
    """(term, what holds), from the numbers down to the files."""
    counted, exhibit = results.counted, result.exhibit
    return (
        ("Base", caption.base(exhibit).removeprefix("Base: ")),
        ("Not in the base", _not_in_base(result)),
        ("Method", " ".join(caption.how_to_read(exhibit)[:1]) or "People are counted; nothing is estimated."),
        ("Ballots", _ballots(results, result)),
        ("Counted", f"{wording.day(counted.counted_at.date())}, from {_files(results)}"),
    )


def of_cell(results: Results, table: Grid, cell: Cell, column: int) -> tuple[tuple[str, str], ...]:
    """(term, what holds) of one number of the explorer, from the question down to the files."""
    figure, head = cell.figure, table.heads[column]
    rows = [
        ("Question", table.title),
        ("Base", f"{head.base} people: {head.label}" if head.label != "All" else table.base),
    ]
    if cell.why:
        rows.append(("Not shown", f"{cell.why}."))
    if isinstance(figure, Figure) and not cell.why:
        rows += _numbers(results, cell, figure, head)
    rows += [
        ("Weighting", "The poll’s weights." if results.weights else "None. Every ballot counts once."),
        ("Source", f"{results.poll.title}; {_files(results)}"),
    ]
    return tuple(rows)


def _numbers(results: Results, cell: Cell, figure: Figure, head: Head) -> list[tuple[str, str]]:
    rows = []
    if cell.people:
        rows.append(("People who gave this answer", cell.people))
    if head.worth:
        rows.append(("Effective base", f"{head.worth}: what the weighted answers are worth"))
    if cell.span:
        method = caption.interval("range", LEVEL, {figure.interval} if figure.interval else set())
        rows.append(("Range", f"{cell.span}. {method} {caption.correction(_setting(results))}"))
    if cell.judged is not None:
        rows.append(("Compared with the others", f"{cell.judged.sentence} {cell.judged.method}"))
    return rows


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


def _files(results: Results) -> str:
    answers = results.manifest.file("answers")
    return f"{answers.name} (SHA-256 {answers.sha256[:16]}…), {wording.whole(answers.rows)} rows."
