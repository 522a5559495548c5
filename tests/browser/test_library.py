"""Library, Figures tab and publishing in a real browser: accessible, within the page, without script."""

import re

import pytest
from tests.browser.conftest import overflow, press, violations
from tests.unit.library.conftest import (  # noqa: F401
    answered,
    counted,
    january,
    no_files_left,
    published,
    published_january,
)
from tests.unit.polls.conftest import ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

from canvass.library.models import Publication

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
POLL = "/library/workers/working-hours-2022-01/"
PUBLIC = ("/library/workers/", "/library/workers/?q=zebra&first=never", POLL, f"{POLL}overtime_frequency/")
DESK = "/desk/workers/"
FIGURES = f"{DESK}polls/waiting/figures"
PUBLISH = f"{DESK}polls/waiting/publish"
TEAM = (f"{DESK}library/", FIGURES, PUBLISH)


@pytest.fixture
def waiting(counted):  # noqa: F811
    return counted("waiting", title="Waiting to be published").poll


def test_axe_finds_nothing_on_the_public_pages(open_page, published_january):  # noqa: F811
    for path in PUBLIC:
        for width, scheme in ((390, "dark"), (1280, "light")):
            page = open_page(path, width=width, color_scheme=scheme)
            assert (path, width, violations(page)) == (path, width, [])


def test_axe_finds_nothing_on_an_empty_library(open_page, panel):  # noqa: F811
    assert violations(open_page("/library/workers/")) == []
    assert violations(open_page(f"{DESK}library/", team=True)) == []


def test_axe_finds_nothing_on_the_teams_pages(open_page, published_january, waiting):  # noqa: F811
    for path in TEAM:
        for width, scheme in ((390, "light"), (1280, "dark")):
            page = open_page(path, width=width, color_scheme=scheme, team=True)
            assert (path, width, violations(page)) == (path, width, [])


def test_nothing_runs_over_the_edge_of_a_page_320_pixels_wide(open_page, published_january, waiting):  # noqa: F811
    for path in PUBLIC:
        assert (path, overflow(open_page(path, width=320))) == (path, 0)
    for path in TEAM:
        assert (path, overflow(open_page(path, width=320, team=True))) == (path, 0)


def test_a_reader_without_script_searches_and_comes_to_a_figure(open_page, published_january):  # noqa: F811
    page = open_page("/library/workers/", java_script_enabled=False, width=390)

    page.get_by_label("Words").fill('"contracted hours"')
    press(page, "button", "Search")
    press(page, "link", re.compile("Two in three people who answered"))

    assert page.url.endswith("/overtime_frequency/")
    assert page.get_by_text("135 took part (10.9%), 135 answered this question.").is_visible()
    assert page.locator(".figure-phone svg").is_visible()
    assert not page.locator(".figure-wide").is_visible()


def test_the_picture_follows_the_width_of_the_page(open_page, published_january):  # noqa: F811
    page = open_page(POLL, width=1280)

    assert page.locator(".figure-wide").first.is_visible()
    assert not page.locator(".figure-phone").first.is_visible()


def test_the_team_words_a_title_and_publishes_without_script(open_page, waiting):
    page = open_page(FIGURES, java_script_enabled=False, team=True)

    page.locator("#hours").get_by_text("Word the title").click()
    page.locator("#hours_title").fill("Most of us work late")
    with page.expect_navigation():
        page.locator("#hours").get_by_role("button", name="Save the title").click()
    press(page, "link", "Publish …")
    press(page, "button", "Publish")

    assert page.get_by_text("Waiting to be published is published.").is_visible()
    assert Publication.objects.get().figures.get(address="hours").title == "Most of us work late"


def test_a_reader_gets_everything_by_keyboard(open_page, published_january):  # noqa: F811
    page = open_page(f"{POLL}overtime_frequency/")

    reached = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.innerText"))

    assert {"Numbers (CSV)", "Picture (SVG)", "How to read this", "Numbers as a table", "BibTeX"} <= reached
