"""Pictures: what is in them, that nothing is clipped or hidden, and that they never change unseen."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import gallery
import make_golden
import pytest
import specimens
from boxes import crossing, outside, overlapping, said, squeezed
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass.figures import data_table, description, draw, nets
from canvass.figures.draw import scene
from canvass.figures.exhibit import shows_counts
from canvass.figures.scene import Box, Rule
from canvass.figures.tokens import contrast
from canvass.instrument.model import Item, Kind, Option, Row, Scale
from canvass.tables.disclosure import Audience, release
from canvass.tables.values import Caution

BOTH = pytest.mark.parametrize("width", ["wide", "phone"])
EACH = pytest.mark.parametrize("name", gallery.SPECIMENS)
PICTURES = make_golden.pictures()
SVG = "{http://www.w3.org/2000/svg}"


@EACH
@BOTH
def test_no_text_lies_over_another(name, width):
    assert overlapping(scene(gallery.SPECIMENS[name](), width)) == []


@EACH
@BOTH
def test_no_mark_cuts_through_text(name, width):
    assert crossing(scene(gallery.SPECIMENS[name](), width)) == []


@EACH
@BOTH
def test_nothing_reaches_beyond_the_picture(name, width):
    assert outside(scene(gallery.SPECIMENS[name](), width)) == []


@pytest.mark.parametrize("file", PICTURES)
def test_a_picture_is_the_golden_one_byte_for_byte(file):
    golden = (make_golden.FOLDER / file).read_text(encoding="utf-8")

    assert PICTURES[file] == golden


@EACH
def test_the_picture_is_well_formed_and_described(name):
    exhibit = gallery.SPECIMENS[name]()

    root = ElementTree.fromstring(draw(exhibit))

    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text == description(exhibit)
    assert root.get("aria-labelledby") == root.find(f"{SVG}title").get("id")


def test_there_is_no_script_style_or_outside_reference():
    picture = draw(specimens.grid_single(), theme="css")

    assert not re.search(r"<script|<style|style=|href=|https?://(?!www\.w3\.org/2000/svg)", picture)


def test_text_of_a_member_or_author_is_never_markup():
    label = '</text><script>alert(1)</script>&"\x00\x0b\ud800'
    item = Item("x", Kind.SINGLE, f"Why? {label}", options=(Option(label, label), Option("no", "no")))
    exhibit = specimens.exhibit(
        specimens.topline(item, {label: 70, "no": 60}, 130), source=label, brand="<b>"
    )

    root = ElementTree.fromstring(draw(exhibit))

    assert not root.findall(f".//{SVG}script")
    assert "<script>" in "".join(root.itertext())


@EACH
def test_print_lays_a_plate_under_numbers_on_patterns_and_under_nothing_else(name):
    picture = draw(gallery.SPECIMENS[name](), theme="print")

    plated = re.findall(r'<text [^>]*stroke="(#\w+)"[^>]* fill="(#\w+)"', picture)

    assert all(contrast(plate, words) >= 4.5 for plate, words in plated)


def test_css_takes_its_colours_from_the_page():
    picture = draw(specimens.single(), theme="css")

    assert 'fill="var(--primary)"' in picture
    assert "#00626b" not in picture


def test_ids_differ_between_layouts_so_that_both_fit_on_one_page():
    exhibit = specimens.grid_single()

    ids = [re.findall(r' id="([^"]+)"', draw(exhibit, width)) for width in ("wide", "phone")]

    assert len(ids[0]) == 3
    assert not set(ids[0]) & set(ids[1])


def test_whiskers_stay_inside_the_axis():
    picture = scene(specimens.choose_all())

    whiskers = [m for m in picture.marks if isinstance(m, Rule) and m.thickness == 2]

    assert whiskers
    assert all(366 - 0.01 <= m.x1 <= m.x2 <= 652 + 0.01 for m in whiskers)


def test_a_whisker_is_light_inside_the_dark_bar_and_ink_outside_it():
    picture = scene(specimens.single())

    whiskers = [m for m in picture.marks if isinstance(m, Rule) and m.thickness == 2][:2]

    assert [mark.colour for mark in whiskers] == ["on-primary", "ink"]


def test_the_exclusive_answer_stands_last_and_apart():
    texts = [text.words for text in scene(specimens.choose_all()).texts()]

    assert texts.index("none of these") > texts.index("sabbaticals") > texts.index("TOIL")


def test_what_does_not_apply_is_hatched():
    fills = {mark.fill for mark in scene(specimens.single_not_applicable()).marks if isinstance(mark, Box)}

    assert "hatch" in fills
    assert "<pattern" in draw(specimens.single_not_applicable())


def test_not_applicable_is_no_point_of_a_scale():
    texts = [text.words for text in scene(specimens.rating_not_applicable()).texts()]

    assert "not_applicable" not in texts
    assert "10" in texts


@BOTH
def test_both_sides_of_an_opinion_scale_begin_at_one_line_and_the_neutral_answer_stands_apart(width):
    picture = scene(specimens.likert_grid(), width)
    parts = [m for m in picture.marks if isinstance(m, Box) and m.tip]
    (zero,) = {m.x1 for m in picture.marks if isinstance(m, Rule) and m.thickness == 1.5}

    ends = {round(m.x + m.width + 2 - zero, 2) for m in parts if m.fill == "accent-soft"}
    starts = {round(m.x - zero, 2) for m in parts if m.fill == "primary-soft"}
    neutral = {m.x for m in parts if m.fill == "neutral"}

    assert ends == starts == {1.0}  # each part leaves a gap of 2 px, in which the line stands
    assert len(neutral) == 1
    assert neutral.pop() > max(m.x + m.width for m in parts if m.fill == "primary")


def test_the_net_of_an_opinion_scale_has_its_interval_where_it_was_counted():
    texts = [text.words for text in scene(specimens.likert_grid()).texts()]

    assert texts[texts.index("68%") + 1] == "60 to 76"
    assert "(60 to 76)" in " ".join(text.words for text in scene(specimens.likert_grid(), "phone").texts())
    assert nets(specimens.likert_grid().item)[0].label == "effective or very effective"
    assert nets(specimens.single().item) == ()


@BOTH
def test_a_ranking_shows_who_put_an_answer_first_inside_of_who_put_it_among_the_first(width):
    marks = [m for m in scene(specimens.ranking(), width).marks if isinstance(m, Box) and m.tip]
    among, first = marks[:2]

    assert (among.fill, first.fill, among.x) == ("neutral", "primary", first.x)
    assert first.width / among.width == pytest.approx(52 / 82)


@BOTH
def test_a_promoter_score_has_its_groups_its_score_and_its_interval(width):
    texts = [text.words for text in scene(specimens.promoters(), width).texts()]
    fills = [m.fill for m in scene(specimens.promoters(), width).marks if isinstance(m, Box) and m.tip]

    assert fills == ["accent"] * 7 + ["neutral"] * 2 + ["primary"] * 2
    assert "Net promoter score −12.5 (−24.5 to −0.5)" in texts
    assert "Promoters, 9 to 10: 25%" in texts


@BOTH
def test_from_ten_to_twenty_nine_people_there_are_counts_and_no_per_cent(width):
    words = said(scene(specimens.single(23), width))

    assert "15people" in words
    assert "%" not in words
    assert "[u]Countsonly" in words


@BOTH
def test_under_ten_people_nothing_is_drawn_and_the_base_is_not_told(width):
    exhibit = specimens.single(7)

    words = said(scene(exhibit, width))

    assert "Fewerthan10peopleanswered" in words
    assert "Base:fewerthan10of135asked" in words
    assert "%" not in words
    assert all(set(row[1:]) == {"[c]"} for row in data_table(exhibit).rows)


@pytest.mark.parametrize(("base", "mark"), [(40, "[u]Verysmallbase"), (80, "Smallbase")])
def test_small_bases_are_marked_in_plain_ink(base, mark):
    texts = scene(specimens.single(base)).texts()

    found = [text for text in texts if text.words.replace(" ", "").startswith(mark)]

    assert [text.colour for text in found] == ["ink"]


def test_a_line_of_a_grid_with_few_people_says_so_and_draws_nothing():
    full, row = specimens.grid_rating(), Row("few", "Few people")
    few = specimens.topline(full.item, {"10": 12}, 12, 20, row, more=(specimens.mean(10, 12),))
    exhibit = specimens.exhibit(*full.toplines, few)

    picture = scene(exhibit)

    assert "No mean from fewer than 30" in [text.words for text in picture.texts()]
    assert overlapping(picture) == []


words = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40).filter(str.strip)
tough = st.one_of(
    words,
    st.just("עברית ועוד קצת טקסט ארוך מאוד שצריך להישבר"),
    st.just("👩🏽‍⚕️ and 👨‍👩‍👧‍👦 " * 6),
    st.just("Donaudampfschifffahrtsgesellschaft" * 8),
    st.just("a label of many quite ordinary words " * 8),
    st.just("Cynghorwyr Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch, ŵyn a thŷ"),
    st.just("تسجيل الحالات والاجتماعات مع الخدمات الأخرى كل أسبوع"),
)
labels = st.lists(tough, min_size=1, max_size=8, unique=True)


@st.composite
def single_exhibits(draw_from, kind=None):
    """Any single choice, choose-all or ranking with any labels and counts."""
    names = draw_from(labels)
    chosen = kind or draw_from(st.sampled_from([Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING]))
    base = draw_from(st.integers(0, 3000))
    options = tuple(Option(f"o{i}", name) for i, name in enumerate(names))
    likert = chosen is Kind.SINGLE and len(names) in (3, 5, 7) and draw_from(st.booleans())
    counts = {o.id: draw_from(st.integers(0, base // len(names))) for o in options}
    item = Item(
        "q", chosen, draw_from(tough), options=options, likert=likert, not_applicable="does not apply"
    )
    absent = base - sum(counts.values()) if chosen is Kind.SINGLE else 0
    return specimens.exhibit(specimens.topline(item, counts, base, None, not_applicable=absent))


@settings(max_examples=60, deadline=None)
@given(single_exhibits(), st.sampled_from(["wide", "phone"]))
def test_any_choice_is_drawn_whole(exhibit, width):
    picture = scene(exhibit, width)

    assert outside(picture) == overlapping(picture) == crossing(picture) == []
    if shows_counts(exhibit.toplines[0]):
        assert all(squeezed(option.label) in said(picture) for option in exhibit.item.options)


@st.composite
def grid_exhibits(draw_from):
    """Any grid of choices or ratings, with lines of very different bases."""
    kind = draw_from(st.sampled_from([Kind.GRID_SINGLE, Kind.GRID_RATING]))
    rows = tuple(Row(f"r{i}", name) for i, name in enumerate(draw_from(labels)))
    names = draw_from(labels) if kind is Kind.GRID_SINGLE else [str(i) for i in range(11)]
    options = tuple(Option(f"o{i}", name) for i, name in enumerate(names))
    scale = Scale(0, 10, "low", "high") if kind is Kind.GRID_RATING else None
    likert = kind is Kind.GRID_SINGLE and draw_from(st.booleans())
    item = Item(
        "q", kind, "Which?", options=options if scale is None else (), rows=rows, scale=scale, likert=likert
    )
    ids = [o.id for o in options] if scale is None else names
    return specimens.exhibit(*(any_line(draw_from, item, row, ids) for row in rows))


def any_line(draw_from, item, row, ids):
    base = draw_from(st.sampled_from([0, 9, 12, 40, 77, 500]))
    counts = {one: draw_from(st.integers(0, base // len(ids))) for one in ids}
    more = (specimens.mean(draw_from(st.floats(0.5, 9.5)), base),) if item.scale else ()
    return specimens.topline(item, counts, base, 600, row, more=more)


@settings(max_examples=60, deadline=None)
@given(grid_exhibits(), st.sampled_from(["wide", "phone"]))
def test_any_grid_is_drawn_whole(exhibit, width):
    picture = scene(exhibit, width)

    assert outside(picture) == overlapping(picture) == crossing(picture) == []
    if any(shows_counts(topline) for topline in exhibit.toplines):
        assert all(squeezed(row.label) in said(picture) for row in exhibit.item.rows)


@BOTH
@pytest.mark.parametrize("name", ["likert-grid", "grid-single", "grid-rating", "grid-many-columns"])
def test_a_line_whose_numbers_were_withheld_is_drawn_without_them(name, width):
    full = gallery.SPECIMENS[name]()
    few = replace(full.toplines[0], base=3, caution=Caution.NO_FIGURE)
    released = release((few, *full.toplines[1:]), Audience.PUBLIC)

    picture = scene(replace(full, toplines=released), width)

    assert squeezed(few.row.label) in said(picture)
    assert overlapping(picture) == []


@BOTH
def test_sixty_long_options_have_room(width):
    names = [f"{i}: " + "an option with very many words " * 10 for i in range(60)]
    item = Item("q", Kind.SINGLE, "Which?", options=tuple(Option(n, n) for n in names))

    picture = scene(specimens.exhibit(specimens.topline(item, dict.fromkeys(names, 3), 180)), width)

    assert overlapping(picture) == []
    assert all(squeezed(name) in said(picture) for name in names)


def test_a_line_too_few_people_are_concerned_by_says_how_many_beside_its_larger_base():
    item = Item(
        "help", Kind.GRID_RATING, "How much did it help?", scale=Scale(), not_applicable="I had none",
        rows=(Row("one", "One"), Row("two", "Two")),
    )  # fmt: skip
    few = specimens.topline(
        item, {"5": 26}, 34, row=item.rows[0], not_applicable=8, more=(specimens.mean(5, 26),)
    )
    many = specimens.topline(item, {"5": 60}, 60, row=item.rows[1], more=(specimens.mean(5, 60),))

    words = "".join(ElementTree.fromstring(draw(specimens.exhibit(few, many))).itertext())

    assert "34 of 135 asked" in words
    assert "No mean: it applies to 26 people" in words


def test_a_brand_that_the_source_names_is_not_said_again():
    said = [
        draw(specimens.single(source=source, brand="Our panel")).count(">Our panel<")
        for source in ("Our panel, poll “Hours”", "poll “Hours”")
    ]

    assert said == [0, 1]
