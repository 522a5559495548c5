"""The model itself, from the extra `embeddings`: the tests install it."""

import sys

import numpy as np
import pytest

from canvass import words
from canvass.words.embedding import minilm

ONE_PIECE = [
    "salary",
    "wages",
    "money",
    "computer",
    "laptop",
    "school",
    "teacher",
    "police",
    "court",
    "train",
]


@pytest.fixture(scope="module")
def model():
    return words.transformer()


def likeness(vectors):
    off = vectors - vectors.mean(axis=0)
    unit = off / np.linalg.norm(off, axis=1, keepdims=True)
    return (unit @ unit.T)[np.triu_indices(len(vectors), 1)]


def test_a_text_does_not_depend_on_its_company(model):
    texts = ["Better pay", "", "the caseload is too high " * 300, "👍"]

    together = model.embed(texts)

    assert together.shape == (4, 384)
    assert all(np.array_equal(model.embed([text])[0], row) for text, row in zip(texts, together, strict=True))
    assert not together[1].any()
    assert np.isfinite(together).all()


def test_the_shipped_table_holds_what_the_model_says_of_single_pieces(model):
    ours, theirs = likeness(words.TABLE.embed(ONE_PIECE)), likeness(model.embed(ONE_PIECE))

    assert np.corrcoef(ours, theirs)[0, 1] > 0.9


def test_the_model_reads_a_text_as_a_whole(model):
    found = model.embed(["pay rises, not more training", "training, not more pay rises"])

    assert not np.allclose(found[0], found[1], atol=0.01)


def test_a_space_of_the_model_records_it(model):
    texts = ["Better pay", "Higher wages", "A computer that works", "New laptops"]

    space = words.space(texts, model)
    record = words.fits(space, {0: ["pay"], 2: ["it"]}, [1, 3]).record

    assert (record.model, record.sha256) == (model.model, minilm.SHA256)
    assert words.fits(space, {0: ["pay"], 2: ["it"]}, [1, 3]).of[1][0].code == "pay"


@pytest.mark.parametrize(
    ("other", "said"),
    [(None, r"Install canvass-panel\[embeddings\]"), ("another", r"Install version 1\.0\.0")],
)
def test_a_model_that_is_missing_or_another_is_said_in_a_sentence(monkeypatch, other, said):
    if other is None:
        monkeypatch.setitem(sys.modules, "onnxruntime", None)
    else:
        monkeypatch.setattr(minilm, "SHA256", other)

    with pytest.raises(words.ModelMissing, match=said):
        words.transformer()
