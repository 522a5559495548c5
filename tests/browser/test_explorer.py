"""The crosstab explorer in a real browser: by keys alone, without script, accessible with a table on it."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import overflow, violations
from tests.unit.analysis.conftest import answered, fields, lopsided, no_files_left  # noqa: F401
from tests.unit.polls.conftest import ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
PAGE = "/desk/workers/polls/hours/figures/crosstabs"
TABLE = f"{PAGE}?row=hours&by=role"
FULL = f"{TABLE}&show=letters&show=p&show=counts&sort=All&ask=0.0.2"


def test_a_table_is_made_and_a_number_asked_by_keys_alone(open_page, lopsided):  # noqa: F811
    page = open_page(PAGE, team=True)

    page.keyboard.press("Alt+r")
    page.keyboard.type("beyond your")
    page.keyboard.press("Alt+c")
    page.keyboard.type("role")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    page.get_by_role("link", name="80%").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    made = page.get_by_role("region", name="How was this number made?")
    expect(made).to_contain_text("Manager: 80%")
    with page.expect_navigation():
        made.get_by_role("link", name="Back to the number").click()
    assert page.evaluate("document.querySelector(':target').textContent").strip().startswith("80%")


def test_keys_go_by_their_place_and_are_told_to_assistive_technology(open_page, lopsided):  # noqa: F811
    page = open_page(PAGE, team=True)

    page.evaluate(
        "document.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyC', key: '©', altKey: true}))"
    )
    focused = page.locator(":focus")

    expect(focused).to_have_id("add_by")
    expect(focused).to_have_attribute("aria-keyshortcuts", "Alt+C")


def test_the_sheet_of_keys_opens_by_a_button_and_its_sign_can_be_turned_off(open_page, lopsided):  # noqa: F811
    page = open_page(TABLE, team=True)
    sheet = page.locator("#keys")

    page.get_by_role("button", name="Keys").click()
    expect(sheet).to_contain_text("Go to rows: a question")
    sheet.get_by_label("Open this sheet by typing ?").uncheck()
    page.keyboard.press("Escape")
    expect(sheet).not_to_be_visible()
    page.keyboard.press("?")
    expect(sheet).not_to_be_visible()

    page.reload()
    page.keyboard.press("?")
    expect(sheet).not_to_be_visible()


def test_without_script_a_table_is_made_too(open_page, lopsided):  # noqa: F811
    page = open_page(PAGE, team=True, java_script_enabled=False)

    page.get_by_label("Rows").fill("beyond your")
    page.get_by_label("Columns").fill("Role")
    page.get_by_role("button", name="Add").click()

    expect(page.get_by_role("heading", name="How often do you work beyond your hours?")).to_be_visible()
    expect(page.get_by_role("button", name="Keys")).to_have_count(0)


@pytest.mark.parametrize("path", [FULL, f"{PAGE}?row=hours&add_by=Rolle", f"{TABLE}&audience=public"])
def test_nothing_is_wrong_with_tables_faults_and_answers_on_the_page(open_page, lopsided, path):  # noqa: F811
    for width, scheme in ((390, "dark"), (1280, "light")):
        page = open_page(path, team=True, width=width, color_scheme=scheme)
        assert (width, violations(page), overflow(page)) == (width, [], 0)
