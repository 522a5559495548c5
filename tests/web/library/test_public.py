"""The public library: what a reader finds, and what nobody finds there."""

import gzip
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from tests.unit.library.conftest import NOON

from canvass.library.models import Publication, PublishedFigure
from canvass.team.models import Panel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
HOME = "/library/workers/"


def page(client, address: str = HOME, **asked: str) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_library_says_what_will_be_there(client, panel):
    assert "Nothing is published yet" in page(client)


def test_the_newest_finding_comes_first_as_a_figure_with_one_sentence(client, published):
    published(yes=60, no=40)

    shown = page(client)

    assert "The newest finding" in shown
    assert shown.index("<svg") < shown.index("All findings by date")
    assert "100 took part" in shown


def test_findings_are_listed_by_the_day_their_fieldwork_ended(client, published):
    published("first", title="First poll")
    published("second", title="Second poll")
    Publication.objects.filter(slug="first").update(last_day=date(2027, 1, 1))

    shown = page(client).partition("All findings by date")[2]

    assert shown.index("First poll") < shown.index("Second poll")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "hours"}, True),
        ({"q": "HOURS, “beyond your hours”?"}, True),
        ({"q": '"never beyond"'}, False),
        ({"q": "workin"}, True),
        ({"q": "orking"}, False),
        ({"q": "%"}, True),
        ({"q": "zebra"}, False),
        ({"category": "practice"}, True),
        ({"first": "2026-11-23"}, True),
        ({"first": "2030-01-01"}, False),
        ({"last": "2020-01-01"}, False),
        ({"last": "23/11/2026"}, True),
        ({"q": "hours", "category": "practice", "first": "2026-01-01", "last": "2027-01-01"}, True),
    ],
)
def test_filters_in_the_address(asked, found, client, published):
    published("hours")

    assert ('href="/library/workers/hours/"' in page(client, **asked)) is found


def test_a_poll_is_found_by_the_category_of_one_of_its_questions(client, published):
    text = (
        "poll: {slug}\ntitle: Hours\ncategory: practice\nitems:\n"
        "  - {id: hours, kind: single, category: research, text: Why?, options: [every week, never]}\n"
    )
    published("hours", yes=40, no=0, text=text)

    assert 'href="/library/workers/hours/"' in page(client, category="research")
    assert '<option value="wellbeing"' not in page(client)


def test_a_search_names_the_findings_that_match_first(client, published_january):
    shown = page(client, q="advocacy services").partition("Findings that match")[2]

    assert "/advocacy_effective/" in shown
    assert "/overtime_frequency/" not in shown


@pytest.mark.parametrize("asked", [{"first": "yesterday"}, {"category": "nonsense"}, {"page": "no"}])
def test_a_filter_that_cannot_be_read_is_no_error(asked, client, published):
    published("hours")

    assert 'href="/library/workers/hours/"' in page(client, **asked)


def test_days_in_the_wrong_order_are_said(client, published):
    published("hours")

    shown = page(client, first="2026-02-01", last="2025-01-01")

    assert "Write the same day as in “Asked from”, or a later one." in shown


def test_nothing_found_says_what_to_try(client, published):
    published()

    assert "No published poll matches." in page(client, q="zebra")


@pytest.mark.parametrize(
    "address",
    [
        "/library/nobody/",
        "/library/nobody/feed.atom",
        "/library/workers/gone/",
        "/library/workers/open-poll/",
        "/library/workers/closed-poll/",
        "/library/workers/closed-poll/hours/",
        "/library/workers/hours/gone/",
        "/library/workers/hours/hours/other.svg",
        "/library/workers/hours/gone/numbers.csv",
        "/library/workers/hours/..%2f..%2fdesk.db/",
        "/library/others/hours/",
        "/library/others/hours/hours/",
    ],
)
def test_what_is_not_published_here_is_not_found(address, client, published, answered, counted):
    Panel.objects.create(slug="others", name="Others", created_at=NOON)
    published("hours")
    answered("open-poll")
    counted("closed-poll")

    assert client.get(address).status_code == 404


def test_from_what_is_not_there_a_link_leads_back_to_the_library(client, published):
    published("hours")

    missed = client.get("/library/workers/hours/gone/").content.decode()

    assert 'href="/library/workers/">All findings' in missed


def test_a_library_shows_its_own_panel_alone(client, published):
    Panel.objects.create(slug="others", name="Others", created_at=NOON)
    published("hours")

    shown = page(client, "/library/others/")

    assert "hours" not in shown.casefold().replace("others", "")
    assert "hours" not in page(client, "/library/others/feed.atom")


