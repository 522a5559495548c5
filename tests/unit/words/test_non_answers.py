"""What looks like no answer, in English and Welsh, and what must not."""

import pytest

from canvass import words
from canvass.words.non_answers import look

NONE = {
    "not applicable": [
        "n/a",
        "N/A.",
        "NA",
        "n.a.",
        "Not applicable",
        "not applicable to my role",
        "Doesn't apply",
        "amherthnasol",
        "Ddim yn berthnasol",
    ],
    "no comment": [
        "No comment",
        "no comments.",
        "No further comments to add",
        "prefer not to say",
        "I'd rather not say",
        "Dim sylw",
        "dim sylwadau",
        "no opinion",
    ],
    "don't know": [
        "don't know",
        "I don’t know",
        "Dont know",
        "dk",
        "Not sure",
        "I'm not sure",
        "unsure",
        "no idea",
        "no idea, sorry",
        "Ddim yn gwybod",
        "Dwi ddim yn siŵr",
        "I can't think of anything",
    ],
    "nothing": [
        "none",
        "None.",
        "nothing",
        "Nothing to add",
        "nothing comes to mind",
        "none that I can think of",
        "nil",
        "Dim",
        "Dim byd",
        "dim byd i'w ychwanegu",
        "nothing really",
    ],
    "refers elsewhere": [
        "as above",
        "As above.",
        "see above",
        "see my previous answer",
        "as stated above",
        "ditto",
        "same as above",
        "answered above",
        "gweler uchod",
        "As I said before",
    ],
    "a trial": ["test", "testing 123", "asdf", "xxx"],
    "yes or no alone": ["Yes", "no", "OK", "ydw", "Nage"],
    "no words": [".", "-", "...", "👍", "😀😀", "  ", "?", "—", "👩🏽‍⚕️"],
}
ANSWERS = [
    "No comment on pay, but the hours are wrong",
    "Nothing changes unless pay does",
    "I don't know how families manage",
    "See families more often",
    "As above all we need staff",
    "None of my colleagues stays",
    "pay",
    "No more restructures",
    "Yes, fewer forms",
    "Not sure that more training helps",
    "Dim digon o staff",
    "dim amser",
    "مرحبا",
    "时间",
    "10",
    "Test cases less often",
    "no pay",
    "a" * 50_000,
    "dim " * 20_000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("looks", "text"), [(looks, text) for looks, texts in NONE.items() for text in texts]
)
def test_what_says_nothing_is_told_by_its_looks(looks, text):
    assert look(text) == looks


@pytest.mark.parametrize("text", ANSWERS, ids=lambda text: text[:20])
def test_an_answer_is_left_alone(text):
    assert look(text) is None


def test_they_are_proposed_by_number():
    assert words.non_answers(["pay", "n/a", "👍"]) == (
        words.NonAnswer(1, "not applicable"),
        words.NonAnswer(2, "no words"),
    )
