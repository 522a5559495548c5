"""One poll from sign-up to the library, with a real server and a real Chromium at 390 px: by touch, by
keyboard only, without JavaScript. Nothing is told to the server but what people type and press."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from tests.installation import Installation, log_in
from tests.ports import free_port
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.browser
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 800}
WAYS = ("touch", "keyboard", "no script")
STAMP = re.compile(r'name=stamp value="([^"]+)"')
POLL = """\
poll: breaks-by-{slug}
title: Breaks by {way}
category: wellbeing
opens: {opens}
closes: {closes}
items:
  - id: break
    kind: single
    text: Did you take a break today?
    options: ["yes", "no", not yet]
  - id: rested
    kind: rating
    text: How rested are you?
    scale: {{from: 0, to: 10, low: Not at all, high: Completely}}
  - id: why
    kind: text
    text: What kept you from a break?
"""


@dataclass
class Hand:
    """Somebody with a phone, and how they press on it."""

    page: Page
    way: str

    def press(self, name: str) -> None:
        """A button or link of this name, which brings the next page."""
        page = self.page
        target = page.get_by_role("button", name=name, exact=True).or_(
            page.get_by_role("link", name=name, exact=True)
        )
        with page.expect_navigation():
            self._do(target.first, "Enter")

    def choose(self, label: str) -> None:
        """The answer or the tick with this label."""
        box = self.page.get_by_label(label, exact=True).first
        if self.way != "keyboard":
            self.page.locator("label", has_text=re.compile(rf"^\s*{label}\s*$")).first.click()
        elif box.get_attribute("type") == "radio":
            self._to_the_group(box)
            self.page.keyboard.press("Space")
            while not box.is_checked():
                self.page.keyboard.press("ArrowDown")
        else:
            self._do(box, "Space")
        expect(box).to_be_checked()

    def write(self, label: str, text: str) -> None:
        box = self.page.get_by_label(label).first
        if self.way == "keyboard":
            self._tab_to(box, "e => e === document.activeElement")
            self.page.keyboard.type(text)
        else:
            box.fill(text)

    def _do(self, target: Locator, key: str) -> None:
        if self.way == "keyboard":
            self._tab_to(target, "e => e === document.activeElement")
            self.page.keyboard.press(key)
        elif self.way == "touch":
            target.tap()
        else:
            target.click()

    def _to_the_group(self, box: Locator) -> None:
        self._tab_to(box, "e => e.name === document.activeElement.name")

    def _tab_to(self, target: Locator, reached: str) -> None:
        for _ in range(80):
            if target.evaluate(reached):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError("the keyboard never gets there")

    def see_nothing_wrong(self) -> None:
        """Nothing runs over the edge, and axe finds nothing; once over the same pages suffices."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        if self.way == "touch":
            found = Axe().run(self.page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], self.page.url


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Installation]:
    """A panel with an owner, four members, and a draft for each way of using a phone."""
    here = tmp_path_factory.mktemp("loop")
    place = Installation(here / "data", "", free_port())
    place.link_to_password = re.search(
        r"http\S+", place.canvass("staff", "add", "ann@example.org", "--panel-name", "Workers")
    )[0]
    members = here / "members.csv"
    members.write_text("address\n" + "".join(f"member{number}@example.org\n" for number in range(4)))
    place.canvass("panel", "import", members, "--basis", "asked on paper")
    opens, closes = datetime.now(UTC) + timedelta(days=1), datetime.now(UTC) + timedelta(days=8)
    for way in WAYS:
        file = here / f"{slug_of(way)}.yaml"
        # At noon, which there is on every day; an hour of the night is left out when the clocks go forward.
        dates = {"opens": f"{opens:%Y-%m-%d}T12:00", "closes": f"{closes:%Y-%m-%d}T12:00"}
        file.write_text(POLL.format(slug=slug_of(way), way=way, **dates))
        place.canvass("poll", "load", file)
    with place.served():
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def signed_in(place, browser) -> dict:
    """The cookies of the owner, who has just set a password."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    log_in(page, place.link_to_password, "ann@example.org")
    return context.storage_state()


@pytest.fixture
def hands(browser, signed_in, request) -> Iterator[tuple[Hand, Hand]]:
    """A newcomer and the owner, each with a phone, both using it this way."""
    way = request.param
    choices = {"viewport": PHONE, "has_touch": way == "touch", "java_script_enabled": way != "no script"}
    contexts = [browser.new_context(**choices), browser.new_context(**choices, storage_state=signed_in)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(PATIENCE * 1000)
    yield Hand(pages[0], way), Hand(pages[1], way)
    for context in contexts:
        context.close()


def slug_of(way: str) -> str:
    return way.replace(" ", "-")


def go(hand: Hand, address: str) -> None:
    hand.page.goto(address)
    hand.see_nothing_wrong()


def sign_up(place: Installation, newcomer: Hand, desk: Hand) -> str:
    """From the sign-up page over the mail to the yes; the member's key as the desk shows it."""
    go(newcomer, f"{place.base}/join/workers/")
    newcomer.write("Your e-mail address", f"new-{slug_of(newcomer.way)}@example.org")
    newcomer.choose("I agree to this")
    newcomer.press("Sign me up")
    newcomer.see_nothing_wrong()
    go(desk, f"{place.base}/desk/workers/team/mails/")
    with desk.page.expect_navigation():
        desk.page.locator("tbody a").first.click()
    desk.see_nothing_wrong()
    key = desk.page.locator(".facts code").inner_text()
    go(newcomer, desk.page.locator(".mail-text a[href*='/confirm/']").get_attribute("href"))
    newcomer.press("Yes, sign me up")
    expect(newcomer.page.get_by_role("heading", name="You are in. Thank you.")).to_be_visible()
    newcomer.see_nothing_wrong()
    return key


