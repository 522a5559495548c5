"""A member's own page: each GET shows and changes nothing, each POST does one thing."""

import json
import re
from datetime import timedelta

import pytest

from canvass.datafolder import clock
from canvass.fieldwork.models import Participation
from canvass.panel import links
from canvass.panel.links import Purpose
from canvass.panel.models import Address, ConsentRecord, Member, Standing, StandingEvent
from canvass.team.models import AuditEntry

from .conftest import NOON, STORES

pytestmark = pytest.mark.django_db(databases=STORES)
PAGES = [
    "",
    "profile",
    "pause",
    "resume",
    "leave",
    "linking",
    "data",
    "erase",
    "address",
    "still",
    "no-longer",
]


def everything() -> list[object]:
    """What the stores hold of members, and how much is on record."""
    kept = (Member, Standing, StandingEvent, ConsentRecord, Address)
    rows = [list(model.objects.order_by("pk").values()) for model in kept]
    return [*rows, AuditEntry.objects.count()]


def until(day: str, month: str, year: str) -> dict[str, str]:
    return {"until_day": day, "until_month": month, "until_year": year}


@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing(page, client, my_page):
    before = everything()

    response = client.get(my_page + page)

    assert response.status_code == 200
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert everything() == before


@pytest.mark.parametrize(
    "page", ["profile", "pause", "leave", "linking", "erase", "address", "still", "no-longer"]
)
def test_a_scanner_that_sends_a_form_as_it_stands_takes_nobody_out(page, client, my_page):
    client.post(my_page + page, {})

    assert Member.objects.get().state == "active"
    assert Address.objects.exists()


@pytest.mark.parametrize(
    ("page", "sent", "standing"),
    [
        ("pause", {"until_day": "24", "until_month": "12", "until_year": "2026"}, "paused"),
        ("leave", {"choice": "leave"}, "left"),
        ("leave", {"choice": "pause"}, "paused"),
        ("erase", {"sure": "on"}, "left"),
        ("no-longer", {"choice": "leave"}, "left"),
        ("no-longer", {"choice": "lapse"}, "lapsed"),
    ],
)
def test_a_button_moves_the_member_in_both_stores(page, sent, standing, client, my_page):
    response = client.post(my_page + page, sent, follow=True)

    assert response.status_code == 200
    assert 'role="status"' in response.text
    assert Member.objects.get().state == Standing.objects.get().state == standing
    assert Standing.objects.get().mailable is False


def test_details_are_changed_where_ballots_read_them_too(client, my_page):
    client.post(my_page + "profile", {"profile_role": "Practitioner", "profile_region": "London"})

    profile = {"role": "Practitioner", "region": "London"}
    assert Member.objects.get().profile == Standing.objects.get().profile == profile


def test_an_option_that_is_not_offered_is_refused_and_nothing_changes(client, my_page):
    response = client.post(my_page + "profile", {"profile_role": "Queen"})

    assert response.status_code == 422
    assert Member.objects.get().profile == {"role": "Manager"}


def test_the_day_of_a_pause_is_typed_in_three_fields(client, my_page):
    page = client.get(my_page + "pause").text
    assert all(f'name="{name}"' in page for name in until("", "", ""))

    client.post(my_page + "pause", until("24", "12", "2026"))

    assert f"{Member.objects.get().paused_until}" == "2026-12-24"


@pytest.mark.parametrize(
    "day", [("", "", ""), ("31", "2", "2027"), ("x", "12", "2026"), ("23", "11", "2026"), ("1", "1", "2029")]
)
def test_a_day_on_which_no_pause_can_end_is_said_at_its_field(day, client, my_page):
    response = client.post(my_page + "pause", until(*day))

    assert response.status_code == 422
    assert 'href="#id_until_day"' in response.text
    assert Member.objects.get().state == "active"


def test_linking_is_agreed_to_and_ended_on_its_own_page(client, my_page):
    client.post(my_page + "linking", {"linked": "yes"})
    assert Standing.objects.get().linked is True

    client.post(my_page + "linking", {"linked": "no"})

    assert Standing.objects.get().linked is False
    assert ConsentRecord.objects.get(kind="linking").withdrawn_at == NOON


