"""Crosstabs: a shade has a test behind it, what is hidden stays hidden, and the layout fits its labels."""

from dataclasses import replace
from random import Random

import pytest
import specimens_groups as specimens
from boxes import crossing, outside, overlapping, said, squeezed
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.figures import CrosstabExhibit, data_table, draw, plate
from canvass.figures.crosstab_cells import lines
from canvass.figures.draw import scene
from canvass.figures.scene import Box, Path
from canvass.instrument.model import Kind
from canvass.tables.disclosure import Audience
from canvass.tables.noise_guard import Verdict

BOTH = pytest.mark.parametrize("width", ["wide", "phone"])
SHADES = {f"{pole}-{tone}" for pole in ("primary", "accent") for tone in ("tint", "soft")}


def shaded(picture):
    """Boxes of cells in a shade; those of the key have no tip."""
    return [m for m in picture.marks if isinstance(m, Box) and m.fill in SHADES and m.tip]


@BOTH
def test_every_shade_and_arrow_has_a_clear_verdict_behind_it_and_every_clear_verdict_a_shade(width):
    exhibit = specimens.shares()
    clear = sum(one.is_clear for one in exhibit.judged)

    picture = scene(exhibit, width)

    assert len(shaded(picture)) == clear > 4
    assert sum(isinstance(m, Path) for m in picture.marks) == clear + 2  # with those of the key


@BOTH
def test_without_verdicts_nothing_is_shaded_and_the_caption_says_that_nothing_was_tested(width):
    exhibit = replace(specimens.shares(), judged=())

    assert shaded(scene(exhibit, width)) == []
    assert "Differences between groups are not tested." in plate(exhibit).how_to_read


def test_what_is_better_is_teal_even_where_it_is_lower():
    satisfied, anxious = lines(specimens.means())

    assert (satisfied.cells[1].verdict, satisfied.cells[1].colour) == (Verdict.UP, "primary")
    assert (anxious.cells[1].verdict, anxious.cells[1].colour) == (Verdict.DOWN, "primary")
    assert anxious.note == "Lower is better"


@BOTH
def test_nothing_of_a_withheld_group_is_in_picture_or_words(width):
    closed = specimens.withheld()

    words = [text.words for text in scene(closed, width).texts()]

    assert any("120" in one for one in words)
    assert not {"24", "7", "31"} & set(words)
    assert all(set(row[-2:]) == {"[c]"} for row in data_table(closed).rows[1:])
    assert "[c] Not shown: a group of few people" in " ".join(plate(closed).in_sight)
    assert "Offered instead" in " ".join(words)
    assert "<pattern" in draw(closed, width)


@BOTH
def test_a_base_of_ten_to_twenty_nine_has_counts_and_a_mark(width):
    texts = said(scene(specimens.counts(), width))

    assert "13people" in texts
    assert "[u]" in texts


def test_marks_say_that_it_was_found_and_shows_no_cause():
    assert plate(specimens.shares()).marks == ("Found, not planned", "Does not show cause")


def test_groups_stand_in_rows_where_they_are_too_many_for_columns():
    texts = [text.words for text in scene(specimens.twelve_groups()).texts()]

    assert texts.index("every week") < texts.index("Region number 1") < texts.index("Region number 12")


def test_the_table_has_people_numbers_intervals_verdicts_and_p():
    people, first, *_ = data_table(specimens.shares()).rows

    assert people == ("People", "460", "140", "160", "90, small base", "70, small base")
    assert first[2] == "74% (66 to 80), clearly above the others; p < 0.001"
    assert first[1] == "45% (41 to 50)"


def test_tables_with_other_groups_and_tables_without_groups_are_refused():
    one, other = specimens.shares(), specimens.nobody_chose()
    bare = replace(one.crosstabs[0], groups=())

    with pytest.raises(ValueError, match="the same groups"):
        replace(one, crosstabs=(*one.crosstabs, *other.crosstabs))
    with pytest.raises(ValueError, match="at least one group"):
        CrosstabExhibit(crosstabs=(bare,), by="role", **specimens.FACTS)


LABELS = ("yes", "a label of many quite ordinary words " * 4, "x" * 80, "ŵyn a thŷ", "עברית ועוד", "1,237")


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["wide", "phone"]), st.sampled_from(Audience))
def test_any_crosstab_is_drawn_whole(seed, width, audience):
    chance = Random(seed)
    answers = [f"{i} {chance.choice(LABELS)}" for i in range(chance.randint(1, 8))]
    names = [f"{chance.choice(LABELS)} {i}" for i in range(chance.randint(1, 12))]
    groups = {name: chance.choice([3, 12, 40, 150]) for name in names}
    weights = [[chance.randint(1, 9) for _ in answers] for _ in range(3)]
    kind = chance.choice([Kind.SINGLE, Kind.RATING])
    item = specimens.choice(answers) if kind is Kind.SINGLE else specimens.rated("anxious")
    answer = specimens.leaning(weights) if kind is Kind.SINGLE else specimens.around([8, 5, 3])

    exhibit = specimens.exhibit([item], groups, answer, audience=audience, by=chance.choice(LABELS))
    picture = scene(exhibit, width)

    assert outside(picture) == overlapping(picture) == crossing(picture) == []
    assert all(squeezed(label) in said(picture) for label in groups)
