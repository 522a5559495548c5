"""The components in a real browser: accessible, within the page, in light and in dark."""

from datetime import UTC, datetime
from functools import partial

import pytest
from django.test import Client
from playwright.sync_api import expect
from tests.browser.conftest import overflow, press, violations

from canvass.team.models import Staff
from canvass.web.examples import COMPONENTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(client: Client) -> Client:
    staff = Staff.objects.create(
        email="ada@example.org", name="Ada", created_at=datetime(2022, 1, 18, tzinfo=UTC)
    )
    client.force_login(staff)
    return client


@pytest.fixture
def open_page(open_page):
    """A page as somebody of the team."""
    return partial(open_page, team=True)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_component(open_page, scheme, width):
    page = open_page("/components/", width=width, color_scheme=scheme)

    assert page.locator("section").count() == len(COMPONENTS)
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/components/", "/desk/log-in", "/nowhere"])
def test_nothing_runs_over_the_edge_of_a_page_320_pixels_wide(open_page, path):
    page = open_page(path, width=320)

    assert overflow(page) == 0


def test_an_open_menu_stays_within_a_page_320_pixels_wide(open_page):
    page = open_page("/components/dialog/", width=320)

    page.get_by_text("More", exact=True).click()

    expect(page.get_by_role("link", name="Copy poll")).to_be_visible()
    assert overflow(page) == 0


def test_nothing_is_cut_off_when_letters_and_lines_are_spaced_out(open_page):
    page = open_page("/components/", width=390, bypass_csp=True)

    page.add_style_tag(
        content="* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5; }"
    )

    assert overflow(page) == 0


FOCUS = """() => {
  const ring = document.activeElement.closest(".choice, .scale label") ?? document.activeElement;
  const style = getComputedStyle(ring);
  return [document.activeElement.outerHTML.slice(0, 120), style.outlineStyle, parseFloat(style.outlineWidth)];
}"""


def test_the_focus_can_be_seen_wherever_the_keyboard_goes(open_page):
    page = open_page("/components/")
    seen: dict[str, tuple[str, float]] = {}

    for _ in range(120):
        page.keyboard.press("Tab")
        element, style, width = page.evaluate(FOCUS)
        seen[element] = (style, width)

    assert len(seen) > 80
    assert {ring for element, ring in seen.items() if not element.startswith("<body")} == {("solid", 3)}


SMALL = """(least) => [...document.querySelectorAll("main :is(button, .chip, .input, .choice, a, summary)")]
  .filter((one) => one.matches(".tabs *, .pagination *") || !one.matches("a:not(.button, .chip)"))
  .filter((one) => one.checkVisibility())
  .filter((one) => one.getBoundingClientRect().height < least - 0.5)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("path", "least"), [("/components/", 32), ("/desk/log-in", 48)])
def test_targets_are_large_enough(open_page, path, least):
    page = open_page(path)

    assert page.evaluate(SMALL, least) == []


def test_the_page_obeys_its_own_security_policy(browser, open_page):
    page = open_page("/components/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))

    page.reload()
    page.get_by_role("link", name="Delete poll").click()

    assert said == []


def test_control_k_goes_to_the_search_box(open_page):
    page = open_page("/components/search/")

    page.keyboard.press("Control+k")

    assert page.evaluate("document.activeElement.id") == "search"


def test_a_question_mark_shows_the_keys_but_not_while_typing(open_page):
    page = open_page("/components/search/")

    page.locator("#search").press("?")
    assert not page.locator("#keys").is_visible()
    page.locator("h1").click()
    page.keyboard.press("?")

    expect(page.locator("#keys")).to_be_visible()


def test_a_dialog_asks_and_escape_closes_it(open_page):
    page = open_page("/components/dialog/")

    page.get_by_role("link", name="Delete poll").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_editor_counts_its_lines_and_marks_the_faulty_ones(open_page):
    page = open_page("/components/editor/")

    page.get_by_label("Poll file").press("Control+End")
    page.keyboard.type("\n# two\n# more")

    expect(page.locator(".gutter > *")).to_have_count(9)
    expect(page.locator(".gutter .faulty")).to_have_text(["5", "7"])


def test_the_link_of_a_fault_selects_its_line(open_page):
    page = open_page("/components/editor/")

    page.get_by_role("link", name="Line 5").click()

    selected = page.evaluate("getSelection().toString()")
    assert selected.strip() == "kind: single_choice"


def test_the_copy_button_copies(open_page):
    page = open_page("/components/copy/", permissions=["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").endswith("/join/social-workers/")


def test_without_script_nothing_is_lost_and_nothing_dead_is_shown(open_page):
    page = open_page("/components/", java_script_enabled=False)

    assert page.get_by_label("Poll file").is_visible()
    assert not page.get_by_role("button", name="Copy").is_visible()
    assert page.get_by_role("link", name="Delete poll").get_attribute("href")


def test_the_summary_of_errors_takes_the_focus(open_page, browser):
    page = open_page("/desk/log-in")

    press(page, "button", "Log in")

    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert violations(page) == []


def test_what_is_chosen_can_be_seen_in_forced_colours(open_page):
    page = open_page("/components/scale/", forced_colors="active")

    chosen, other = (
        page.locator(f".scale label{which}").first.evaluate("one => getComputedStyle(one).backgroundColor")
        for which in (":has(:checked)", ":not(:has(:checked))")
    )

    assert chosen != other


def test_the_head_of_a_long_table_stays_in_sight(open_page):
    page = open_page("/components/table/")
    table = page.locator(".table-wrap.tall")

    table.evaluate("one => one.scrollTo(0, one.scrollHeight)")

    top = table.bounding_box()["y"]
    assert table.get_by_role("columnheader", name="Mailed").bounding_box()["y"] == pytest.approx(top, abs=1)
    assert table.get_by_text("Poll 60").is_visible()


def test_a_printed_page_is_black_on_white_and_leaves_out_what_can_only_be_clicked(open_page):
    page = open_page("/components/button/", color_scheme="dark")

    page.emulate_media(media="print")

    assert not page.locator(".bar").is_visible()
    assert page.get_by_role("button").count() == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.muted')).color") == "rgb(77, 88, 99)"
