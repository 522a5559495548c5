"""The growth of the panel: heights of lines, names at their ends, the numbers as a table."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
import specimens_people as specimens
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.figures import GrowthExhibit, data_table, plate
from canvass.figures.axes import of_counts
from canvass.figures.draw import scene
from canvass.figures.scene import Dot, Rule

BOTH = pytest.mark.parametrize("width", ["wide", "phone"])


@BOTH
def test_a_point_stands_as_high_as_its_count_and_the_scale_begins_at_zero(width):
    exhibit = specimens.growth()
    picture = scene(exhibit, width)
    levels = sorted(
        {m.y1 for m in picture.marks if isinstance(m, Rule) and m.y1 == m.y2 and m.x2 - m.x1 > 99}
    )
    top, zero = levels[0], levels[-2]  # the last is that of the caption

    heights = [m.y for m in picture.marks if isinstance(m, Dot) and m.tip.endswith("active")]

    assert heights == pytest.approx([zero - (zero - top) * n / 1500 for n in exhibit.lines[2][1]])


@given(st.lists(st.integers(0, 5_000), min_size=3, max_size=3), st.sampled_from(["wide", "phone"]))
@settings(max_examples=30, deadline=None)
def test_the_names_at_the_ends_of_lines_never_overlap_and_stay_in_the_plot(ends, width):
    lines = tuple(
        (name, (1, end)) for name, end in zip(("Registered", "Mailable", "Active"), ends, strict=True)
    )
    exhibit = replace(specimens.growth(), days=(date(2022, 1, 31), date(2022, 2, 28)), lines=lines)
    picture = scene(exhibit, width)
    words = [f"{end:,} {name.lower()}" for (name, _), end in zip(lines, ends, strict=True)]

    names = sorted((t for t in picture.texts() if t.words in words and t.size == 14), key=lambda t: t.y)
    zero = next(t.y for t in picture.texts() if t.words == "0")

    assert len(names) == 3
    assert all(other.y - one.y >= 20.9 for one, other in pairwise(names))
    assert all(t.y < zero and t.box()[2] <= picture.width for t in names)


@given(st.integers(0, 10_000_000))
@settings(max_examples=50, deadline=None)
def test_a_scale_of_counts_has_few_whole_steps_and_ends_soon_above_the_largest(most):
    axis = of_counts(most)

    assert axis.low == 0
    assert max(most, 1) <= axis.high < most + axis.step + 1
    assert len(axis.ticks) <= 6
    assert all(tick == round(tick) for tick in axis.ticks)


def test_the_title_says_how_many_and_the_table_has_every_month():
    exhibit = specimens.growth()

    assert plate(exhibit).title == "1,273 registered in February 2022"
    assert data_table(exhibit).head == ("Day", "Registered", "Mailable", "Active")
    assert data_table(exhibit).rows[0] == ("31 July 2020", "815", "815", "0")
    assert len(data_table(exhibit).rows) == 20


def test_nothing_to_show_is_refused():
    with pytest.raises(ValueError, match="a day at least"):
        GrowthExhibit(days=(), lines=(("Registered", ()),), source="x")
    with pytest.raises(ValueError, match="for each line and day"):
        GrowthExhibit(days=(date(2022, 1, 1),), lines=(("Registered", (1, 2)),), source="x")