@pytest.mark.parametrize("place", ["", "hours/", "hours/hours/", "hours/hours/wide.svg", "feed.atom"])
def test_no_page_sets_a_cookie_or_asks_elsewhere(place, client, published):
    published("hours")

    response = client.get(f"{HOME}{place}")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    sources = re.findall(r'(?:src|srcset)="([^"]*)"', response.content.decode())
    assert all(source.startswith("/") for source in sources)


@pytest.mark.parametrize("place", ["", "hours/", "hours/hours/", "hours/hours/numbers.csv", "feed.atom"])
def test_a_page_that_is_known_is_not_sent_again(place, client, published):
    published("hours")
    first = client.get(f"{HOME}{place}")

    again = client.get(f"{HOME}{place}", headers={"If-None-Match": first.headers["ETag"]})

    assert "public" in first.headers["Cache-Control"]
    assert (again.status_code, again.content) == (304, b"")


def test_pages_travel_gzipped_where_that_is_understood(client, published):
    published("hours")
    plain = client.get(f"{HOME}hours/")

    zipped = client.get(f"{HOME}hours/", headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(zipped.content) == plain.content
    assert zipped.headers["ETag"] != plain.headers["ETag"]


def test_pages_that_no_style_or_script_of_their_own_would_pass_the_policy(client, published):
    published("hours")

    for place in ("", "hours/", "hours/hours/"):
        assert not re.search(r"<style|\sstyle=|<script[^>]*>[^<]", page(client, f"{HOME}{place}"))


def test_a_figure_has_its_question_its_data_and_its_citation(client, published):
    published(yes=60, no=40)

    shown = page(client, f"{HOME}hours/hours/")

    assert "100 took part (the number mailed is not known), 100 answered this question." in shown
    assert "How often do you work beyond your hours?" in shown
    assert 'href="/library/workers/hours/hours/numbers.csv"' in shown
    assert "@misc{hours:hours" in shown
    assert "http://testserver/library/workers/hours/hours/" in shown


def test_downloads_have_a_name_and_a_type(client, published):
    published()

    numbers = client.get(f"{HOME}hours/hours/numbers.csv")
    picture = client.get(f"{HOME}hours/hours/phone.svg")
    drawn = client.get(f"{HOME}hours/hours/phone.png")

    assert numbers.headers["Content-Disposition"] == 'attachment; filename="hours-hours.csv"'
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert ElementTree.fromstring(picture.content).tag.endswith("svg")
    assert drawn.headers["Content-Type"] == "image/png"
    assert drawn.content.startswith(b"\x89PNG")


def test_the_same_bank_question_leads_to_its_other_waves_and_the_files_stay(client, published):
    first, later = published("first", title="First"), published("later", title="Later")
    Publication.objects.filter(pk=later.pk).update(last_day=date(2027, 1, 1))
    PublishedFigure.objects.filter(address="hours").update(bank="ons4.satisfied")

    shown = page(client, f"{HOME}later/hours/")

    assert "Asked at other times" in shown
    assert 'href="/library/workers/first/hours/"' in shown
    assert "earlier: 23 November 2026" in shown
    assert "later:" in page(client, f"{HOME}first/hours/")
    assert Publication.objects.get(pk=first.pk).edition == first.edition


def test_the_feed_is_atom_with_permanent_addresses(client, published):
    published("hours")

    feed = ElementTree.fromstring(client.get(f"{HOME}feed.atom").content)

    space = "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{space}entry")
    assert [one.findtext(f"{space}id") for one in entries] == ["http://testserver/library/workers/hours/"]
    (summary,) = (one.findtext(f"{space}summary") for one in entries)
    assert summary.startswith("How often do you work beyond your hours? ")
    assert "took part (" in summary


def test_posting_to_the_library_is_not_allowed(client, published):
    published()

    assert client.post(HOME).status_code == 405


def test_script_in_every_text_of_a_poll_is_text_on_every_page(client, published):
    evil = "<script>alert(1)</script>"
    text = (
        f"poll: {{slug}}\ntitle: '{evil}'\ncategory: '{evil}'\nintro: '{evil}'\nsponsor: '{evil}'\nitems:\n"
        f"  - {{id: hours, kind: single, text: '{evil}', hint: '{evil}',\n"
        f"     options: ['every week', '{evil}']}}\n"
    )
    published("hours", yes=40, no=0, text=text)

    for place in ("", "hours/", "hours/hours/", "hours/hours/wide.svg", "feed.atom"):
        assert evil not in page(client, f"{HOME}{place}")
