"""The ballot over real HTTP: what each visitor reads, and what is stored."""

import json
import re
import time
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from tests.ballotserver import serving
from tests.unit.fieldwork.stores import poll_of, sqlite_place

from canvass import instrument, web

NUMBERS = count(1)
BRAND = "<p class=brand>Workers"
STAMP = re.compile(r'name=stamp value="([^"]+)"')


@pytest.fixture(scope="module")
def server_place():
    with sqlite_place() as place, serving(place.folder) as server:
        yield server, place


@pytest.fixture
def visit(server_place):
    """A fresh poll and member: `(get, post, place)` speak for its link."""
    server, place = server_place
    return Visit(server, place, next(NUMBERS))


class Visit:
    def __init__(self, server, place, number):
        self.server, self.place, self.poll = server, place, number
        self.who = place.add_member(number)
        self.client = httpx.Client()

    def open(self, level="confidential", layout="one_thing", questions=None, **changed):
        self.place.add_poll(self.poll, level=level, **changed)
        self.place.add_version(questions or poll_of(level, layout).questions, self.poll)
        self.link = self.server.link(self.who, self.poll)
        return self

    def get(self, more=""):
        return self.client.get(self.link + more)

    def post(self, page=None, headers=None, **fields):
        stamp = {"stamp": STAMP.search(page.text)[1]} if page is not None else {}
        return self.client.post(self.link, data=stamp | fields, headers=headers)

    def ballots(self):
        rows = self.place.run("SELECT answers FROM ballot WHERE poll = %s", self.poll)
        return [json.loads(row[0]) for row in rows]


def test_a_get_serves_the_same_bytes_to_everybody_and_changes_nothing(visit):
    visit.open()

    one, two = visit.get(), visit.get()

    assert one.status_code == 200
    assert one.content == two.content
    assert one.headers["referrer-policy"] == "no-referrer"
    assert one.headers["cache-control"] == "private, no-cache"
    assert visit.ballots() == []


def test_a_whole_journey_skips_what_is_not_asked_and_ends_in_thanks(visit):
    visit.open()

    first = visit.post(start="1")
    second = visit.post(first, often="1")
    last = visit.post(second, why="Caseload")

    assert "Why?" in second.text
    assert "Thank you. Your answers are in." in last.text
    assert visit.ballots() == [{"often": "never", "why": "Caseload"}]


def test_who_comes_back_goes_on_at_the_last_page_with_their_answers(visit):
    visit.open()
    visit.post(visit.post(visit.post(start="1"), often="0"), hours="50", go="back")

    again = visit.post(start="1")

    assert 'value="50"' in again.text
    assert again.headers["cache-control"] == "no-store"


def test_a_finished_ballot_shows_no_answers(visit):
    visit.open()
    visit.post(visit.post(visit.post(start="1"), often="1"), why="secret")

    again = visit.post(start="1")

    assert "Your answers are in" in again.text
    assert "secret" not in again.text


def test_sent_twice_is_one_ballot_and_the_same_calm_page(visit):
    visit.open(layout="one_page")
    page = visit.post(start="1")

    one, two = visit.post(page, often="1"), visit.post(page, often="1")

    assert one.content == two.content
    assert len(visit.ballots()) == 1


def test_what_is_wrong_comes_back_with_everything_that_was_entered(visit):
    visit.open(layout="one_page")

    page = visit.post(visit.post(start="1"), often="0", hours="<b>900", why="kept")

    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert re.search(r"<li><a href=#q-hours>[^<]+</a>How many hours\?", page.text)  # which of the questions
    assert "kept</textarea>" in page.text
    assert 'value="&lt;b&gt;900"' in page.text
    assert visit.ballots() == []


def test_the_largest_page_and_its_font_stay_under_40_kb(visit):
    kinds = Path(__file__).parents[2] / "browser" / "kinds.yaml"
    visit.open(questions=instrument.load(kinds.read_text().replace("one_thing", "one_page")))
    font = Path(web.__file__).parent / "static/canvass/fonts/PublicSans-Variable.woff2"

    page = visit.post(start="1")

    assert "What would help most?" in page.text
    assert int(page.headers["content-length"]) + font.stat().st_size < 40_000


def test_a_tampered_link_gets_a_plain_page(visit):
    visit.open()
    visit.link = visit.link[:-1] + ("A" if visit.link[-1] != "A" else "B")

    page = visit.get()

    assert page.status_code == 404
    assert "This link does not work" in page.text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "closed"}, "has closed"),
        ({"state": "scheduled"}, "not open yet"),
        ({"oldest": 2}, "no longer in use"),
    ],
)
def test_get_and_start_say_why_there_is_no_ballot(visit, changed, said):
    visit.open(**changed)

    for page in (visit.get(), visit.post(start="1")):
        assert said in page.text
        assert BRAND in page.text


