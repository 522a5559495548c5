"""How to cite: a line for people, an entry for BibTeX that no sign can break."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from canvass.library.citing import Cited, apa, bibtex

FIGURE = Cited(
    author="Workers’ Panel",
    title="Two in three said “every week” (67%)",
    within="Working hours",
    kind="Figure",
    published=date(2022, 2, 3),
    address="https://polls.example.org/library/workers/hours/overtime_frequency/",
    key="hours/overtime_frequency",
)


def test_a_figure_is_cited_with_its_poll_its_day_and_its_address():
    assert apa(FIGURE) == (
        "Workers’ Panel (2022, 3 February). Two in three said “every week” (67%) [Figure]. Working hours. "
        "https://polls.example.org/library/workers/hours/overtime_frequency/"
    )


def test_a_drafted_title_is_cited_with_the_question_that_it_answers():
    drafted = replace(FIGURE, question="How often do you work beyond your hours?")

    assert "(67%), asked “How often do you work beyond your hours?” [Figure]. Working" in apa(drafted)
    assert "note = {Asked “How often do you work beyond your hours?”}" in bibtex(drafted)


def test_a_title_that_is_a_question_keeps_its_mark():
    assert " Why stay? https" in apa(replace(FIGURE, within="Why stay?"))


def test_bibtex_keeps_capitals_escapes_text_and_leaves_the_address_as_it_is():
    entry = bibtex(FIGURE)

    assert entry.startswith("@misc{hours:overtime-frequency,\n")
    assert r"title = {{Two in three said “every week” (67\%)}}" in entry
    assert f"url = {{{FIGURE.address}}}" in entry


@given(st.text())
def test_no_title_breaks_out_of_its_braces(title):
    entry = bibtex(replace(FIGURE, title=title, question=title))

    depth, before = 0, ""
    for sign in entry:
        depth += (sign == "{" and before != "\\") - (sign == "}" and before != "\\")
        before = "" if before == "\\" and sign == "\\" else sign
    assert depth == 0
