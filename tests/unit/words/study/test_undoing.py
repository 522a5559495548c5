"""Undoing and redoing any act in any order: the same acts in force make the same study, byte for byte."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.unit.words.study.conftest import ANSWERS, Working
from tests.unit.words.study.day import fifty

from canvass.words import study
from canvass.words.study import Level, StudyRefused, acts

PEOPLE = ("ann", "ben")
IDS = [answer.id for answer in ANSWERS]


class Room(RuleBasedStateMachine):
    """Two people do everything that can be done, and undo and redo what they like."""

    @initialize()
    def open_room(self):
        self.working = Working()
        self.empty = self.working.ledger.canonical()
        self.ids = 0

    def tried(self, act, by):
        """Refusals are part of the game: they must change nothing."""
        before = self.working.ledger.canonical()
        try:
            self.working.does(act, by)
        except StudyRefused:
            assert self.working.ledger.canonical() == before

    def new(self, letter: str) -> str:
        self.ids += 1
        return f"{letter}{self.ids}"

    def some(self, data, level: Level) -> str:
        known = sorted(node.id for node in self.working.state.nodes.values() if node.level is level)
        return data.draw(st.sampled_from(known)) if known else "nothing"

    @rule(level=st.sampled_from(Level), by=st.sampled_from(PEOPLE))
    def make(self, level, by):
        node = self.new("n")
        self.tried(acts.MakeNode(node, level, f"Name of {node}"), by)

    @rule(data=st.data(), level=st.sampled_from(Level), by=st.sampled_from(PEOPLE))
    def reword(self, data, level, by):
        node, word = self.some(data, level), self.new("w")
        self.tried(acts.RewordNode(node, name=f"New {word}", definition="What it means", colour="teal"), by)

    @rule(data=st.data(), level=st.sampled_from((Level.CODE, Level.THEME)), by=st.sampled_from(PEOPLE))
    def merge(self, data, level, by):
        self.tried(acts.MergeNodes((self.some(data, level),), self.some(data, level)), by)

    @rule(data=st.data(), answer=st.sampled_from(IDS), by=st.sampled_from(PEOPLE))
    def split(self, data, answer, by):
        node = self.new("n")
        self.tried(acts.SplitCode(self.some(data, Level.CODE), node, f"Part {node}", (answer,)), by)

    @rule(data=st.data(), back=st.booleans(), by=st.sampled_from(PEOPLE))
    def retire(self, data, back, by):
        act = acts.BringBackNode if back else acts.RetireNode
        self.tried(act(self.some(data, Level.CODE)), by)

    @rule(data=st.data(), child=st.sampled_from((Level.CODE, Level.THEME)), by=st.sampled_from(PEOPLE))
    def drag(self, data, child, by):
        above = (Level.THEME,) if child is Level.CODE else (Level.ORGANISING, Level.OVERARCHING)
        node, under = self.some(data, child), self.some(data, data.draw(st.sampled_from(above)))
        leaving = data.draw(st.sampled_from(("", *self.working.state.parents.get(node, ()))))
        self.tried(acts.PutNode(node, under, leaving=leaving, reason="it fits"), by)

    @rule(data=st.data(), child=st.sampled_from((Level.CODE, Level.THEME)), by=st.sampled_from(PEOPLE))
    def take_out(self, data, child, by):
        node = self.some(data, child)
        parents = self.working.state.parents.get(node, ("nothing",))
        self.tried(acts.TakeOutNode(node, data.draw(st.sampled_from(parents))), by)

    @rule(data=st.data(), answer=st.sampled_from(IDS), by=st.sampled_from(PEOPLE), whole=st.booleans())
    def code(self, data, answer, by, whole):
        mine = [one.id for one in self.working.state.passes.values() if one.coder == by]
        in_pass = data.draw(st.sampled_from(["", *sorted(mine)]))
        text = next(one.text for one in ANSWERS if one.id == answer)
        place = () if whole else (2, 6, study.seal(text[2:6]))
        node = self.some(data, Level.CODE)
        suggestion = data.draw(st.sampled_from(["", *sorted(self.working.state.suggestions)]))
        act = acts.CodeSegment(answer, node, *place, in_pass=in_pass, suggestion=suggestion)
        self.tried(act, by)

    @precondition(lambda self: self.working.state.codings)
    @rule(data=st.data())
    def uncode(self, data):
        place = data.draw(st.sampled_from(sorted(self.working.state.codings)))
        act = acts.UncodeSegment(place.answer, place.node, place.start, place.end, place.in_pass)
        self.tried(act, place.coder)

    @rule(answer=st.sampled_from(IDS), by=st.sampled_from(PEOPLE), which=st.integers(0, 3), yes=st.booleans())
    def set_apart(self, answer, by, which, yes):
        act = (
            acts.MarkRead(answer, yes),
            acts.SetAside(answer, yes, "n/a"),
            acts.MoveToOption(answer, "toil" if yes else ""),
            acts.FlagConcern(answer, yes, "call"),
        )[which]
        self.tried(act, by)

    @rule(start=st.integers(0, 30), length=st.integers(1, 12), yes=st.booleans(), by=st.sampled_from(PEOPLE))
    def mask(self, start, length, yes, by):
        words = ANSWERS[0].text[start : start + length]
        act = acts.MaskSpan(
            "a1", start, start + length, study.seal(words), "person", "colleague", "rule", yes
        )
        self.tried(act, by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def write(self, data, by):
        memo = data.draw(st.sampled_from([*sorted(self.working.state.memos), self.new("m")]))
        on = data.draw(st.sampled_from(["study", "answer:a1", f"node:{self.some(data, Level.CODE)}"]))
        self.tried(
            acts.WriteMemo(memo, on, "reflexive", data.draw(st.sampled_from(["", "I worked there"]))), by
        )

    @rule(by=st.sampled_from(PEOPLE), seed=st.integers(1, 3))
    def open_pass(self, by, seed):
        version = max(self.working.state.frozen, default=0) + 1
        self.tried(acts.FreezeCodebook(version), by)
        self.tried(acts.OpenPass(self.new("p"), by, study.draw(IDS, 3, seed), version, seed=seed), by)

    @precondition(lambda self: self.working.state.passes)
    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def close_or_settle(self, data, by):
        passes = sorted(self.working.state.passes)
        self.tried(acts.ClosePass(data.draw(st.sampled_from(passes))), by)
        act = acts.Adjudicate("a1", tuple(passes[:2]), (self.some(data, Level.CODE),), "we talked")
        self.tried(act, by)

    @rule(data=st.data(), by=st.sampled_from(PEOPLE))
    def suggest(self, data, by):
        name = self.new("s")
        offer = study.Offer(
            name, self.some(data, Level.CODE), "", 0.75, 1, "ridge", "table", "ab12", "", "", 1
        )
        self.tried(acts.ShowOffers("a1", (offer,)), by)
        self.tried(acts.DecideOffer(name, data.draw(st.sampled_from(study.DECISIONS)), 2.5), by)

    @precondition(lambda self: self.working.ledger.last)
    @rule(data=st.data(), redo=st.booleans(), by=st.sampled_from(PEOPLE))
    def undo_or_redo(self, data, redo, by):
        seq = data.draw(st.integers(1, self.working.ledger.last))
        self.tried(acts.Redo(seq) if redo else acts.Undo(seq), by)

    @precondition(lambda self: self.working.ledger.last >= 10)
    @rule(shuffled=st.randoms(use_true_random=False))
    def undo_everything_and_do_it_again(self, shuffled):
        """In any order, from both ends."""
        ledger = self.working.ledger
        before, undone = ledger.canonical(), set(ledger.undone)
        mine = [
            entry.seq
            for entry in ledger.entries
            if not isinstance(entry.act, acts.Undo | acts.Redo) and entry.seq not in undone
        ]
        shuffled.shuffle(mine)
        for seq in mine:
            self.working.undoes(seq)
        assert ledger.canonical() == self.empty
        shuffled.shuffle(mine)
        for seq in mine:
            self.working.redoes(seq)
        assert ledger.canonical() == before

    @invariant()
    def what_is_kept_up_is_what_is_counted_anew(self):
        state = self.working.state
        held = study.holdings(state, state.corpus.ids())
        assert +self.working.tally.counts == {node: len(answers) for node, answers in held.items()}

    @invariant()
    def the_log_from_nothing_makes_the_same(self):
        ledger = self.working.ledger
        stored = [
            study.Entry(
                entry.seq,
                entry.by,
                entry.at,
                study.codec.restore(study.codec.kind_of(entry.act), study.codec.dump(entry.act)),
            )
            for entry in ledger.entries
        ]
        assert study.Ledger(study.Corpus(ANSWERS), stored).canonical() == ledger.canonical()


Room.TestCase.settings = settings(max_examples=15, stateful_step_count=50, deadline=None)
TestRoom = Room.TestCase


ORDERS = {
    "backwards": lambda seqs: list(reversed(seqs)),
    "forwards": list,
    "every third first": lambda seqs: sorted(seqs, key=lambda seq: (seq % 3, -seq)),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_fifty_mixed_acts_undone_leave_what_was_and_done_again_what_they_made(working, order):
    empty = working.ledger.canonical()
    seqs = [working.does(act, who) for who, act in fifty()]
    made = working.ledger.canonical()
    assert (len(seqs) >= 50, working.ledger.resting) == (True, {})

    for seq in order(seqs):
        working.undoes(seq)
    assert working.ledger.canonical() == empty

    for seq in order(seqs):
        working.redoes(seq)
    assert working.ledger.canonical() == made
    assert working.ledger.resting == {}


def test_the_fifty_are_of_every_kind():
    kinds = {study.codec.kind_of(act) for _who, act in fifty()}

    assert study.codec.CLASSES.keys() - kinds == {"undo", "redo"}


def test_what_builds_on_an_undone_act_rests_with_its_reason_and_comes_back(working):
    working.has("caseload")
    working.codes("a1", "caseload")

    working.undoes(1)

    assert working.ledger.resting == {2: "What it names in the codebook is not there."}
    assert study.codes_of(working.state, "a1") == ()

    working.redoes(1)

    assert working.ledger.resting == {}
    assert study.codes_of(working.state, "a1") == ("caseload",)


def test_adding_says_which_acts_rest_because_of_it_and_which_count_again(working):
    working.has("caseload")
    working.codes("a1", "caseload")

    assert working.ledger.add(study.Entry(3, "ann", "", acts.Undo(1))) == (2,)
    assert working.ledger.add(study.Entry(4, "ann", "", acts.Redo(1))) == (2,)


def test_undo_takes_back_ones_own_newest_act_and_redo_does_it_again(working):
    working.has("caseload")
    working.codes("a1", "caseload")
    working.does(acts.MarkRead("a3"), by="ben")

    assert working.ledger.newest_undoable("ann").seq == 2
    working.undoes(2)
    assert working.ledger.newest_undoable("ann").seq == 1
    assert working.ledger.newest_redoable("ann").seq == 2
    working.does(acts.MarkRead("a1"))
    assert working.ledger.newest_redoable("ann") is None


def test_several_undone_steps_are_redone_one_by_one(working):
    working.has("x", "y", "z")
    for seq in (3, 2, 1):
        working.undoes(seq)

    done_again = []
    while (entry := working.ledger.newest_redoable("ann")) is not None:
        done_again.append(entry.seq)
        working.redoes(entry.seq)

    assert done_again == [1, 2, 3]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (acts.Undo(7), "There is no step 7 in this study. Look under History for its number."),
        (acts.Undo(2), "Step 2 undoes or redoes another step. Undo or redo that one instead."),
        (acts.Undo(1), "Step 1 is undone already."),
        (acts.Redo(3), "Step 3 is not undone, so there is nothing to do again."),
    ],
)
def test_what_cannot_be_undone_or_redone_is_said(working, act, sentence):
    working.has("caseload")
    working.undoes(1)
    working.has("evenings")

    with pytest.raises(StudyRefused) as refusal:
        working.does(act)

    assert str(refusal.value) == sentence


def test_entries_follow_each_other():
    with pytest.raises(ValueError, match="entry 2 does not follow 0"):
        Working().ledger.add(study.Entry(2, "ann", "", acts.MarkRead("a1")))