def test_a_poll_that_closed_long_ago_is_closed_though_nobody_said_so(visit):
    visit.open(closes=int(time.time()) - 3600)

    assert "has closed" in visit.get().text


@pytest.mark.parametrize("site", ["cross-site", "same-site", "elsewhere"])
@pytest.mark.parametrize("at_withdrawal", [False, True])
def test_a_form_from_another_site_is_refused_and_offered_the_cover(at_withdrawal, site, visit):
    visit.open()
    if at_withdrawal:
        visit.link = f"{visit.server.base}/b/withdraw"

    page = visit.post(start="1", headers={"Sec-Fetch-Site": site})

    assert page.status_code == 403
    assert "<form" not in page.text
    assert f'href="{urlsplit(visit.link).path}"' in page.text


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}])
def test_a_form_of_ours_is_taken_from_old_and_new_browsers(headers, visit):
    visit.open(layout="one_page")

    visit.post(visit.post(start="1", headers=headers), often="1", headers=headers)

    assert visit.ballots() == [{"often": "never"}]


def test_a_form_sent_as_multipart_is_told_to_start_again_and_stores_nothing(visit):
    page = visit.open(layout="one_page").post(start="1")
    fields = {"stamp": (None, STAMP.search(page.text)[1]), "often": (None, "1")}

    refused = visit.client.post(visit.link, files=fields)

    assert refused.status_code == 400
    assert "Please start again" in refused.text
    assert visit.ballots() == []


def test_a_page_without_its_stamp_is_offered_the_cover(visit):
    visit.open()

    page = visit.post(often="1")

    assert page.status_code == 400
    assert "Please start again" in page.text
    assert "<form" not in page.text
    assert f'href="{urlsplit(visit.link).path}"' in page.text


def test_a_megabyte_of_text_keeps_what_was_entered(visit):
    visit.open(layout="one_page")

    page = visit.post(visit.post(start="1"), why="x" * 1_000_000)
    larger = visit.post(page, why="x" * 3_000_000)

    assert page.status_code == 422
    assert "x" * 1_000_000 in page.text
    assert larger.status_code == 413


def test_anonymous_voters_get_a_receipt_that_withdraws_once(visit):
    visit.open("anonymous", "one_page")
    thanks = visit.post(visit.post(start="1"), often="1")
    receipt = re.search(r"class=receipt>([^<]+)", thanks.text)[1]

    again = visit.post(start="1")
    done, twice = (
        visit.client.post(f"{visit.server.base}/b/withdraw", data={"receipt": receipt}) for _ in "12"
    )

    assert f">{visit.server.base}/b/withdraw</a>" in thanks.text
    assert "You have taken part already" in again.text
    assert "Nothing more was stored now." in again.text
    assert 'href="/b/withdraw"' in again.text
    assert "withdrawn" in done.text
    assert twice.status_code == 404
    assert f'value="{receipt}"' in twice.text  # so that a slip can be mended
    assert visit.ballots() == []


def test_the_answer_chosen_in_the_mail_is_stored_with_the_next_hand_in_only(visit):
    visit.open()
    cover = visit.get("?a=0")

    page = visit.post(start="1", often="0")

    assert 'value="0" id=q-often-0 checked' in cover.text
    assert cover.text.index(">Start<") < cover.text.index("Your answers are confidential")
    assert "How many hours?" in page.text
    assert visit.ballots() == []
    visit.post(page, hours="50", carried="0")
    assert visit.ballots() == [{"often": "every week", "hours": 50}]


@pytest.mark.parametrize("query", ["?utm_source=mail&a=1", "?a=1&utm_campaign=x%20y", "?%61=1"])
def test_the_chosen_answer_survives_what_mailers_add_to_a_link(query, visit):
    visit.open()

    assert visit.get(query).content == visit.get("?a=1").content != visit.get().content


@pytest.mark.parametrize("query", ["?a=", "?a=9", "?a=-1", "?a=1234", "?a=%C2%B2", "?b=1", "?%FF"])
def test_a_link_with_another_answer_shows_the_plain_cover(query, visit):
    visit.open()

    assert visit.get(query).content == visit.get().content


def test_a_sensitive_poll_takes_no_answer_from_the_mail(visit):
    text = "poll: x\ntitle: T\ncategory: c\nsensitive: true\nitems:\n"
    item = "  - {id: often, kind: single, text: Q, options: [a, b]}\n"
    visit.open(questions=instrument.load(text + item))

    assert visit.get("?a=0").content == visit.get().content
