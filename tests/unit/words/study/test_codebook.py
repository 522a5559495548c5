"""Codes and themes: versions, merging, splitting, retiring, and where they lie."""

import pytest

from canvass.words import study
from canvass.words.study import Level, StudyRefused, acts


def test_a_coding_keeps_the_version_that_its_code_had(working):
    working.has("caseload")
    working.codes("a1", "caseload")
    working.does(acts.RewordNode("caseload", name="case load", definition="Too many cases at once"))
    working.codes("a4", "caseload")

    old, new = (working.state.codings[working.state.of_answer[answer][0]] for answer in ("a1", "a4"))

    assert [working.state.versions["caseload", one.version].name for one in (old, new)] == [
        "caseload",
        "case load",
    ]


def test_merging_counts_old_codings_for_the_code_that_stays_and_leaves_them_as_they_were(working):
    working.has("cases", "caseload", "load")
    working.codes("a1", "cases", "caseload")
    working.does(acts.MergeNodes(("cases",), "caseload"))
    working.does(acts.MergeNodes(("caseload",), "load"))

    assert study.codes_of(working.state, "a1") == ("load",)
    assert [place.node for place in working.state.of_answer["a1"]] == ["cases", "caseload"]
    assert working.state.nodes["cases"].merged_into == "caseload"
    assert working.state.children[study.TOP[Level.CODE]] == ("load",)


def test_children_of_a_merged_theme_come_under_the_one_that_stays(working):
    working.has("cases", "evenings")
    working.has("load", "hours", level=Level.THEME)
    working.does(acts.PutNode("cases", "load"))
    working.does(acts.PutNode("evenings", "hours"))

    working.does(acts.MergeNodes(("load",), "hours"))

    assert working.state.children["hours"] == ("evenings", "cases")
    assert working.state.parents["cases"] == ("hours",)


def test_a_split_takes_along_the_codings_of_the_answers_that_were_chosen(working):
    working.has("paper")
    working.has("load", level=Level.THEME)
    working.does(acts.PutNode("paper", "load"))
    working.codes("a3", "paper")
    working.codes("a4", "paper")

    working.does(acts.SplitCode("paper", "court", "Court reports", ("a4",)))

    assert [study.codes_of(working.state, answer) for answer in ("a3", "a4")] == [("paper",), ("court",)]
    assert working.state.nodes["court"].split_from == "paper"
    assert working.state.children["load"] == ("paper", "court")


def test_a_code_may_feed_two_themes_and_an_answer_counts_once_in_each(working):
    working.has("time")
    working.has("load", "home", level=Level.THEME)
    working.has("work", level=Level.ORGANISING)
    for theme in ("load", "home"):
        working.does(acts.PutNode("time", theme))
        working.does(acts.PutNode(theme, "work"))
    working.codes("a1", "time")
    working.codes("a3", "time")

    held = study.holdings(working.state, working.state.corpus.ids())

    assert {node: len(answers) for node, answers in held.items()} == {
        "time": 2,
        "load": 2,
        "home": 2,
        "work": 2,
    }


def test_a_theme_lies_under_one_organising_theme_and_any_overarching_ones(working):
    working.has("load", level=Level.THEME)
    working.has("work", "system", level=Level.ORGANISING)
    working.has("strain", "change", level=Level.OVERARCHING)
    for parent in ("work", "system"):
        working.does(acts.PutNode("load", parent))
    for parent in ("strain", "change"):
        working.does(acts.PutNode("load", parent, reason="Asked twice, said twice"))

    assert working.state.parents["load"] == ("system", "strain", "change")
    assert working.state.links["load", "strain"].reason == "Asked twice, said twice"
    assert "work" not in working.state.children


def test_dragging_moves_between_parents_and_places_before_a_sibling(working):
    working.has("a", "b", "c")
    working.has("load", "home", level=Level.THEME)
    for code in ("a", "b"):
        working.does(acts.PutNode(code, "load"))
    working.does(acts.PutNode("c", "load", before="b"))

    working.does(acts.PutNode("a", "home", leaving="load"))
    working.does(acts.PutNode("c"))

    assert working.state.children["load"] == ("b",)
    assert working.state.children["home"] == ("a",)
    assert working.state.children[study.TOP[Level.CODE]] == ("c",)


def test_a_retired_code_keeps_its_codings_and_takes_no_new_ones(working):
    working.has("paper")
    working.codes("a3", "paper")
    working.does(acts.RetireNode("paper"))

    with pytest.raises(StudyRefused, match="“paper” is retired"):
        working.codes("a4", "paper")

    assert study.codes_of(working.state, "a3") == ("paper",)
    working.does(acts.BringBackNode("paper"))
    working.codes("a4", "paper")


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (acts.MakeNode("x", Level.CODE, "CASELOAD"), "There is a code “caseload” already."),
        (acts.MakeNode("x", Level.CODE, "  "), "A code needs a name of one line."),
        (acts.MakeNode("x", Level.THEME, "y" * 121), "The name has 121 characters. Say it in 120 or fewer."),
        (
            acts.MakeNode("x", Level.CODE, "new", colour="pink"),
            "'pink' is no colour. Choose one of: teal, rust, amber, sage, grey, ink.",
        ),
        (
            acts.MergeNodes(("caseload",), "caseload"),
            "Choose two or more to make one of, and the one that stays.",
        ),
        (
            acts.MergeNodes(("caseload",), "load"),
            "This cannot be done now. Only nodes of one level can become one.",
        ),
        (
            acts.PutNode("load", "caseload"),
            "This cannot be done now. A theme does not go under a code.",
        ),
        (acts.PutNode("load", "strain"), "Say why this theme belongs to the overarching one."),
        (
            acts.SplitCode("caseload", "x", "part", ("a2",)),
            "Choose answers that are coded “caseload” for the new code to take along.",
        ),
        (acts.TakeOutNode("caseload", "load"), "This cannot be done now. It does not lie there."),
        (
            acts.RetireNode("gone"),
            "This cannot be done now. What it names in the codebook is not there.",
        ),
        (acts.FreezeCodebook(1, "x"), "This cannot be done now. There is such a version already."),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(working, act, sentence):
    working.has("caseload")
    working.has("load", level=Level.THEME)
    working.has("strain", level=Level.OVERARCHING)
    working.does(acts.FreezeCodebook(1))
    before = working.ledger.canonical()

    with pytest.raises(StudyRefused) as refusal:
        working.does(act)

    assert str(refusal.value) == sentence
    assert working.ledger.canonical() == before
