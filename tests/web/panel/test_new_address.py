"""The pages on which a member's address changes: one answer for everybody, a button behind a mailed link."""

from datetime import timedelta

import pytest
from tests.web.panel.test_my_page import everything

from canvass.datafolder import clock
from canvass.panel import links, queries
from canvass.panel.links import Purpose
from canvass.panel.models import AddressChange, Letter, Member
from canvass.panel.services import membership
from canvass.team import limits
from canvass.team.audit import SYSTEM

from .conftest import NOON, STORES

pytestmark = pytest.mark.django_db(databases=STORES)
NEW = "alice@new.example"


@pytest.fixture
def ask(client, my_page):
    """Writes an address on the member's page: ask("bob@example.org") -> the answer."""

    def write(address: str = NEW, **headers):
        return client.post(my_page + "address", {"address": address}, headers=headers)

    return write


@pytest.fixture
def mailed(ask) -> str:
    """The page behind the link that was mailed to the new address."""
    ask()
    letter = Letter.objects.get(kind="new_address")
    return "/address/" + letter.text.split("/address/")[1].split()[0]


def address_of(alice: Member) -> str | None:
    return queries.address_of(alice.panel, alice.key)


def test_a_strangers_a_members_and_a_former_members_address_get_the_same_answer(ask, member, client):
    member("bob")
    membership.erase(member("cat"), by=SYSTEM, now=NOON)

    answers = [ask(f"{name}@example.org") for name in ("nobody", "bob", "cat")]

    assert len({(one.status_code, one.headers["Location"], one.content) for one in answers}) == 1
    page = client.get(answers[0].headers["Location"]).text
    assert "We have sent a mail to the new address." in page


@pytest.mark.parametrize("address", ["", "alice", "alice@example.org", "a" * 250 + "@example.org"])
def test_what_cannot_be_the_new_address_is_said_at_its_field(ask, alice, address):
    response = ask(address)

    assert response.status_code == 422
    assert 'href="#id_address"' in response.text
    assert not AddressChange.objects.exists()


def test_looking_at_the_mailed_page_changes_nothing(client, mailed, alice):
    before = everything()

    response = client.get(mailed)

    assert NEW in response.text
    assert (response["Referrer-Policy"], "no-store" in response["Cache-Control"]) == ("no-referrer", True)
    assert everything() == before


def test_the_button_changes_the_address_and_leads_to_the_members_page(client, mailed, alice, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda _folder: NOON + timedelta(minutes=5))

    page = client.post(mailed).text

    assert "Your address is changed" in page
    assert address_of(alice) == NEW
    own = page.split('href="http://testserver/me/')[1].split('"')[0]
    assert NEW in client.get(f"/me/{own}").text


def test_pressing_again_says_so_calmly_and_opens_no_page(client, mailed, alice):
    client.post(mailed)

    for again in (client.get(mailed), client.post(mailed)):
        assert (again.status_code, "Your address is changed" in again.text) == (200, True)
        assert "/me/" not in again.text


@pytest.mark.parametrize("page", ["", "address", "data", "erase", "leave"])
def test_a_link_from_before_the_change_opens_nothing(client, mailed, alice, my_page, monkeypatch, page):
    monkeypatch.setattr(clock, "now", lambda _folder: NOON + timedelta(minutes=5))
    client.post(mailed)

    response = client.get(my_page + page)

    assert (response.status_code, NEW in response.text) == (410, False)
    assert "/join/workers/link" in response.text


def test_another_sites_form_does_nothing(client, ask, mailed, alice):
    wishes = AddressChange.objects.get().key

    ask("eve@example.org", **{"Sec-Fetch-Site": "cross-site"})
    client.post(mailed, headers={"Sec-Fetch-Site": "cross-site"})

    assert AddressChange.objects.get().key == wishes
    assert address_of(alice) == "alice@example.org"


def test_a_link_for_something_else_tampered_with_or_replaced_opens_no_page(client, ask, mailed, alice):
    wish = AddressChange.objects.get()
    own = links.make(Purpose.ME, wish.key, now=NOON)
    bent = mailed[:30] + ("A" if mailed[30] != "A" else "B") + mailed[31:]
    ask("other@example.org")

    found = [client.post(where) for where in (f"/address/{own}", bent, "/address/x", mailed)]

    assert {one.status_code for one in found} == {404}
    assert address_of(alice) == "alice@example.org"


def test_an_address_that_became_a_members_meanwhile_stays_theirs(client, ask, alice, member):
    ask("bob@example.org")
    mailed = "/address/" + Letter.objects.get(kind="new_address").text.split("/address/")[1].split()[0]
    member("bob")

    response = client.post(mailed)

    assert response.status_code == 422
    assert "that of a member already" in response.text
    assert address_of(alice) == "alice@example.org"


def test_one_who_asks_too_often_is_told_to_wait(ask):
    answers = [ask(f"a{number}@example.org") for number in range(limits.ADDRESS_CHANGE.times + 1)]

    assert [one.status_code for one in answers] == [302] * limits.ADDRESS_CHANGE.times + [429]
