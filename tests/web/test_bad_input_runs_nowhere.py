"""Script in every text that people can type, followed through a real installation in a real Chromium: the
poll file, the panel's and the staff's names, what an import rests on, answers, figure titles, searches.
Nothing runs, and nothing of it even becomes markup: on pages, in mails, pictures, feeds and files."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from tests.installation import Installation, log_in
from tests.ports import free_port
from tests.waiting import wait_until

pytestmark = pytest.mark.browser
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
EVIL = (
    "=1+1</title></svg></style><script>alert(1)</script><img src=x onerror=alert(2)>"
    "<svg onload=alert(3)>{{1234*4321}} \u202eevil\u202c &amp;"
)
RESULT = "5332114"  # of {{1234*4321}}, were it a template
STAMP = re.compile(r'name=stamp value="([^"]+)"')
# Elements that only our text could have made, and the attributes that would run.
MADE = "script:not([src]):not([type]), [onerror], [onload], img[src=x], title ~ title"
POLL = """\
poll: evil
title: '{evil}'
category: practice
topic: '{evil}'
sponsor: '{evil}'
opens: {opens}
closes: {closes}
intro: '{evil}'
items:
  - id: first
    kind: single
    text: 'One {evil}'
    hint: '{evil}'
    options: ['a {evil}', b, {{label: '{evil}', other: true}}]
    prefer_not_to_say: 'No {evil}'
  - id: second
    kind: rating
    text: 'Two {evil}'
    scale: {{from: 0, to: 10, low: '{evil}', high: '{evil}'}}
  - id: third
    kind: text
    text: 'Three {evil}'
