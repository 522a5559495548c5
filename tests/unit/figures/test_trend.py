"""Trends: what is joined by a line, what is left out and said to be, and that nothing is claimed."""

import re
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
import specimens_waves as specimens
from boxes import crossing, outside, overlapping, said, squeezed
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.figures import TrendExhibit, axes, data_table, plate
from canvass.figures.draw import scene
from canvass.figures.events import Flags
from canvass.figures.scene import Dot, Path
from canvass.instrument.model import Scale
from canvass.tables import Event
from canvass.tables.disclosure import Audience, release

BOTH = pytest.mark.parametrize("width", ["wide", "phone"])
CLAIMS = re.compile(r"\b(rose|fell|higher|lower|more|less|increase|decrease|changed from|up|down)\b")


def lines(exhibit, width="wide"):
    """The drawn lines, without upright ones."""
    found = (m for m in scene(exhibit, width).marks if isinstance(m, Path) and not m.fill and not m.dashed)
    return list(found)


def test_no_line_joins_two_wordings_or_leaps_over_a_wave_that_is_not_shown():
    found = specimens.waves([100, 100, 20, 100, 100, 100, 100], breaks=(5,))
    exhibit = TrendExhibit(trends=(specimens.rated("happy", [6.0] * 7, found),), source="x")

    assert [len(path.points) for path in lines(exhibit)] == [2, 2, 2]
    assert sum(m.dashed for m in scene(exhibit).marks if isinstance(m, Path)) == 1
    assert "the wording changed" in " ".join(plate(exhibit).in_sight)


@pytest.mark.parametrize(("base", "people", "mark"), [(24, "24", "[u]"), (8, "[c]", "[c]")])
def test_a_wave_with_too_few_people_is_not_drawn_and_has_its_mark_in_the_table(base, people, mark):
    found = specimens.waves([100, base, 100])
    (trend,) = release([specimens.rated("happy", [6.0, 9.9, 6.0], found)], Audience.PUBLIC)
    exhibit = TrendExhibit(trends=(trend,), source="x")

    everything = said(scene(exhibit)) + plate(exhibit).description

    assert data_table(exhibit).rows[1][2:5] == (people, mark, mark)
    assert "9.9" not in everything
    assert len([m for m in scene(exhibit).marks if isinstance(m, Dot) and m.tip]) == 2
    assert any(words.endswith("1 of 3 waves") and mark in words for words in plate(exhibit).marks)


@pytest.mark.parametrize("name", specimens.SPECIMENS)
def test_a_drafted_title_compares_nothing(name):
    assert not CLAIMS.search(plate(specimens.SPECIMENS[name]()).title)


def test_the_sentence_that_was_given_is_the_title():
    assert (
        plate(specimens.well_being(title="No clear change since 2020 ")).title == "No clear change since 2020"
    )


def test_the_four_questions_share_their_axes_and_each_says_which_way_is_better():
    texts = [text.words for text in scene(specimens.well_being()).texts()]

    assert texts.count("Higher is better") == 3
    assert texts.count("Lower is better") == 1
    assert texts.count("April 2020") == texts.count("9") == 4
    assert "The axes run from 4 to 9, not from 0 to 10." in " ".join(plate(specimens.well_being()).in_sight)


def test_a_change_stands_in_the_table_with_its_sign_and_p():
    row = data_table(specimens.one_line()).rows[-1]

    assert row[-2:] == ("−0.3", "0.420")


def test_an_event_outside_of_the_waves_is_named_as_outside():
    inside, outside_ = Event(date(2021, 1, 5), "In"), Event(date(2019, 1, 5), "Before")
    flags = Flags((inside, outside_), date(2020, 1, 1), date(2021, 6, 1), alone=True)

    assert flags.sentence() == "Marked: In, 5 January 2021. Outside of the picture: Before, 5 January 2019."


def test_a_statistic_that_no_trend_has_is_refused():
    with pytest.raises(ValueError, match="no line of the statistic “share”"):
        replace(specimens.one_line(), statistic="share")


@given(st.integers(-5, 5), st.integers(1, 120), st.lists(st.floats(0, 1), min_size=1, max_size=9))
def test_an_axis_of_ratings_holds_every_value_in_whole_steps_and_half_of_the_scale(start, length, parts):
    values = [start + part * length for part in parts]

    axis = axes.of_ratings(values, Scale(start, start + length))

    assert start <= axis.low <= min(values)
    assert max(values) <= axis.high <= start + length
    assert axis.high - axis.low >= length / 2
    assert 2 <= len(axis.ticks) <= 7
    assert axis.ticks[-1] == axis.high


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=9))
def test_an_axis_of_promoter_scores_holds_every_value_and_nought(values):
    axis = axes.of_promoter_scores(values)

    assert axis.low <= min(*values, 0) <= max(*values, 0) <= axis.high
    assert 2 <= len(axis.ticks) <= 8


LABELS = ("Lockdown", "A very long event that goes on " * 4, "ŵyn a thŷ", "עברית ארוכה", "x" * 90, "Second")


def any_trend(chance):
    """A series of waves with any gaps, breaks, events and bases."""
    count = chance.randint(1, 30)
    bases = chance.choices([3, 20, 40, 80, 150], k=count)
    values = [chance.choice([None, *(chance.uniform(0, 10) for _ in range(9))]) for _ in range(count)]
    breaks = tuple(chance.sample(range(1, 30), chance.randint(0, 2)))
    found = specimens.waves(bases, breaks, every=chance.choice([14, 45, 200]))
    days = [date(2020, 1, 1) + timedelta(days=chance.randint(0, 1200)) for _ in range(chance.randint(0, 5))]
    events = tuple(
        Event(day, chance.choice(LABELS), chance.choice([None, day + timedelta(days=90)])) for day in days
    )
    return specimens.rated("satisfied", values, found, events)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**9), st.sampled_from(["wide", "phone"]))
def test_any_trend_is_drawn_whole(seed, width):
    chance = Random(seed)
    found = tuple(any_trend(chance) for _ in range(chance.choice([1, 1, 2, 4, 5])))

    picture = scene(TrendExhibit(trends=found, source="a poll"), width)

    assert outside(picture) == overlapping(picture) == crossing(picture) == []
    assert all(squeezed(event.label) in said(picture) for trend in found for event in trend.events)
