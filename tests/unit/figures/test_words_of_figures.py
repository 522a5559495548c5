"""Captions, data tables and descriptions: every number in words, and the base that it is of."""

import itertools
from dataclasses import replace

import gallery
import pytest
import specimens
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.figures import caption, data_table, description, draw, figure, likert, measure
from canvass.figures.exhibit import Exhibit, shares
from canvass.tables import wording
from canvass.tables.disclosure import Audience, release
from canvass.tables.values import Caution


def test_the_base_says_how_many_of_those_asked():
    assert caption.base(specimens.single()) == "Base: 135 of 135 asked."


def test_a_number_asked_under_ten_is_not_said():
    assert caption.base(of_few(specimens.single(), 1)) == "Base: fewer than 10 asked."


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 9),
    st.integers(0, 9),
    st.sampled_from([specimens.single, specimens.choose_all, specimens.likert_grid]),
)
def test_nothing_of_a_figure_tells_one_number_asked_under_ten_from_another(asked, other, specimen):
    said, also = (everything_said(of_few(specimen(), number)) for number in (asked, other))

    assert said == also


def of_few(exhibit, asked):
    """The same item as a follow-up that so few were asked, who all answered."""
    few = {"base": asked, "asked": asked, "caution": Caution.NO_FIGURE, "not_answered": 0}
    lines = release((replace(line, **few) for line in exhibit.toplines), Audience.PUBLIC)
    return replace(exhibit, toplines=lines)


def everything_said(exhibit):
    words = caption.in_sight(exhibit), caption.how_to_read(exhibit), caption.marks(exhibit)
    lines = [(caption.row_base(line), caption.line_note(exhibit, line)) for line in exhibit.toplines]
    return words, lines, description(exhibit), data_table(exhibit), figure(exhibit), draw(exhibit)


def test_an_unknown_number_asked_is_admitted():
    assert caption.base(specimens.grid_rating()) == "Base: 197 (the number asked is not known)."


def test_choose_all_says_that_percentages_add_to_more_than_a_hundred():
    assert "percentages add to more than 100" in caption.base(specimens.choose_all())


def test_means_are_of_those_to_whom_the_question_applies():
    words = caption.base(specimens.rating_not_applicable())

    assert words == (
        "Base: 135 of 135 asked. Means are of the 110 people to whom it applies; "
        "“I have none” counts in the per cents."
    )


def test_different_bases_are_shown_line_by_line():
    exhibit = specimens.likert_grid()

    assert caption.base(exhibit).startswith("Base: 134 to 135 of 135 asked, as shown for each line.")
    assert [caption.line_note(exhibit, line) for line in exhibit.toplines][1] == "134 of 135 asked"


def test_a_line_whose_number_asked_is_not_known_says_how_many_answered():
    exhibit = specimens.grid_rating()
    other = replace(exhibit.toplines[0], base=150)

    mixed = replace(exhibit, toplines=(other, *exhibit.toplines[1:]))

    assert caption.line_note(mixed, other) == "150 answered"


def test_the_second_layer_has_interval_correction_and_self_selection():
    words = " ".join(caption.how_to_read(specimens.single()))

    assert "95% interval, if those who answered were a random part of the panel" in words
    assert "1,237 people mailed" in words
    assert "American Association for Public Opinion Research" in words
    assert "margin of sampling error" not in " ".join(caption.in_sight(specimens.single()))


def test_an_import_without_a_number_mailed_says_that_nothing_was_corrected():
    assert "No finite population correction" in " ".join(caption.how_to_read(specimens.grid_rating()))


@pytest.mark.parametrize("name", gallery.SPECIMENS)
def test_every_cell_of_the_table_that_says_something_is_in_the_description(name):
    exhibit = gallery.SPECIMENS[name]()
    table = data_table(exhibit)

    words = description(exhibit)

    assert all(cell in words for row in table.rows for cell in row if cell != wording.ABSENT)
    assert all(len(row) == len(table.head) for row in table.rows)


@pytest.mark.parametrize("name", ["single", "choose-all", "likert-single", "grid-single", "ranking"])
def test_every_share_that_is_drawn_is_in_the_table(name):
    exhibit = gallery.SPECIMENS[name]()

    cells = {cell for row in data_table(exhibit).rows for cell in row}

    assert all(wording.percent(f.estimate) in cells for line in exhibit.toplines for f in shares(line))


def test_the_table_keeps_poll_order_and_never_chosen_options():
    rows = data_table(specimens.single_not_applicable()).rows

    assert [row[0] for row in rows][-2:] == ["daily", "not applicable"]
    assert rows[-2][1:3] == ("0", "0%")


def test_small_bases_have_counts_and_a_mark_instead_of_per_cents():
    assert data_table(specimens.single(23)).rows[0] == ("every week", "15", "[u]", "[u]")


def test_an_exhibit_without_toplines_or_with_too_many_is_refused():
    one = specimens.single()

    with pytest.raises(ValueError, match="at least one"):
        Exhibit("key", (), source=one.source, first_day=one.first_day, last_day=one.last_day)
    with pytest.raises(ValueError, match="only a grid"):
        replace(one, toplines=one.toplines * 2)


def test_a_page_has_a_third_picture_for_print_where_colours_need_patterns_there():
    assert figure(specimens.likert_grid()).count("<svg") == 3
    assert 'class="figure-print"' in figure(specimens.likert_grid())
    assert figure(specimens.single()).count("<svg") == 2


def test_the_positive_pole_lies_right_whichever_end_the_poll_offers_first():
    line = specimens.likert_single().toplines[0]

    assert likert.ordered(line)[0].label == "very unconfident"
    assert wording.percent(likert.net(likert.poles(line)[2])) == "57%"


@pytest.mark.parametrize("count", range(1, 10))
def test_there_is_a_tone_for_each_point_of_an_opinion_scale(count):
    tones = likert.tones(count)

    assert len(tones) == count
    assert (tones[count // 2] == "neutral") == (count % 2 == 1)


@given(st.text(min_size=1, max_size=200), st.integers(60, 700))
def test_wrapped_text_loses_nothing_but_spaces_and_fits(text, limit):
    lines = measure.wrap(text, limit, 16)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure.width(line, 16) <= limit + 40 for line in lines)


def test_digits_count_as_wide_as_in_a_table():
    assert measure.width("1", 100) == measure.width("0", 100) == 70


def test_words_break_at_spaces_and_after_hyphens():
    assert measure.wrap("time off in lieu", 90, 16) == ("time off in", "lieu")
    assert measure.wrap("decision-making", 80, 16) == ("decision-", "making")


def test_balanced_lines_are_no_more_and_of_nearly_equal_width():
    text = "Two in three people who answered exceed their core hours every week"

    lines = measure.balance(text, 600, 24, 700)

    widths = [measure.width(line, 24, 700) for line in lines]
    assert len(lines) == len(measure.wrap(text, 600, 24, 700))
    assert all(abs(a - b) < 120 for a, b in itertools.pairwise(widths))
