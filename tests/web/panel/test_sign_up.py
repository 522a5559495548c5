"""The public pages: sign-up, confirmation, "send me my link again"."""

from datetime import timedelta
from time import monotonic

import pytest

from canvass.panel import links
from canvass.panel.links import Purpose
from canvass.panel.models import ConsentRecord, Letter, Member
from canvass.panel.services import panels
from canvass.panel.views import pace
from canvass.team.audit import HOST

from .conftest import NOON, STORES

pytestmark = pytest.mark.django_db(databases=STORES)
JOIN = "/join/workers/"


def form(address: str = "bob@example.org", **more: str) -> dict[str, str]:
    return {"address": address, "membership": "on", "profile_role": "Manager", **more}


def confirmation(member: Member, now=NOON) -> str:
    return f"/confirm/{links.make(Purpose.CONFIRM, member.key, now=now)}"


def test_signing_up_sets_no_cookie_and_leads_to_a_page_that_says_look_in_your_mail(client, panel):
    response = client.post(JOIN, form(), follow=True)

    assert "Now look in your mail" in response.text
    assert not response.cookies
    assert Letter.objects.get().kind == "confirm"


@pytest.mark.parametrize("known", ["stranger", "alice", "pending", "erased"])
def test_nobody_can_tell_whether_an_address_is_known(known, client, alice, sign_up):
    sign_up("pending")
    Letter.objects.all().delete()

    answer = client.post(JOIN, form(f"{known}@example.org"))
    page = client.get(answer.url)

    assert (answer.status_code, answer.url, answer.content) == (302, "/join/workers/done", b"")
    assert "We have sent you a mail" in page.text
    assert Letter.objects.count() == 1


def test_without_consent_nobody_is_signed_up_and_what_was_written_stays(client, panel):
    response = client.post(JOIN, form(membership=""))

    assert response.status_code == 422
    assert "Tick the box if you agree" in response.text
    assert 'value="bob@example.org"' in response.text
    assert not Member.objects.exists()


@pytest.mark.parametrize(
    "address", ["", "bob", "bob@", "bob@example.org\nBcc: x@example.org", "\0@example.org"]
)
def test_what_is_no_address_is_said_at_its_field(address, client, panel):
    response = client.post(JOIN, form(address))

    assert response.status_code == 422
    assert 'href="#id_address"' in response.text
    assert not Member.objects.exists()


def test_words_that_changed_while_somebody_read_are_shown_again(client, panel):
    panels.write_wording(panel, "membership", "Other words.", by=HOST, now=NOON)

    response = client.post(JOIN, form(wording_membership="1", wording_linking="1"))

    assert response.status_code == 422
    assert "The wording has changed since you opened this page" in response.text
    assert "Other words." in response.text
    assert not Member.objects.exists()


def test_the_words_that_were_shown_are_the_words_on_record(client, panel):
    panels.write_wording(panel, "membership", "Other words.", by=HOST, now=NOON)

    client.post(JOIN, form(wording_membership="2", wording_linking="1", linking="on"))

    assert set(ConsentRecord.objects.values_list("kind", "version")) == {("membership", 2), ("linking", 1)}


def test_the_linking_box_is_never_ticked_beforehand(client, panel):
    page = client.get(JOIN).text

    assert "checked" not in page
    assert "Workers&#x27; Panel" in page


def test_another_sites_form_signs_nobody_up(client, panel):
    client.post(JOIN, form(), headers={"Sec-Fetch-Site": "cross-site"})

    assert not Member.objects.exists()


def test_looking_at_the_confirmation_changes_nothing(client, sign_up):
    bob = sign_up("bob", profile={"role": "Manager"})

    page = client.get(confirmation(bob)).text

    assert "Yes, sign me up" in page
    assert "Manager" in page
    assert Member.objects.get().state == "pending"


def test_the_button_makes_a_member_and_pressing_it_twice_reads_the_same(client, sign_up):
    bob = sign_up("bob")

    pages = [client.post(confirmation(bob)).text for _ in range(2)]

    assert pages[0] == pages[1]
    assert "You are in" in pages[0]
    assert Letter.objects.filter(kind="welcome").count() == 1


def test_another_sites_button_confirms_nobody(client, sign_up):
    bob = sign_up("bob")

    client.post(confirmation(bob), headers={"Sec-Fetch-Site": "cross-site"})

    assert Member.objects.get().state == "pending"


def test_an_old_confirmation_offers_a_new_link(client, sign_up):
    old = confirmation(sign_up("bob"), now=NOON - timedelta(days=15))

    responses = [client.get(old), client.post(old)]

    assert [one.status_code for one in responses] == [410, 410]
    assert "/join/workers/link" in responses[0].text
    assert Member.objects.get().state == "pending"


@pytest.mark.parametrize("name", ["alice", "stranger", "gone"])
def test_send_me_my_link_again_answers_everybody_the_same(name, client, alice):
    Letter.objects.all().delete()

    answer = client.post(JOIN + "link", {"address": f"{name}@example.org"})
    page = client.get(answer.url)

    assert (answer.status_code, answer.url) == (302, "/join/workers/link/sent")
    assert f"{name}@" not in page.text
    assert Letter.objects.count() == (1 if name == "alice" else 0)


def test_a_panel_that_is_none_has_no_sign_up_page(client, panel):
    assert client.get("/join/nobody/").status_code == 404


def test_script_in_a_panels_words_is_shown_as_text(client, panel):
    panels.write_wording(panel, "membership", "<script>alert(1)</script>", by=HOST, now=NOON)

    page = client.get(JOIN).text

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_bad_address_and_a_missing_consent_are_said_together(client, panel):
    page = client.post(JOIN, form("bob", membership="")).text

    assert 'href="#id_address"' in page
    assert "Tick the box if you agree" in page


@pytest.mark.parametrize("page", [JOIN, JOIN + "link"])
def test_the_clock_does_not_tell_either_who_is_known(page, client, alice):
    began = monotonic()

    for name in ("alice", "stranger"):
        client.post(page, form(f"{name}@example.org"))

    assert monotonic() - began >= 2 * pace.STEP
