"""Ways through the ballot that people take in a real Chromium: two tabs, a double click, keys only, paper."""

import os
import re
import subprocess
import sys
import time

import pytest
from playwright.sync_api import expect
from tests.browser.test_ballot import ONE_PAGE, ONE_THING, browser, link, phone, press, server
from tests.unit.fieldwork.stores import member

from canvass import instrument

__all__ = ["browser", "link", "phone", "server"]
pytestmark = pytest.mark.browser
PICTURED = 5
PICTURED_POLL = """
poll: poll-5
title: Two posters
category: practice
items:
  - id: poster
    kind: single
    text: Which poster would you stop at?
    options:
      - {label: The first, picture: {file: one.png, alt: A desk by a window}}
      - {label: The second, picture: {file: one.png, alt: A desk by a wall}}
"""
PUBLISH = """
import base64, django; django.setup()
from django.utils import timezone
from canvass.polls import drafts
from canvass.polls.models import Poll
from canvass.team.models import Panel
panel = Panel.objects.create(slug="workers", name="Workers", created_at=timezone.now())
poll = Poll.objects.create(panel=panel, slug="poll-5", title="Two posters", text="", state="open", version=1,
                           opens_at=timezone.now(), closes_at=timezone.now() + timezone.timedelta(days=1),
                           created_at=timezone.now(), changed_at=timezone.now())
folder = drafts.picture_folder(poll)
folder.mkdir(parents=True)
png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
(folder / "one.png").write_bytes(base64.b64decode(png))
"""


def answers_of(server, poll):
    return [row[0] for row in server.place.run("SELECT answers FROM ballot WHERE poll = %s", poll)]


def test_two_tabs_of_one_member_make_one_ballot_with_both_answers(phone, link, server):
    other = phone.context.new_page()
    for tab in (phone, other):
        tab.goto(link())
        press(tab, "Start")
    before = len(answers_of(server, ONE_THING))

    phone.get_by_label("Once a month", exact=True).check()
    press(phone, "Next")
    phone.get_by_label("TOIL").check()
    press(phone, "Next")
    other.get_by_label("Never").check()
    press(other, "Next")

    expect(other.get_by_label("TOIL")).to_be_checked()
    assert len(answers_of(server, ONE_THING)) == before + 1


def test_a_double_click_hands_in_once(phone, link, server):
    phone.goto(link(ONE_PAGE))
    press(phone, "Start")
    before = len(answers_of(server, ONE_PAGE))

    phone.get_by_label("Never").check()
    phone.get_by_role("button", name="Send my answers").dblclick()

    expect(phone.get_by_role("heading")).to_have_text("Thank you. Your answers are in.")
    assert len(answers_of(server, ONE_PAGE)) == before + 1


def test_a_poll_that_closed_meanwhile_says_so_calmly(phone, server):
    server.place.add_poll(9)
    server.place.add_version(instrument.load(PICTURED_POLL), 9)
    server.place.add_member(900)
    phone.goto(server.link(member(900), 9))
    press(phone, "Start")

    server.place.run(
        "UPDATE poll_window SET state = 'closed', closes = %s WHERE poll_id = 9", int(time.time()) - 1000
    )
    press(phone, "Send this answer")

    expect(phone.get_by_role("heading")).to_have_text("This poll has closed")


def test_the_whole_ballot_can_be_answered_with_keys_alone(phone, link):
    phone.goto(link())
    keys = {"select": "ArrowDown", "textarea": "M", "text": "7"}
    for _ in range(9):
        go = phone.locator("button.go")
        while not go.evaluate("button => button === document.activeElement"):
            phone.keyboard.press("Tab")
            kind = phone.evaluate("document.activeElement.type || document.activeElement.localName")
            answered = phone.locator("input:checked, textarea, .number").count()
            if kind in ("radio", "checkbox") and not answered:
                phone.keyboard.press("Space")
            elif kind in keys:
                phone.keyboard.press(keys[kind])
        with phone.expect_navigation():
            phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading")).to_have_text("Thank you. Your answers are in.")


def on_the_wire(response) -> int:
    """Bytes of the answer to a request, as they travelled."""
    sizes = response.request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


@pytest.mark.parametrize("poll", [ONE_THING, ONE_PAGE])
def test_every_page_and_the_font_together_weigh_under_40_kb_on_the_wire(browser, link, poll):
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    with page.expect_response(re.compile(r"\.woff2$")) as font:
        pages = [page.goto(link(poll))]
    for _ in range(8 if poll == ONE_THING else 1):
        with page.expect_navigation() as brought:
            page.locator("button.go").click()
        pages.append(brought.value)

    assert min(on_the_wire(one) for one in pages) > 1_000
    font_weighs = len(page.request.get(font.value.url).body())
    assert 10_000 < font_weighs + max(on_the_wire(one) for one in pages) < 40_000
    context.close()


def test_on_paper_there_are_no_buttons_and_in_forced_colours_the_choice_is_seen(browser, link):
    context = browser.new_context(viewport={"width": 390, "height": 800}, forced_colors="active")
    page = context.new_page()
    page.goto(link())
    press(page, "Start")
    page.get_by_label("Never").check()

    chosen = page.locator(".card:has(:checked)")
    assert chosen.evaluate("card => getComputedStyle(card).outlineStyle") == "solid"
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Next")).to_be_hidden()
    expect(page.get_by_text("Never")).to_be_visible()
    context.close()


def test_pictures_of_options_are_seen(phone, server):
    server.place.add_poll(PICTURED)
    server.place.add_version(instrument.load(PICTURED_POLL), PICTURED)
    server.place.add_member(300)
    env = os.environ | {"CANVASS_DATA": str(server.folder), "CANVASS_DATABASE": ""}
    subprocess.run([sys.executable, "-c", PUBLISH], env=env, check=True)

    phone.goto(server.link(member(300), PICTURED))
    press(phone, "Start")

    shown = phone.get_by_alt_text("A desk by a window")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1