def open_with_mail(desk: Hand, room: str) -> None:
    """The poll is planned to be mailed when it opens, and opened."""
    go(desk, f"{room}fieldwork/invite")
    desk.press("Mail it when it opens")
    desk.see_nothing_wrong()
    go(desk, f"{room}open")
    desk.press("Open now")
    desk.see_nothing_wrong()


def invitation(place: Installation, desk: Hand, slug: str, key: str) -> str:
    """The newcomer's link, from the mail that is kept under Team."""
    mail = desk.page.locator(f"a[href*='/{slug}/{key}']")

    def kept() -> int:
        desk.page.goto(f"{place.base}/desk/workers/team/mails/invitations/")
        return mail.count()

    wait_until(kept)
    desk.see_nothing_wrong()
    with desk.page.expect_navigation():
        mail.first.click()
    desk.see_nothing_wrong()
    return desk.page.locator(".mail-text a[href*='/b/']").first.get_attribute("href").partition("?")[0]


def vote_before(place: Installation, slug: str, but: str) -> None:
    """Four members answer before the newcomer does."""
    ((poll,),) = place.rows("ballots", "SELECT poll_id FROM poll_window WHERE slug = ?", slug)
    members = [key for (key,) in place.rows("ballots", "SELECT member FROM standing") if key[:8] != but]
    with httpx.Client() as client:
        for member in members[:4]:
            page = client.post(place.link(member, poll), data={"start": "1"})
            for answer in ({"break": "0"}, {"rested": "6"}, {"why": "Meetings"}):
                stamp = STAMP.search(page.text)[1]
                page = client.post(place.link(member, poll), data={"stamp": stamp, **answer})
            assert "answers are in" in page.text


def vote(newcomer: Hand, link: str) -> None:
    go(newcomer, link)
    newcomer.press("Start")
    newcomer.see_nothing_wrong()
    newcomer.choose("no")
    newcomer.press("Next")
    newcomer.see_nothing_wrong()
    newcomer.choose("4")
    newcomer.press("Next")
    newcomer.see_nothing_wrong()
    newcomer.write("What kept you from a break?", "A visit that ran late")
    newcomer.press("Finish")
    expect(newcomer.page.get_by_role("heading", name="Thank you. Your answers are in.")).to_be_visible()
    newcomer.see_nothing_wrong()


def took_part(desk: Hand, room: str) -> str:
    go(desk, f"{room}fieldwork")
    return desk.page.locator("dt:text-is('Took part') + dd").inner_text()


def close_and_publish(desk: Hand, room: str) -> None:
    go(desk, f"{room}close")
    desk.press("Close now")
    desk.see_nothing_wrong()
    go(desk, f"{room}figures")
    go(desk, f"{room}publish")
    desk.press("Publish")
    desk.see_nothing_wrong()


def find_in_the_library(place: Installation, reader: Hand, title: str) -> None:
    go(reader, f"{place.base}/library/workers/")
    reader.write("Words", title)
    reader.press("Search")
    reader.see_nothing_wrong()
    with reader.page.expect_navigation():
        reader.page.get_by_role("link", name=title).first.click()
    expect(reader.page.get_by_role("heading", level=1)).to_contain_text(title)
    reader.see_nothing_wrong()


@pytest.mark.parametrize("hands", WAYS, indirect=True)
def test_a_newcomer_signs_up_votes_and_finds_the_figure(place, hands):
    newcomer, desk = hands
    slug = f"breaks-by-{slug_of(newcomer.way)}"
    room = f"{place.base}/desk/workers/polls/{slug}/"

    key = sign_up(place, newcomer, desk)
    open_with_mail(desk, room)
    link = invitation(place, desk, slug, key)
    vote_before(place, slug, key)
    assert took_part(desk, room) == "0"
    vote(newcomer, link)
    assert took_part(desk, room) == "5"
    close_and_publish(desk, room)
    find_in_the_library(place, newcomer, f"Breaks by {newcomer.way}")

    assert re.search(r"\d mailed, 5 took part", newcomer.page.content())
