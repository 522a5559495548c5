"""The builder and the poll room in a real browser: wide and narrow, with script and without, accessible."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import overflow, press, violations
from tests.unit.polls.conftest import NOON, TEXT, ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

from canvass.polls import services, starting
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]
DESK = "/desk/workers/"
PASSWORD = "four calm grey herons"
ROOM = f"{DESK}polls/hours/"
LOOKS = ((390, "dark"), (1280, "light"))
FAULTY = TEXT.replace("{slug}", "hours").replace("{title}", "Working hours").replace("single", "sngle")


@pytest.fixture
def every_state(poll):  # noqa: F811
    """A poll in each state, and where to look at it."""
    each_kind = starting.started("each_kind", slug="{slug}", title="{title}")
    poll("faulty", text=FAULTY)
    poll("draft", text=each_kind)
    for state in ("scheduled", "open", "closed", "published", "withdrawn"):
        poll(state, state=state, text=each_kind)
    mended = poll("mended", state="open")
    text = mended.text.replace("beyond", "longer than")
    services.mend(mended, text, meaning_changed=True, by=HOST, now=NOON)
    return [f"{DESK}polls/{one.slug}/" for one in Poll.objects.order_by("pk")]


def lists_and_forms() -> list[str]:
    moves = ("draft/schedule", "draft/open", "draft/earlier", "open/close", "open/withdraw", "open/mend")
    tabs = ("closed/words", "closed/report", "scheduled/unschedule")
    return [DESK, *(f"{DESK}polls/{end}" for end in ("", "new", "load", *moves, *tabs))]


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Questions", exact=True)


def lines_of(cell: Locator) -> int:
    """On how many lines a cell's text stands."""
    return cell.evaluate(
        "cell => { const text = document.createRange(); text.selectNodeContents(cell);"
        " return new Set([...text.getClientRects()].map(box => box.top)).size; }"
    )


def test_axe_finds_nothing_on_a_poll_in_any_state(open_page, every_state):
    for path in every_state:
        for width, scheme in LOOKS:
            page = open_page(path, width=width, color_scheme=scheme, team=True)
            assert (path, width, violations(page)) == (path, width, [])


def test_axe_finds_nothing_on_lists_and_on_pages_that_ask(open_page, every_state):
    for path in lists_and_forms():
        for width, scheme in LOOKS:
            page = open_page(path, width=width, color_scheme=scheme, team=True)
            assert (path, width, violations(page)) == (path, width, [])


def test_axe_finds_nothing_on_the_first_page_of_a_new_panel(open_page, panel):  # noqa: F811
    assert violations(open_page(DESK, team=True)) == []
    assert violations(open_page(f"{DESK}polls/", width=390, team=True)) == []


def test_nothing_runs_over_the_edge_of_a_page_320_pixels_wide(open_page, every_state):
    for path in (*every_state, *lists_and_forms()):
        assert (path, overflow(open_page(path, width=320, team=True))) == (path, 0)


def test_a_fault_is_marked_at_its_line_while_typing(open_page, poll):  # noqa: F811
    poll()
    page = open_page(ROOM, team=True)

    editor(page).fill(FAULTY)

    expect(page.get_by_role("alert")).to_contain_text('There is no kind "sngle". Did you mean "single"?')
    expect(page.locator(".gutter .faulty")).to_have_text(["6", "12"])


def test_the_link_of_a_fault_leads_to_its_line(open_page, poll):  # noqa: F811
    poll(text=FAULTY)
    page = open_page(ROOM, team=True)

    page.get_by_role("link", name="Line 6").click()

    chosen = "(text => text.value.slice(text.selectionStart, text.selectionEnd))"
    assert page.evaluate(f"{chosen}(document.activeElement)") == "    kind: sngle"


def test_what_is_typed_is_shown_on_the_phone_beside_it(open_page, poll):  # noqa: F811
    draft = poll()
    page = open_page(ROOM, team=True)

    editor(page).fill(draft.text.replace("title: Working hours", "title: Long evenings"))

    phone = page.frame_locator("iframe.phone")
    expect(phone.get_by_role("heading", name="Long evenings")).to_be_visible()
    assert Poll.objects.get().title == "Working hours"


def test_the_preview_is_clicked_through_to_its_end(open_page, poll):  # noqa: F811
    poll()
    phone = open_page(ROOM, team=True).frame_locator("iframe.phone")

    phone.get_by_role("button", name="Start").click()
    phone.get_by_text("every week").click()
    phone.get_by_role("button", name=re.compile("Next")).click()

    expect(phone.get_by_text("Why?")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_without_script_a_draft_is_checked_mended_and_saved(open_page, poll, width):  # noqa: F811
    poll()
    page = open_page(ROOM, width=width, java_script_enabled=False, team=True)

    editor(page).fill(FAULTY)
    press(page, "button", "Check")
    told = page.get_by_role("alert").inner_text()
    editor(page).fill(FAULTY.replace("sngle", "multiple").replace("hours ==", "hours includes"))
    press(page, "button", "Save")

    assert "Line 6" in told
    assert page.get_by_text("Saved. The draft has no faults.").is_visible()
    assert "kind: multiple" in Poll.objects.get().text


def end_the_log_in() -> None:
    """A new password ends every session that began with the old one."""
    owner = Staff.objects.get()
    owner.set_password(PASSWORD)
    owner.save()


def log_in(page: Page) -> None:
    page.get_by_label("E-mail address").fill(Staff.objects.get().email)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "button", "Log in")


@pytest.mark.parametrize("in_another_window", [False, True])
def test_a_log_in_that_ended_costs_nothing_that_was_typed(open_page, poll, in_another_window):  # noqa: F811
    draft = poll()
    page = open_page(ROOM, team=True)
    end_the_log_in()

    editor(page).fill(draft.text.replace("Working hours", "Long evenings"))
    expect(page.get_by_role("alert")).to_contain_text("Your log-in has ended.")
    if in_another_window:
        with page.expect_popup() as window:
            page.get_by_role("link", name="log in in another window").click()
        log_in(window.value)
    press(page, "button", "Save")
    if not in_another_window:
        log_in(page)
        press(page, "button", "Send it now")

    expect(page.get_by_text("Saved. The draft has no faults.")).to_be_visible()
    assert Poll.objects.get().title == "Long evenings"


def test_a_closed_window_loses_nothing(open_page, poll):  # noqa: F811
    poll()
    first = open_page(ROOM, team=True)
    editor(first).fill(FAULTY)
    expect(first.get_by_role("alert")).to_be_visible()

    first.close()

    second = open_page(ROOM, team=True)
    expect(second.get_by_text("You have unsaved text")).to_be_visible()
    expect(editor(second)).to_have_value(FAULTY)


def test_by_keyboard_alone_a_draft_is_opened(open_page, poll):  # noqa: F811
    poll()
    page = open_page(f"{ROOM}open", team=True)

    page.get_by_label("Closes").fill("2026-12-07T17:00")
    page.get_by_role("button", name="Open now").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Working hours is open.")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_dates_in_the_table_keep_one_line(open_page, poll, width):  # noqa: F811
    poll(state="closed", title="A title so long that it needs more than one line of the table of polls")
    page = open_page(f"{DESK}polls/", width=width, team=True)

    dates = page.locator("td.date")

    assert [lines_of(date) for date in dates.all()] == [1, 1]
