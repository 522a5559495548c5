"""How a figure was made, for the team: base, method, source and files of every number."""

from canvass.analysis.results import Result, Results
from canvass.figures import caption
from canvass.tables import wording
from canvass.tables.values import Topline


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
