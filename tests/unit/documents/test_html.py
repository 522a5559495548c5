"""A report in one file: complete, self-contained, in order, and safe from what people typed."""

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
import sample_report

from canvass.documents import FigureBlock, Report, Section, html
from canvass.documents.questions import asked_if, how_answered

VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(HTMLParser):
    """Tags in order, text, and whether every tag was closed."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags, self.attributes, self.open, self.words = [], [], [], []
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


@pytest.fixture(scope="module")
def page():
    return html.page(sample_report.report())


def test_every_tag_is_closed_in_its_order(page):
    assert Page(page).open == []


def test_there_is_no_script_no_inline_style_and_no_request(page):
    parsed = Page(page)
    addresses = [
        v for n, v in parsed.attributes if n in ("href", "src", "xlink:href") and not v.startswith("#")
    ]

    assert "script" not in parsed.tags
    assert not [name for name, _ in parsed.attributes if name == "style" or name.startswith("on")]
    assert addresses == []
    assert not re.search(rb"url\((?!\"data:|#)|@import", page)


def test_headings_go_down_one_level_at_a_time(page):
    levels = [int(tag[1]) for tag in Page(page).tags if re.fullmatch("h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_language_is_british_english_and_one_can_skip_to_the_report(page):
    assert b'<html lang="en-GB">' in page
    assert b'<a class="skip" href="#main">' in page
    assert b'<main id="main"' in page


def test_no_id_occurs_twice(page):
    ids = [value for name, value in Page(page).attributes if name == "id"]

    assert len(ids) == len(set(ids))


def test_the_links_of_the_contents_lead_somewhere(page):
    attributes = Page(page).attributes
    targets = {value for name, value in attributes if name == "id"}

    assert {v[1:] for n, v in attributes if n == "href"} <= targets


def test_every_option_stands_in_the_order_asked_with_the_never_chosen_ones(page):
    words = " ".join(Page(page).words)
    appendix = words[words.rindex("The questions as asked") :]

    places = [
        appendix.index(option.label) for option in sample_report.instrument().item("flexible_options").options
    ]

    assert places == sorted(places)
    assert "something else" in appendix
    assert "opens a text box" in appendix


def test_the_method_sheet_and_the_dates_are_there(page):
    words = " ".join(Page(page).words)

    assert "1,237 mailed, 135 took part (10.9%)" in words
    assert "Published 10 February 2022." in words
    assert "https://panel.example/library/review-special-6" in words


def test_both_layouts_are_there_and_css_picks(page):
    assert page.count(b'<div class="figure-wide"><svg') == page.count(b'<div class="figure-phone"><svg') >= 15
    assert b".figure-phone { display: none; }" in page


def test_the_same_report_gives_the_same_bytes(page):
    assert html.page(sample_report.report()) == page


def test_what_people_typed_is_never_markup():
    nasty = "</title></style><script>alert(1)</script>\x00\ud800 \u202e"
    report = Report(nasty, (nasty,), (Section(nasty, (nasty,)),), brand=nasty, address=nasty)

    page = html.page(report)

    assert b"<script" not in page
    assert Page(page).open == []


def test_a_figure_without_a_section_before_it_is_refused():
    figure = next(block for block in sample_report.report().blocks if isinstance(block, FigureBlock))

    with pytest.raises(ValueError, match="put a Section before it"):
        replace(sample_report.report(), blocks=(figure,))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("overtime_frequency", "Choose one."),
        ("satisfied", "A whole number from 0 to 10; 0 means “not at all” and 10 means “completely”."),
        ("activity_time", "Choose one for each line."),
        ("caseload", "A number from 0 to 200 (children)."),
        ("priorities", "Put three in order."),
        ("why", "An answer in your own words."),
    ],
)
def test_each_question_says_how_it_is_answered(item, words):
    assert how_answered(sample_report.instrument().item(item)) == words


def test_routing_is_said_with_the_words_of_questions_and_options():
    instrument = sample_report.instrument()

    words = asked_if(instrument.item("priorities"), instrument)

    hours = "question 1 (“How often do you work beyond your hours?”)"
    options = "question 2 (“Which of these can front-line staff use?”)"
    life = "question 3 (“Overall, how satisfied are you with your life nowadays?”)"
    assert words == (
        f"Asked only if ({hours} was answered with “every week” or “once a fortnight” "
        f"or {options} included “TOIL”) and it does not hold that {life} was at least 5."
    )


def test_routing_on_a_line_of_a_grid_names_the_line():
    instrument = sample_report.instrument()

    words = asked_if(instrument.item("why"), instrument)

    assert "question 4 (“How much time do you spend on each of these?”, “travelling”)" in words
    assert words.endswith("was answered, but not with “too much”.")
    assert asked_if(instrument.item("satisfied"), instrument) == ""
