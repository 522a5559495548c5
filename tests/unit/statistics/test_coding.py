"""Columns as codes and cells."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass import statistics


def test_texts():
    codes, labels = statistics.coded_labels(["b", "", "a", None, "b"])

    assert (codes.tolist(), labels) == ([1, -1, 0, -1, 1], ("a", "b"))


def test_a_number_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="infinite number"):
        statistics.coded_numbers(np.array([1.0, np.inf]))


@given(st.lists(st.one_of(st.just(np.nan), st.integers(-3, 3).map(float)), max_size=20))
def test_numbers_come_back_from_their_codes(numbers):
    codes, values = statistics.coded_numbers(np.array(numbers, dtype=float))

    back = [values[code] if code >= 0 else np.nan for code in codes]
    np.testing.assert_array_equal(back, numbers)
    assert sorted(set(values)) == values.tolist()


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()), max_size=20))
def test_choices_come_back_from_their_codes(rows):
    chosen = np.array([row[:3] for row in rows], dtype=bool).reshape(-1, 3)
    answered = np.array([row[3] for row in rows], dtype=bool)

    codes, options = statistics.coded_choices(chosen, answered)

    assert ((codes >= 0) == answered).all()
    assert (chosen[answered] == options[:, codes[answered]].T).all()


def test_nobody_answered():
    codes, options = statistics.coded_choices(np.zeros((2, 3), dtype=bool), np.zeros(2, dtype=bool))

    assert (codes.tolist(), options.shape) == ([-1, -1], (3, 0))
