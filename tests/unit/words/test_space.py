"""Where answers lie: the shipped table, runs of letters, and both together."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass import words
from canvass.words.embedding import table
from canvass.words.ngrams import tf_idf

ANSWERS = [
    "Fewer cases for each of us",
    "A smaller caseload",
    "Better pay",
    "Pay us more money",
    "A computer that works",
    "The computers crash all day",
    "n/a",
    "👍",
    "",
]


def test_the_shipped_table_is_the_one_that_was_made():
    assert hashlib.sha256(table.FILE.read_bytes()).hexdigest() == table.SHA256
    numbers, vocabulary = table._arrays()
    assert numbers.shape == (30_522, 256)
    assert numbers.dtype == np.int8
    assert vocabulary.count(b"\n") == 30_521
    assert table.FILE.stat().st_size < 6_000_000


def test_a_damaged_table_is_refused_in_a_sentence(tmp_path, monkeypatch):
    broken = tmp_path / "table.npz"
    broken.write_bytes(table.FILE.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(table, "FILE", broken)
    table._arrays.cache_clear()
    try:
        with pytest.raises(words.TableDamaged, match=r"table\.npz: .* Install Canvass again"):
            table._arrays()
    finally:
        table._arrays.cache_clear()


def test_a_vector_is_the_mean_of_its_pieces():
    numbers, _ = table._arrays()
    pieces = table.word_pieces().pieces("better pay")

    (vector,) = words.TABLE.embed(["Better pay"])

    assert len(pieces) == 2
    assert np.allclose(vector, numbers[pieces].astype(float).mean(axis=0))


def test_a_vector_does_not_depend_on_its_company(monkeypatch):
    alone = [words.TABLE.embed([text])[0] for text in ANSWERS]
    monkeypatch.setattr(table, "AT_ONCE", 5)

    together = words.TABLE.embed(ANSWERS)

    assert np.array_equal(np.array(alone), together)
    assert not together[-1].any()


def test_what_means_the_same_is_near_without_a_word_in_common():
    vectors = words.TABLE.embed(["salary", "wages", "motorway"])
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    assert unit[0] @ unit[1] > unit[0] @ unit[2] + 0.2


def test_tf_idf_by_hand():
    rows = tf_idf(["aab", "ab"])

    # " aab ": three of three letters, two of four, one of five; " ab " adds " ab" and " ab ", shares "ab ".
    assert np.diff(rows.indptr).tolist() == [6, 3]
    shared, alone = 1.0, np.log(3 / 2) + 1
    lengths = np.sqrt(shared**2 + 5 * alone**2), np.sqrt(shared**2 + 2 * alone**2)
    assert (rows @ rows.T).toarray()[0, 1] == pytest.approx(1 / (lengths[0] * lengths[1]), abs=1e-6)


def test_letters_know_no_capitals_marks_or_order_of_parts(monkeypatch):
    whole = tf_idf(ANSWERS).toarray()
    monkeypatch.setattr("canvass.words.ngrams.LETTERS_AT_ONCE", 10)

    assert np.array_equal(tf_idf(ANSWERS).toarray(), whole)
    assert np.array_equal(tf_idf([text.upper() + "!" for text in ANSWERS]).toarray(), whole)


def test_likeness_is_of_the_same_text_about_one_and_more_for_alike_answers():
    space = words.space(ANSWERS)
    likeness = space.likeness(range(6), range(6))

    assert np.diag(likeness) == pytest.approx(np.ones(6), abs=1e-3)
    assert likeness[0, 1] > max(likeness[0, 2:])
    assert likeness[2, 3] > likeness[2, [0, 1, 4, 5]].max()
    assert not words.space(ANSWERS).features[-1].any()


def test_directions_are_exact_where_every_answer_is_a_landmark():
    rows = tf_idf(ANSWERS)
    letters = words.space(ANSWERS).features[:, 256:] / np.float32(0.4**0.5)

    assert letters @ letters.T == pytest.approx((rows @ rows.T).toarray(), abs=1e-5)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_texts_have_a_place_and_no_number_is_lost(texts):
    space = words.space(texts)

    assert len(space.features) == len(texts)
    assert np.isfinite(space.features).all()


def test_the_same_texts_give_the_same_bytes_with_one_thread_or_several():
    program = (
        "import hashlib; from canvass import words;"
        "texts = [f'answer {n} on pay, hours and team {n % 7}' for n in range(400)];"
        "print(hashlib.sha256(words.space(texts).features.tobytes()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"OPENBLAS_NUM_THREADS": threads, "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for threads in ("1", "2")
    }

    assert len(found) == 1
