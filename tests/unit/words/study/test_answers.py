"""Coding, setting apart, memos and suggestions."""

import pytest

from canvass.words import study
from canvass.words.study import Progress, StudyRefused, acts

A1 = "Too many cases, and Priya Shah at Northam Council says so"


def test_counts_are_of_answers_that_say_something(working):
    working.has("caseload", "meetings")
    working.codes("a1", "caseload")
    working.codes("b1", "meetings")
    working.does(acts.SetAside("a2", why="no comment"))
    working.does(acts.MoveToOption("b1", "toil"))
    working.does(acts.MarkRead("a4"))
    working.does(acts.FlagConcern("a1", note="ring them"))

    assert study.progress(working.state, working.state.corpus.ids()) == Progress(
        answers=5, read=4, coded=1, aside=1, moved=1, flagged=1
    )
    assert study.progress(working.state, working.state.corpus.ids()).substantive == 3
    assert study.holdings(working.state, working.state.corpus.ids()) == {"caseload": frozenset({"a1"})}


def test_what_was_set_apart_comes_back(working):
    working.does(acts.SetAside("a2"))
    working.does(acts.SetAside("a2", aside=False))
    working.does(acts.MoveToOption("b1", "toil"))
    working.does(acts.MoveToOption("b1", ""))
    working.does(acts.FlagConcern("a1"))
    working.does(acts.FlagConcern("a1", flagged=False))

    assert (working.state.aside, working.state.moved, working.state.flags) == ({}, {}, {})


def test_a_segment_holds_the_words_that_were_selected(working):
    working.has("caseload")
    working.does(acts.CodeSegment("a1", "caseload", 0, 14, study.seal(A1[0:14])))

    (place,) = working.state.of_answer["a1"]

    assert study.quote(working.state.corpus.answer("a1"), place.start, place.end) == "Too many cases"


def test_one_coder_codes_a_segment_with_a_code_once_and_two_coders_once_each(working):
    working.has("caseload")
    working.codes("a1", "caseload")
    working.codes("a1", "caseload", by="ben")

    with pytest.raises(StudyRefused, match="It is coded so already"):
        working.codes("a1", "caseload")

    assert study.codes_of(working.state, "a1") == ("caseload",)
    assert len(working.state.codings) == 2


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            acts.CodeSegment("a1", "caseload", 0, 14, study.seal("other words")),
            "This cannot be done now. The words that it marks do not stand at that place of the answer.",
        ),
        (
            acts.CodeSegment("a1", "caseload", 50, 80, study.seal(A1[50:])),
            "This cannot be done now. The words that it marks do not stand at that place of the answer.",
        ),
        (
            acts.CodeSegment("zz", "caseload"),
            "This cannot be done now. Its answer is not in the study any more.",
        ),
        (acts.CodeSegment("a1", "caseload", start=3), "A segment needs both its ends."),
        (
            acts.CodeSegment("a1", "caseload", suggestion="s9"),
            "The suggestion is not there any more. Code the answer by hand.",
        ),
        (
            acts.MoveToOption("b1", "nothing"),
            "This cannot be done now. The question has no such option.",
        ),
        (
            acts.MoveToOption("a1", "toil"),
            "This cannot be done now. The question has no such option.",
        ),
        (acts.UncodeSegment("a1", "caseload"), "This cannot be done now. There is no such coding."),
        (
            acts.WriteMemo("m", "study", "idle", "x"),
            "'idle' is no kind of memo. Choose one of: analytic, method, reflexive, anonymisation.",
        ),
        (acts.WriteMemo("m", "study", "method", ""), "This cannot be done now. There is no such memo."),
        (
            acts.WriteMemo("m", "moon", "method", "x"),
            "This cannot be done now. A memo is on an answer, a segment, a node, a question or the study.",
        ),
        (
            acts.WriteMemo("m", "study", "method", "a\x00b"),
            "A text holds a character that cannot be stored. Take it out.",
        ),
        (acts.DecideOffer("s9", "accepted"), "This cannot be done now. The suggestion is not there."),
        (acts.ChooseApproach("none"), "'none' is no approach. Choose one of: codebook, reflexive."),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(working, act, sentence):
    working.has("caseload")
    before = working.ledger.canonical()

    with pytest.raises(StudyRefused) as refusal:
        working.does(act)

    assert str(refusal.value) == sentence
    assert working.ledger.canonical() == before


def test_memos_are_reworded_and_taken_away(working):
    working.does(acts.WriteMemo("m", "answer:a1", "analytic", "first"))
    working.does(acts.WriteMemo("m", "answer:a1", "analytic", "second"))

    assert (working.state.memos["m"].text, working.state.memos["m"].version) == ("second", 2)
    working.does(acts.WriteMemo("m", "answer:a1", "analytic", ""))
    assert working.state.memos == {}


def test_a_suggestion_keeps_its_record_and_counts_for_nothing_until_it_is_accepted(working):
    working.has("caseload", "court")
    offers = tuple(
        study.Offer(f"s{rank}", node, "", 0.9 - rank / 10, rank, "ridge", "table", "ab12", "", "12", 1)
        for rank, node in enumerate(("caseload", "court"), start=1)
    )
    working.does(acts.ShowOffers("a4", offers))
    assert study.codes_of(working.state, "a4") == ()

    working.does(acts.CodeSegment("a4", "court", origin="accepted_suggestion", suggestion="s2"), by="ben")
    working.does(acts.DecideOffer("s1", "rejected", 3.0), by="ben")

    first, second = (working.state.suggestions[name] for name in ("s1", "s2"))
    assert (first.offer, first.decision, first.decided_by, first.seconds) == (
        offers[0],
        "rejected",
        "ben",
        3.0,
    )
    assert (second.decision, second.shown_to, second.decided_by) == ("accepted", "ann", "ben")
    assert study.codes_of(working.state, "a4") == ("court",)


@pytest.mark.parametrize(
    "text", ["🙂🙂 ok", "שלום עולם", "cafe\u0301", "line\r\nline\rline", "x" * 50_000], ids=range(5)
)
def test_any_text_can_be_coded_at_a_place(text):
    from tests.unit.words.study.conftest import Working

    words = study.normalised(text)
    working = Working([study.Answer("a1", "p/q", words)])
    working.has("c")

    working.does(acts.CodeSegment("a1", "c", 1, 4, study.seal(words[1:4])))

    (place,) = working.state.of_answer["a1"]
    assert study.quote(working.state.corpus.answer("a1"), place.start, place.end) == words[1:4]
    assert "\r" not in words


def test_an_answer_that_was_withdrawn_lets_its_acts_rest(working):
    working.has("caseload")
    working.codes("a1", "caseload")
    working.codes("a4", "caseload")
    left = [answer for answer in working.state.corpus if answer.id != "a1"]

    again = study.Ledger(study.Corpus(left), working.ledger.entries)

    assert again.resting == {2: "Its answer is not in the study any more."}
    assert study.holdings(again.state, again.state.corpus.ids()) == {"caseload": frozenset({"a4"})}
