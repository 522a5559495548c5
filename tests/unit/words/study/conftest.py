"""Five answers, and a study that people work on: working.does(act), working.undoes(seq)."""

import pytest

from canvass.words import study
from canvass.words.study import Act, acts

ANSWERS = (
    study.Answer("a1", "hours/why", "Too many cases, and Priya Shah at Northam Council says so"),
    study.Answer("a2", "hours/why", "No comment"),
    study.Answer("a3", "hours/why", "Paperwork in the evenings"),
    study.Answer("a4", "hours/why", "Court reports"),
    study.Answer("b1", "hours/lines", "fewer meetings", options=("toil", "flexi")),
)


class Working:
    """A ledger that grows as in a room: an act is refused or added."""

    def __init__(self, answers=ANSWERS) -> None:
        self.ledger = study.Ledger(study.Corpus(answers))
        self.tally = study.Tally(self.ledger.state)

    @property
    def state(self) -> study.State:
        return self.ledger.state

    def does(self, act: Act, by: str = "ann") -> int:
        self.ledger.refuse(act, by)
        seq = self.ledger.last + 1
        entry = study.Entry(seq, by, f"2026-11-23T12:00:{seq:02d}Z", act)
        stirred = self.ledger.add(entry)
        about = self.ledger.entries[act.of - 1].act if isinstance(act, acts.Undo | acts.Redo) else None
        if not self.tally.follow(entry, about, bool(stirred)):
            self.tally = study.Tally(self.ledger.state)
        return seq

    def undoes(self, seq: int, by: str = "ann") -> None:
        self.does(acts.Undo(seq), by)

    def redoes(self, seq: int, by: str = "ann") -> None:
        self.does(acts.Redo(seq), by)

    def has(self, *names: str, level: study.Level = study.Level.CODE) -> None:
        """Nodes whose ids are their names."""
        for name in names:
            self.does(acts.MakeNode(name, level, name))

    def codes(self, answer: str, *nodes: str, by: str = "ann", in_pass: str = "") -> None:
        for node in nodes:
            self.does(acts.CodeSegment(answer, node, in_pass=in_pass), by)


@pytest.fixture
def working() -> Working:
    return Working()
