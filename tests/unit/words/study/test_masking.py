"""Masking re-anchors segments; every quote is verified by another way of working it out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.words import study
from canvass.words.study import StudyRefused, acts
from canvass.words.study.values import WHOLE, Coding, Mask, Place

A1 = "Too many cases, and Priya Shah at Northam Council says so"


def mask(start, end, replacement="colleague", accepted=True):
    return Mask(start, end, "person", replacement, "person", accepted, "ann", "")


def coding(start, end):
    return Coding(Place("a1", start, end, "c", "ann", ""), 1, "human", "", 1, "")


def test_masked_words_are_described_in_brackets_and_segments_follow(working):
    for start, end, words in ((20, 30, "colleague"), (34, 49, "council")):
        act = acts.MaskSpan("a1", start, end, study.seal(A1[start:end]), "person", words)
        working.does(act)

    made = study.masked(working.state.corpus.answer("a1"), working.state.masks["a1"])

    assert made.text == "Too many cases, and [colleague] at [council] says so"
    assert made.quote(0, 14) == "Too many cases"
    assert made.quote(20, 30) == "[colleague]"
    assert made.quote(26, 33) == "[colleague] at"  # begins inside the name
    assert made.quote(16, 40) == "and [colleague] at [council]"
    assert made.quote(50, 57) == "says so"
    assert made.quote(WHOLE, WHOLE) == made.text


def test_a_later_decision_takes_the_earlier_ones_place(working):
    place = (20, 30, study.seal(A1[20:30]), "person")
    working.does(acts.MaskSpan("a1", *place, "colleague", "rule", True))
    working.does(acts.MaskSpan("a1", *place, "", "person", False))

    assert study.masked(working.state.corpus.answer("a1"), working.state.masks["a1"]).text == A1
    assert [one.accepted for one in working.state.masks["a1"]] == [False]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            acts.MaskSpan("a1", 25, 33, study.seal(A1[25:33]), "person", "x"),
            "This cannot be done now. Some of these words are masked already.",
        ),
        (
            acts.MaskSpan("a1", 20, 31, study.seal("else"), "person", "x"),
            "This cannot be done now. The words that it marks do not stand at that place of the answer.",
        ),
        (
            acts.MaskSpan("a1", WHOLE, WHOLE, "", "person", "x"),
            "This cannot be done now. Words are masked at a place of the answer.",
        ),
        (
            acts.MaskSpan("a1", 0, 3, study.seal(A1[0:3]), "person", " "),
            "Say in one line of up to 60 characters what stood there, such as “manager”.",
        ),
        (
            acts.MaskSpan("a1", 0, 3, study.seal(A1[0:3]), "pet", "dog"),
            "'pet' is no kind of what is masked. "
            "Choose one of: person, place, organisation, contact, number, event, other.",
        ),
    ],
)
def test_what_cannot_be_masked_is_said(working, act, sentence):
    working.does(acts.MaskSpan("a1", 20, 30, study.seal(A1[20:30]), "person", "colleague"))

    with pytest.raises(StudyRefused) as refusal:
        working.does(act)

    assert str(refusal.value) == sentence


texts = st.text(alphabet="ab cé🙂ש\u0301", min_size=1, max_size=40)


@st.composite
def masked_answers(draw):
    text = draw(texts)
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    masks = [
        mask(start, end, draw(st.sampled_from(["x", "manager", "named tool"])))
        for start, end in zip(places[::2], places[1::2], strict=False)
    ]
    start = draw(st.integers(0, len(text) - 1))
    return text, masks, start, draw(st.integers(start + 1, len(text)))


@settings(max_examples=150)
@given(masked_answers())
def test_every_quote_stands_and_no_masked_word_is_left(case):
    text, masks, start, end = case
    answer = study.Answer("a1", "p/q", text)

    made = study.masked(answer, masks)

    assert study.faults(answer, masks, [coding(start, end), coding(WHOLE, WHOLE)]) == ()
    kept = [piece for piece in made.pieces if not piece.is_mask]
    assert "".join(made.text[one.masked_start : one.masked_end] for one in kept) == "".join(
        text[one.start : one.end] for one in kept
    )
    assert sum(one.end - one.start for one in kept) == len(text) - sum(one.end - one.start for one in masks)


def test_a_wrong_anchor_would_be_found(monkeypatch):
    monkeypatch.setattr(study.Masked, "anchor", lambda self, start, end: (start, end))
    answer = study.Answer("a1", "p/q", A1)

    assert study.faults(answer, [mask(20, 30)], [coding(34, 49)]) == (
        "The segment from 34 to 49 does not quote its own words.",
    )
