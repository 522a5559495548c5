"""Words in numbers: who wrote, how many raised each theme, and what these may be called.

People are counted, not mentions, among those who said something.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from canvass import statistics
from canvass.analysis.divisions import Division, divisions
from canvass.analysis.results import Result, Results, find_results
from canvass.analysis.rows import rows_of
from canvass.coding import tree
from canvass.coding.as_questions import AsQuestions, as_questions
from canvass.coding.ledgers import Room
from canvass.coding.reading import Question
from canvass.coding.tree import Branch
from canvass.instrument import Kind
from canvass.tables import wording
from canvass.tables.disclosure import Audience
from canvass.warehouse import PollRows
from canvass.words.counts import Mentions, common, worded
from canvass.words.study import Level, Node, Standing, is_substantive

MEASURES = (Kind.RATING, Kind.GRID_RATING, Kind.NUMBER)
WIDER = "~wider"
LEVELS = (Level.ORGANISING, Level.THEME, Level.CODE)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One question of a study whose poll is closed and counted."""

    question: Question
    results: Results
    rows: PollRows  # everybody counts once, in a weighted poll too
    room: Room

    @property
    def divisions(self) -> dict[str, Division]:
        """What its people can be divided by, by its name in an address: profile fields, these in the team's
        wider groups, and closed questions, but never itself."""
        item, found = self.question.item.id, {}
        for one in divisions(self.results, self.rows):
            if one.planned_name != item or one.name == item:  # a field may be called as the question is
                found[one.name] = one
            if one.wider:
                wider = replace(one, label=f"{one.label}, in wider groups", together=one.wider)
                found[f"{one.name}{WIDER}"] = wider
        return found

    @property
    def measures(self) -> list[Result]:
        """The questions of its poll of which there are means."""
        return [one for one in self.results.all if one.item.kind in MEASURES]

    @property
    def branches(self) -> list[tuple[Branch, int]]:
        """The codebook in its order, with the people who raised each node here, where there are any."""
        place = list(self.room.reading.questions).index(self.question.name)
        counted = [one for one in tree.branches(self.room) if one.counts]
        return [(one, one.counts[place]) for one in counted if one.counts[place]]

    def as_questions(self, nodes: Sequence[Node] = ()) -> AsQuestions:
        """What was written as closed questions of the poll, with these as its themes."""
        room = self.room
        written = {
            room.reading.of[one.id][1]: room.tally.of(one.id) if is_substantive(room.state, one.id) else None
            for one in room.state.corpus
            if one.question == self.question.name
        }
        return as_questions(self.question.item, self.rows, written, nodes)


class Line(NamedTuple):
    """A theme of the theme table."""

    branch: Branch
    mentions: Mentions
    words: str
    is_common: bool


def asked(room: Room, question: Question) -> Asked | None:
    """None while the poll is open or not counted. Raises WarehouseDamaged."""
    results = None if question.is_live else find_results(question.poll, Audience.TEAM)
    if results is None:
        return None
    rows = rows_of(results.counted, results.instrument)
    return Asked(question, results, rows.under(statistics.design(rows.rows)), room)


def sentence(found: AsQuestions) -> str:
    """ "68 of 101 (67%) who voted wrote an answer; 61 said something." """
    voted, put = len(found.said), found.written.asked
    who = "who voted" if put == voted else f"who were asked, of {wording.whole(voted)} who voted,"
    return f"{Mentions(found.wrote, put)} {who} wrote an answer; {wording.whole(found.base)} said something."


def theme_table(asked: Asked, base: int) -> list[Line]:
    """Organising themes, the themes under them, and what lies under none, in the order of the codebook.

    base: people who said something.
    """
    shown = [
        (branch, Mentions(count, base))
        for branch, count in asked.branches
        if branch.depth == 0 or branch.node.level is not Level.CODE
    ]
    often = common({one.node.id: number for one, number in shown if one.node.level is Level.THEME})
    return [Line(one, number, worded(number), one.node.id in often) for one, number in shown]


def levels(room: Room) -> list[Level]:
    """The levels of the codebook that are in use: themes first, for they are what is usually asked for."""
    nodes = room.state.nodes.values()
    used = {node.level for node in nodes if node.standing is not Standing.MERGED}
    return [one for one in (Level.THEME, Level.ORGANISING, Level.CODE) if one in used]


def nodes_at(asked: Asked, level: Level) -> list[Node]:
    """The nodes of this level, and the lower ones that lie under none, as far as the question has them.

    One level at a time: a theme and the only code under it would give each other away.
    """
    lower = LEVELS[LEVELS.index(level) :]
    nodes = [
        branch.node
        for branch, _count in asked.branches
        if branch.node.level is level or (branch.depth == 0 and branch.node.level in lower)
    ]
    return list(dict.fromkeys(nodes))
