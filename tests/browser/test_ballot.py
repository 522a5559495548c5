"""The ballot in a real Chromium at 390 px: by touch, by keyboard, without JavaScript, accessible."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright
from tests.ballotserver import serving
from tests.unit.fieldwork.stores import sqlite_place
from tests.waiting import PATIENCE

from canvass import instrument

pytestmark = pytest.mark.browser
TEXT = (Path(__file__).parent / "kinds.yaml").read_text()
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ONE_THING, ONE_PAGE, LONG_WORD = 1, 2, 3


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def server():
    with sqlite_place() as place, serving(place.folder) as server:
        for poll, layout in ((ONE_THING, "one_thing"), (ONE_PAGE, "one_page")):
            place.add_poll(poll)
            place.add_version(instrument.load(TEXT.replace("one_thing", layout)), poll)
        place.add_poll(LONG_WORD)
        place.add_version(instrument.load(TEXT.replace("Something else", LONG)), LONG_WORD)
        server.place, server.members = place, iter(range(1, 100))
        yield server


@pytest.fixture
def link(server):
    who = server.place.add_member(next(server.members))
    return lambda poll=ONE_THING: server.link(who, poll)


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, has_touch=True, java_script_enabled=False
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    context.close()


def press(page, name):
    """Press a button of the ballot and wait for the page that it brings."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_every_kind_is_answered_by_touch_without_javascript(phone, link):
    phone.goto(link())
    press(phone, "Start")
    for tapped in (["Once a fortnight"], ["TOIL", "Flexitime"], ["7"], ["Effective"], ["10"]):
        for label in tapped:
            phone.locator("label", has_text=label).first.tap()
        press(phone, "Next")
    phone.get_by_label("First").select_option("Hours")
    press(phone, "Next")
    phone.get_by_role("textbox").fill("19")
    press(phone, "Next")
    phone.get_by_role("textbox").fill("More time")
    press(phone, "Finish")

    expect(phone.get_by_role("heading")).to_have_text("Thank you. Your answers are in.")


def test_the_keyboard_alone_goes_through(phone, link):
    phone.goto(link())
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("1 of 8")).to_be_visible()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")

    expect(phone.get_by_text("2 of 8")).to_be_visible()


def test_back_shows_the_answer_again_and_clear_takes_it_away(phone, link):
    phone.goto(link())
    press(phone, "Start")
    phone.get_by_label("Never").check()
    press(phone, "Next")
    press(phone, "Back")

    expect(phone.get_by_label("Never")).to_be_checked()
    press(phone, "Clear my answer")
    expect(phone.get_by_label("Never")).not_to_be_checked()


def test_the_browsers_own_back_shows_the_page_without_asking(phone, link):
    phone.goto(link())
    press(phone, "Start")
    press(phone, "Next")
    phone.go_back()

    expect(phone.get_by_text("1 of 8")).to_be_visible()


def test_on_one_page_a_follow_up_appears_with_the_answer_that_asks_it(phone, link):
    phone.goto(link(ONE_PAGE))
    press(phone, "Start")
    follow_up = phone.get_by_role("heading", name="What would help most?")

    expect(follow_up).to_be_hidden()
    phone.get_by_label("Every week").check()
    expect(follow_up).to_be_visible()


@pytest.mark.parametrize("poll", [ONE_THING, ONE_PAGE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit_320_px(browser, link, poll, scheme):
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    page = context.new_page()
    page.goto(link(poll))
    press(page, "Start")

    for _ in range(7 if poll == ONE_THING else 1):
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        with page.expect_navigation():
            page.locator("button.go").click()
    context.close()


def test_a_long_word_is_broken_and_start_stands_clear_of_the_answers(browser, link):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(link(LONG_WORD) + "?a=0")
    last, start = (page.locator(name).bounding_box() for name in (".apart .card", "button.go"))

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert start["y"] - last["y"] - last["height"] >= 16
    context.close()
