"""Funnel, panel beside workforce, composition over time: lengths, marks, and what is not told."""

from dataclasses import replace
from datetime import date

import pytest
import specimens_people as specimens

from canvass.figures import CompositionExhibit, WorkforceExhibit, data_table, plate
from canvass.figures.draw import scene
from canvass.figures.scene import Box, Dot, Path, Rule
from canvass.tables import CompositionOverTime, FieldComposition, Part

BOTH = pytest.mark.parametrize("width", ["wide", "phone"])


def bars(exhibit, width="wide", fills=("primary", "soft")):
    return [m for m in scene(exhibit, width).marks if isinstance(m, Box) and m.tip and m.fill in fills]


@BOTH
def test_the_bars_of_a_funnel_are_as_long_as_its_counts(width):
    found = bars(specimens.funnel(), width)[:7]

    lengths = [bar.width for bar in found]

    assert lengths == pytest.approx([lengths[0] * n / 1298 for n in (1298, 1250, 1237, 1229, 201, 135, 131)])


def test_a_funnel_says_what_part_of_the_mailed_and_of_the_step_before_went_on():
    rows = data_table(specimens.funnel()).rows

    assert rows[2] == ("Mailed", "1,237", "–", "99.0%", "–", "–")
    assert rows[5] == ("Answered a question", "135", "10.9%", "67.2%", "–", "–")
    assert plate(specimens.funnel()).title == "Of 1,237 mailed, 131 finished (10.6%)"
    assert "response rate" in plate(specimens.funnel()).how_to_read[0]


@BOTH
def test_a_question_that_fewer_than_ten_were_asked_tells_no_number(width):
    exhibit = specimens.funnel()
    *known, few = specimens.ITEMS
    others = specimens.public(replace(exhibit.funnel, items=(*known, replace(few, answered=2))))

    assert data_table(exhibit).rows[-1][1:] == ("[c]", "–", "–", "[c]", "[c]")
    assert scene(exhibit, width) == scene(replace(exhibit, funnel=others), width)
    assert plate(exhibit).description == plate(replace(exhibit, funnel=others)).description


def test_a_question_stands_under_the_steps_with_who_was_asked_it_and_empty_cells_are_not_read_out():
    exhibit = specimens.funnel()

    assert data_table(exhibit).rows[7][1:] == ("135", "–", "–", "201", "67%")
    assert "beyond your hours?: people 135, Asked 201, Of asked 67%." in plate(exhibit).description
    assert "–" not in plate(exhibit).description


def test_an_open_poll_is_said_to_be_so_far_and_a_step_may_be_unmeasured():
    words = " ".join(plate(specimens.funnel_open()).in_sight)

    assert "So far; counts from answers are rounded down to fives." in words
    assert data_table(specimens.funnel_open()).rows[3] == (
        "Accepted by the mail server", "not measured", "–", "–",
    )  # fmt: skip


@BOTH
def test_the_line_of_the_workforce_stands_on_the_scale_of_the_bars(width):
    picture = scene(specimens.workforce(), width)

    bar = next(m for m in picture.marks if isinstance(m, Box) and m.tip.startswith("Newly qualified"))
    line = next(m for m in picture.marks if isinstance(m, Rule) and m.thickness == 3 and m.y1 > bar.y - 20)

    share = 120 / 1086
    assert (line.x1 - bar.x) / bar.width == pytest.approx(0.22 / share)


def test_where_answers_are_counted_the_panel_is_a_ring_and_points_are_of_the_answers():
    exhibit = specimens.workforce_answered()

    rings = [m for m in scene(exhibit).marks if isinstance(m, Dot) and m.ring and m.tip]

    assert len(rings) == 5
    assert data_table(exhibit).head == ("Category", "Answered", "Panel", "Workforce", "Points")
    assert data_table(exhibit).rows[0] == ("Newly qualified", "9%", "11%", "22%", "−13")


def test_without_targets_there_is_no_workforce():
    plate_ = plate(specimens.panel_alone())

    assert "workforce" not in (plate_.title + plate_.description).lower()


def test_who_did_not_say_and_where_the_workforce_is_from_are_in_sight():
    words = " ".join(plate(specimens.workforce()).in_sight)

    assert "Role: 1,086 members (31 did not say). Region: 780 members." in words
    assert "Workforce: Workforce return 2022." in words


def test_the_level_of_the_workforce_crosses_the_panels_that_have_one():
    picture = scene(specimens.composition())

    levels = [m for m in picture.marks if isinstance(m, Path) and m.dashed and m.thickness == 2]

    assert len(levels) == 2 + 1  # with that of the key


@BOTH
def test_a_day_with_fewer_than_ten_members_is_not_drawn(width):
    exhibit = specimens.composition_of_a_day()

    assert data_table(exhibit).rows[0] == ("1 January 2022", "[c]", "[c]")
    assert not [m for m in scene(exhibit, width).marks if isinstance(m, Dot)]


def test_nothing_to_show_is_refused():
    nobody = FieldComposition("role", "Role", (), 0, None)

    with pytest.raises(ValueError, match="at least one category"):
        WorkforceExhibit(day=date(2022, 1, 1), fields=(nobody,), source="x")
    with pytest.raises(ValueError, match="a category and a day"):
        CompositionExhibit(composition=CompositionOverTime("role", "Role", (), (), (), ()), source="x")


def test_a_share_that_is_not_known_is_not_drawn():
    parts = (Part("a", None, None, None, None, 0.4), Part("b", 20, None, 1.0, None, None))
    field = FieldComposition("role", "Role", parts, 20, None)
    exhibit = WorkforceExhibit(day=date(2022, 1, 1), fields=(field,), source="x")

    assert [bar.tip for bar in bars(exhibit)] == ["b: 100%"]
    assert data_table(exhibit).rows[0] == ("a", "–", "40%", "–")
