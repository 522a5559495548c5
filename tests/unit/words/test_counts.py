"""What a count of people may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass.words.counts import WORDS, Mentions, allowed, common, worded


@pytest.mark.parametrize(
    ("n", "of", "said"),
    [
        (0, 61, "none of 61 people"),
        (1, 61, "one person (1 of 61, 2%)"),
        (2, 11, "a couple people (2 of 11)"),
        (4, 61, "a few people (4 of 61, 7%)"),
        (6, 61, "several people (6 of 61, 10%)"),
        (8, 11, "8 of 11 people"),
        (6, 23, "some people (6 of 23)"),
        (20, 61, "many people (20 of 61, 33%)"),
        (30, 61, "about half of the people (30 of 61, 49%)"),
        (40, 61, "most of the people (40 of 61, 66%)"),
    ],
)
def test_a_count_has_its_figure_and_the_word_that_fits(n, of, said):
    assert worded(Mentions(n, of)) == said.replace("a couple people", "a couple of people")


@given(st.integers(0, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_a_word_is_of_the_table_and_the_figure_always_stands(pair):
    mentions = Mentions(*pair)
    assert set(allowed(mentions)) <= {rule.word for rule in WORDS}
    assert not mentions.n or f"{mentions.n} of {mentions.of}" in worded(mentions)
    assert ("%" in worded(mentions)) == (mentions.of >= 50 and mentions.n > 0)


def test_most_and_half_need_twenty_answers():
    assert allowed(Mentions(10, 19)) == ()
    assert allowed(Mentions(10, 20)) == ("about half", "many")


def test_common_themes_are_the_top_third_with_five_people():
    themes = {name: Mentions(n, 60) for name, n in zip("abcdef", (20, 12, 12, 8, 3, 1), strict=True)}
    assert common(themes) == ("a", "b", "c")
    assert common({"a": Mentions(4, 60), "b": Mentions(2, 60)}) == ()
    assert common({}) == ()


def test_more_people_than_answers_cannot_be():
    with pytest.raises(ValueError, match="62 of 61 people cannot be"):
        Mentions(62, 61)
