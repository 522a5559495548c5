"""Two coders: the same sample, units, disagreements, and what counts in the end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass.words import study
from canvass.words.study import StudyRefused, Unit, acts

SAMPLE = ("a1", "a3", "a4")


@pytest.fixture
def compared(working):
    """Ann and Ben coded three answers: they agree on a4, differ on a1 and a3."""
    working.has("caseload", "paper", "court", "time")
    working.does(acts.FreezeCodebook(1))
    for name, coder in (("p1", "ann"), ("p2", "ben")):
        working.does(acts.OpenPass(name, coder, SAMPLE, 1, seed=7))
    working.codes("a1", "caseload", in_pass="p1")
    working.codes("a1", "caseload", "time", by="ben", in_pass="p2")
    working.codes("a3", "paper", in_pass="p1")
    working.codes("a3", "court", by="ben", in_pass="p2")
    working.does(acts.MarkRead("a4", in_pass="p1"))
    working.does(acts.MarkRead("a4", in_pass="p2"), by="ben")
    return working


def test_units_are_answers_that_both_are_through_with_and_no_code_is_an_answer(compared):
    assert study.units(compared.state, ("p1", "p2")) == (
        Unit("a1", (frozenset({"caseload"}), frozenset({"caseload", "time"}))),
        Unit("a3", (frozenset({"paper"}), frozenset({"court"}))),
        Unit("a4", (frozenset(), frozenset())),
    )


def test_disagreements_come_the_furthest_apart_first(compared):
    found = study.disagreements(compared.state, "p1", "p2")

    assert [(unit.answer, unit.distance) for unit in found] == [("a3", 1.0), ("a1", pytest.approx(2 / 3))]


def test_what_was_given_stays_when_codes_are_merged_later(compared):
    compared.does(acts.MergeNodes(("court",), "paper"))

    now, given = (study.units(compared.state, ("p1", "p2"), as_given=yes)[1] for yes in (False, True))

    assert now.codes == (frozenset({"paper"}), frozenset({"paper"}))
    assert given.codes == (frozenset({"paper"}), frozenset({"court"}))


def test_nothing_of_a_pass_counts_before_it_is_closed_and_what_differs_not_before_it_is_settled(compared):
    state = compared.state
    compared.codes("a4", "court", in_pass="p1")
    compared.codes("a4", "court", by="ben", in_pass="p2")
    assert study.codes_of(state, "a4") == ()

    for name in ("p1", "p2"):
        compared.does(acts.ClosePass(name))

    assert [study.codes_of(state, answer) for answer in SAMPLE] == [(), (), ("court",)]
    compared.does(acts.Adjudicate("a3", ("p1", "p2"), ("paper", "court"), "both are said"))
    assert study.codes_of(state, "a3") == ("court", "paper")


def test_a_pass_belongs_to_its_coder_and_ends_when_it_is_closed(compared):
    with pytest.raises(StudyRefused, match="Its pass is not open for it"):
        compared.codes("a3", "time", by="ben", in_pass="p1")
    with pytest.raises(StudyRefused, match="Its pass is not open for it"):
        compared.codes("a2", "time", in_pass="p1")
    compared.does(acts.ClosePass("p1"))
    with pytest.raises(StudyRefused, match="Its pass is not open for it"):
        compared.codes("a3", "time", in_pass="p1")


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (acts.OpenPass("p3", "ann", (), 1), "A pass needs answers to code, each once."),
        (
            acts.OpenPass("p3", "cy", ("zz",), 1),
            "Some answers of the pass are not in the study. Draw the sample again.",
        ),
        (
            acts.OpenPass("p3", "cy", ("a1",), 1, suggestions=True),
            "Coders who are compared work without suggestions. Turn them off for this pass.",
        ),
        (
            acts.OpenPass("p3", "ann", ("a1",), 1),
            "This coder has an open pass over some of these answers. Close it first.",
        ),
        (
            acts.OpenPass("p3", "cy", ("a1",), 2),
            "This cannot be done now. The codebook that it was opened on is not frozen.",
        ),
        (acts.Adjudicate("a1", ("p1", "p2"), (), " "), "Say why the answer is coded so."),
        (acts.Adjudicate("a1", ("p1",), (), "so"), "Name the two passes that disagree."),
        (acts.ClosePass("p9"), "This cannot be done now. There is no such open pass."),
    ],
)
def test_a_refusal_is_one_sentence(compared, act, sentence):
    with pytest.raises(StudyRefused) as refusal:
        compared.does(act)

    assert str(refusal.value) == sentence


def test_a_sample_is_the_same_for_everybody_who_knows_its_seed():
    ids = [f"a{number}" for number in range(100)]

    drawn = study.draw(ids, 25, 7)

    assert drawn == study.draw(list(reversed(ids)), 25, 7)
    assert len(set(drawn)) == 25
    assert drawn != study.draw(ids, 25, 8)


@given(st.sets(st.text(max_size=4), max_size=30), st.integers(0, 30), st.integers())
def test_a_larger_sample_of_a_seed_holds_the_smaller(ids, size, seed):
    assert study.draw(ids, size + 5, seed)[:size] == study.draw(ids, size, seed)


@pytest.mark.parametrize(
    ("answers", "size"), [(1, 1), (65, 65), (66, 25), (124, 25), (130, 26), (5_000, 1_000)]
)
def test_the_usual_sample_is_a_fifth_and_at_least_twenty_five(answers, size):
    assert study.usual_size(answers) == size