def test_who_left_comes_back_by_one_button(client, my_page):
    client.post(my_page + "leave", {"choice": "leave"})

    page = client.post(my_page + "resume", follow=True).text

    assert "You get mail from us again." in page
    assert Member.objects.get().state == "active"


def test_a_mail_programs_unsubscribe_needs_no_page_of_ours(client, my_page):
    response = client.post(
        my_page + "leave", {"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert response.status_code == 200
    assert Member.objects.get().state == "left"


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("pause", until("24", "12", "2026")),
        ("leave", {"choice": "leave"}),
        ("erase", {"sure": "on"}),
        ("no-longer", {"choice": "lapse"}),
    ],
)
def test_another_sites_form_does_nothing(page, sent, client, my_page):
    client.post(my_page + page, sent, headers={"Sec-Fetch-Site": "cross-site"})

    assert Member.objects.get().state == "active"


def test_the_download_holds_everything_and_no_answer(client, my_page, alice):
    Participation.objects.create(panel=alice.panel_id, poll=1, member=alice.key, opened=NOON.date())

    held = json.loads(client.get(my_page + "data").content)

    assert held["address"] == "alice@example.org"
    assert held["profile"] == {"role": "Manager"}
    assert held["took_part_on"] == ["2026-11-23"]
    assert [one["kind"] for one in held["consents"]] == ["membership"]
    assert [one["standing"] for one in held["standing_history"]] == ["pending", "active"]


def test_erasure_leaves_a_page_that_says_so_and_no_address_anywhere(client, my_page):
    page = client.post(my_page + "erase", {"sure": "on"}, follow=True).text

    assert "We hold nothing that names you." in page
    assert "alice@example.org" not in client.get(my_page + "data").text
    assert not Address.objects.exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_for_something_else_or_tampered_with_opens_no_page(method, page, client, alice):
    other = links.make(Purpose.CONFIRM, alice.key, now=NOON)
    own = links.make(Purpose.ME, alice.key, now=NOON)
    bent = own[:20] + ("A" if own[20] != "A" else "B") + own[21:]

    found = [getattr(client, method)(f"/me/{token}/{page}") for token in (other, bent, "x", "é" * 54)]

    assert {one.status_code for one in found} == {404}
    assert Member.objects.get().state == "active"


@pytest.mark.parametrize("page", PAGES)
def test_an_old_link_offers_a_new_one(page, client, alice):
    old = links.make(Purpose.ME, alice.key, now=NOON - timedelta(days=401))

    response = client.get(f"/me/{old}/{page}")

    assert response.status_code == 410
    assert "/join/workers/link" in response.text


def test_the_page_asks_once_a_year_and_a_button_answers(client, my_page, monkeypatch):
    assert "Are you still working" not in client.get(my_page).text
    monkeypatch.setattr(clock, "now", lambda _folder: NOON + timedelta(days=365))
    assert "Are you still working" in client.get(my_page).text

    page = client.post(my_page + "still", {"still": "yes"}, follow=True).text

    assert "We ask again in a year." in page
    assert "said on 23 November 2027" in page
    assert "Are you still working" not in page


def test_a_no_says_nothing_before_what_follows_from_it_is_chosen(client, my_page):
    page = client.post(my_page + "still", {"still": "no"}, follow=True).text

    assert "No longer in this profession" in page
    assert Member.objects.get().state == "active"


def test_a_scanner_that_presses_the_first_button_of_every_form_says_no_yes(client, my_page):
    """Scanners send a form with its first button at most; here that one only leads on."""
    form = client.get(my_page + "still").text.partition("<form")[2]
    name, value = re.search(r'<button[^>]*name="(\w+)" value="(\w+)"', form).groups()

    client.post(my_page + "still", {name: value})

    assert Member.objects.get().reaffirmed_at is None


def test_a_word_in_the_address_that_means_nothing_says_nothing(client, my_page):
    assert 'role="status"' not in client.get(my_page + "?done=nonsense").text
