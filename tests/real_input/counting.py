"""From a poll file and an answers file to toplines, with no database: the ground floor alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from canvass import formats, instrument, warehouse
from canvass.instrument import Instrument
from canvass.instrument.answer_columns import map_lines
from canvass.instrument.answers_file import AnswersFile, read_answers
from canvass.tables import Topline, toplines

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
THANKSGIVING = ROOT.parent / "shared/data/thanksgiving/thanksgiving-2015-poll-data.csv"


@dataclass(frozen=True)
class Counted:
    poll: Instrument
    answers: AnswersFile
    toplines: Mapping[str, Topline]


def counted(poll_file: Path, answers: Path, folder: Path, map_file: Path | None = None) -> Counted:
    """Read, route, write to the warehouse's files in `folder`, count."""
    poll = instrument.load(poll_file.read_text("utf-8"), poll_file.name)
    table = formats.read(answers)
    lines = map_lines(*_map(map_file)) if map_file else ()
    read = read_answers(poll, table.headings, table.rows, numbers=table.numbers, mapping=lines)
    ballots = [
        warehouse.Ballot(row.answers, instrument.asked(poll, row.answers), 1, row.profile)
        for row in read.rows
    ]
    manifest = warehouse.write(folder, poll, ballots)
    lines = toplines(poll, warehouse.count(folder, manifest, poll))
    return Counted(poll, read, {line.item.id: line for line in lines if line.row is None})


def chosen(line: Topline) -> dict[str, int]:
    """How many chose each option, by option id."""
    return {str(f.option): f.n for f in line.figures if f.statistic == "share"}


def _map(map_file: Path):
    table = formats.read(map_file)
    return table.headings, table.rows, table.numbers