"""
DESK = (
    "",
    "polls/",
    "polls/?q={q}&category={q}&series={q}&sort={q}&state={q}",
    "search?q={q}",
    "polls/evil/",
    "polls/evil/preview",
    "polls/evil/fieldwork",
    "polls/evil/fieldwork/mail",
    "polls/evil/figures",
    "polls/evil/publish/preview",
    "polls/evil/words",
    "polls/evil/report",
    "panel/",
    "panel/?q={q}",
    "panel/growth",
    "panel/sign-up",
    "library/",
    "team/",
    "team/audit",
    "team/settings",
    "team/mails/invitations/",
)
PUBLIC = (
    "library/evil-panel/",
    "library/evil-panel/?q={q}&category={q}&first={q}&last={q}",
    "library/evil-panel/evil/",
    "library/evil-panel/evil/first/",
    "library/evil-panel/evil/first/wide.svg",
    "library/evil-panel/feed.atom",
    "join/evil-panel/?source={q}",
    "nowhere/{q}",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Installation]:
    here = tmp_path_factory.mktemp("evil")
    place = Installation(here / "data", "", free_port())
    told = place.canvass(
        "--panel", "evil-panel", "staff", "add", "a@example.org", "--name", EVIL, "--panel-name", EVIL
    )
    place.link_to_password = re.search(r"http\S+", told)[0]
    (here / "members.csv").write_text("address\n" + "".join(f"m{n}@example.org\n" for n in range(12)))
    place.canvass("panel", "import", here / "members.csv", "--basis", EVIL)
    opens, closes = datetime.now(UTC) - timedelta(days=1), datetime.now(UTC) + timedelta(days=8)
    # At noon, which there is on every day; an hour of the night is left out when the clocks go forward.
    dates = {"opens": f"{opens:%Y-%m-%d}T12:00", "closes": f"{closes:%Y-%m-%d}T12:00"}
    (here / "evil.yaml").write_text(POLL.format(evil=EVIL, **dates))
    place.canvass("poll", "load", here / "evil.yaml")
    with place.served():
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        yield running
        running.close()


class Watched:
    """A browser whose pages tell when anything of the text ran or became markup."""

    def __init__(self, context: BrowserContext, base: str) -> None:
        self.base, self.ran, self.page = base, [], context.new_page()
        context.on("dialog", self._dialog)
        context.on("request", self._request)

    def _dialog(self, dialog) -> None:
        self.ran.append(dialog.message)
        dialog.dismiss()

    def _request(self, request) -> None:
        if request.url.endswith("/x"):
            self.ran.append(request.url)  # the picture of the text was fetched

    def look(self, path: str) -> None:
        """Open the page; remember what it made of the text."""
        self.page.goto(f"{self.base}/{path.format(q=httpx.QueryParams({'': EVIL}).__str__()[1:])}")
        for frame in self.page.frames:
            made = frame.evaluate("s => [...document.querySelectorAll(s)].map(e => e.outerHTML)", MADE)
            self.ran += [(self.page.url, one[:120]) for one in made]
        if RESULT in (self.page.text_content(":root") or ""):
            self.ran.append((self.page.url, "was read as a template"))


def press(watched: Watched, path: str, button: str) -> None:
    watched.look(path)
    with watched.page.expect_navigation():
        watched.page.get_by_role("button", name=button).first.click()


def vote(place: Installation) -> None:
    """Everybody answers with the text."""
    members = [key for (key,) in place.rows("ballots", "SELECT member FROM standing")]
    with httpx.Client() as client:
        for member in members:
            link = place.link(member)
            page = client.post(link, data={"start": "1"})
            for answer in ({"first": "2", "first.other": EVIL}, {"second": "6"}, {"third": EVIL}):
                page = client.post(link, data={"stamp": STAMP.search(page.text)[1], **answer})
            assert "answers are in" in page.text


def wait_for_mails(place: Installation, number: int) -> None:
    """Until the pump has kept them all: what is still queued when a poll closes is not mailed."""
    kept = "SELECT count(*) FROM outbox WHERE state = 'kept'"
    wait_until(lambda: place.rows("ballots", kept)[0][0] >= number)


@pytest.fixture(scope="module")
def watched(place, browser) -> Watched:
    """The owner's browser, after the text has gone through the whole life of a poll."""
    watched = Watched(browser.new_context(), place.base)
    log_in(watched.page, place.link_to_password, "a@example.org")
    desk = "desk/evil-panel/"
    press(watched, f"{desk}polls/evil/open", "Open now")
    press(watched, f"{desk}polls/evil/fieldwork/invite", "Send 12 invitations")
    wait_for_mails(place, 12)
    watched.look(f"b/{place.link(place.rows('ballots', 'SELECT member FROM standing')[0][0])[-48:]}")
    vote(place)
    press(watched, f"{desk}polls/evil/close", "Close now")
    watched.look(f"{desk}polls/evil/figures")
    watched.page.locator("details:has(form)").first.evaluate("e => e.open = true")
    watched.page.locator("form textarea, form input[name=title]").first.fill(EVIL)
    with watched.page.expect_navigation():
        watched.page.locator("form:has([name=title]) button").first.click()
    press(watched, f"{desk}polls/evil/publish", "Publish")
    return watched


def test_on_no_page_of_the_desk_does_any_of_it_run_or_become_markup(watched):
    for path in DESK:
        watched.look(f"desk/evil-panel/{path}")

    assert watched.ran == []


def test_on_no_public_page_picture_or_feed_does_any_of_it(watched):
    for path in PUBLIC:
        watched.look(path)

    assert watched.ran == []


def test_in_no_mail_does_any_of_it(watched):
    watched.look("desk/evil-panel/team/mails/invitations/")
    mails = watched.page.locator("tbody a").all()

    watched.look(mails[0].get_attribute("href").lstrip("/"))

    assert watched.page.locator("iframe").count() == 1
    assert watched.ran == []


def test_in_no_file_to_download_does_a_cell_begin_a_formula(watched, place):
    numbers = httpx.get(f"{place.base}/library/evil-panel/evil/first/numbers.csv").text

    cells = [cell for row in csv.reader(io.StringIO(numbers)) for cell in row]

    assert any(EVIL[1:20] in cell for cell in cells)
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []
