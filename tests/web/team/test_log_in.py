"""Log-in and log-out in the browser."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core import signing

from canvass.team import services
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import Panel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"
PASSWORD = "four calm grey herons"


@pytest.fixture
def ann(db):
    panel = Panel.objects.create(slug="workers", name="Workers' Panel", people="workers", created_at=NOON)
    invited = services.invite(panel, "ann@example.org", [Role.OWNER], name="Ann", by=HOST, now=NOON)
    token = services.renew_link(panel, invited.staff, by=HOST, now=datetime(2126, 1, 1, tzinfo=UTC))
    services.set_password(token, PASSWORD, by=HOST, now=NOON)
    return invited.staff


def log_in(client, **what):
    return client.post("/desk/log-in", {"email": "ann@example.org", "password": PASSWORD, **what})


def test_the_right_password_leads_to_the_page_that_was_asked_for(client, ann):
    response = log_in(client, next="/desk/workers/team/")

    assert response.headers["Location"] == "/desk/workers/team/"
    assert client.get("/desk/workers/team/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"]
)
def test_log_in_never_leads_to_another_site(client, ann, target):
    assert log_in(client, next=target).headers["Location"] == "/desk/"


def test_a_wrong_password_is_told_in_one_sentence_and_the_address_kept(client, ann):
    response = log_in(client, password="wrong")

    assert response.status_code == 422
    assert "The address or the password is wrong." in response.text
    assert "ann@example.org" in response.text
    assert 'wrong"' not in response.text


def test_the_session_is_a_new_one_after_log_in(client, ann):
    client.get("/desk/log-in")
    client.session["planted"] = "by a stranger"
    client.session.save()
    before = client.session.session_key

    log_in(client)

    assert client.session.session_key != before


def test_too_many_tries_are_told_with_a_time_to_wait(client, ann):
    for _ in range(6):
        log_in(client, password="wrong")

    response = log_in(client)

    assert response.status_code == 429
    assert response.headers["Retry-After"] == "900"


def test_log_out_is_a_post_and_ends_the_session(client, ann):
    log_in(client)

    assert client.get("/desk/log-out").status_code == 405
    client.post("/desk/log-out")
    assert client.get("/desk/workers/team/").status_code == 302


def test_a_closed_account_is_out_at_once(client, ann):
    log_in(client)
    type(ann).objects.update(is_active=False)

    assert client.get("/desk/workers/team/").status_code == 302


def test_a_form_without_its_token_is_refused(ann):
    from django.test import Client

    response = log_in(Client(enforce_csrf_checks=True))

    assert response.status_code == 403


def test_a_form_sent_when_the_log_in_had_ended_waits_and_is_sent_again(client, ann):
    typed = {"name": "New <name>", "people": "a\r\nb", "time_zone": "Europe/London"}
    page = "http://testserver/desk/workers/team/settings"

    refused = client.post(
        "/desk/workers/team/settings", urlencode(typed), headers={"referer": page}, content_type=FORM
    )
    waits = dict(re.findall(r'<input type="hidden" name="(next|kept)" value="([^"]*)"', refused.text))
    wrong = log_in(client, password="wrong", **waits)
    asked = log_in(client, **waits)
    fields = dict(
        re.findall(r'<input type="hidden" name="(name|people|time_zone)" value="([^"]*)"', asked.text)
    )

    assert refused.status_code == 401
    assert waits["next"] == "/desk/workers/team/settings"
    assert waits["kept"] in wrong.text
    assert 'action="/desk/workers/team/settings"' in asked.text
    assert {name: unescape(value) for name, value in fields.items()} == typed
    assert Panel.objects.get().name == "Workers' Panel"  # not before its sender says so


@pytest.mark.parametrize(
    "kept",
    ["", "nonsense", signing.dumps(["/desk/", []], salt="another")],
    ids=["nothing", "nonsense", "signed for something else"],
)
def test_only_what_this_site_kept_is_offered_to_be_sent(client, ann, kept):
    assert log_in(client, kept=kept).headers["Location"] == "/desk/"


def test_a_button_alone_and_a_file_lead_back_to_their_page(client, ann):
    page = {"referer": "http://testserver/desk/workers/panel/import?x=1"}
    elsewhere = {"referer": "https://evil.example/desk/"}

    file = client.post("/desk/workers/panel/import", {"basis": "paper"}, headers=page)
    button = client.post("/desk/workers/polls/hours/close", headers=page)
    strange = client.post("/desk/workers/polls/hours/close", headers=elsewhere)

    assert file.headers["Location"] == button.headers["Location"]
    assert button.headers["Location"] == "/desk/log-in?next=%2Fdesk%2Fworkers%2Fpanel%2Fimport%3Fx%3D1"
    assert strange.headers["Location"] == "/desk/log-in?next=%2Fdesk%2F"


def test_a_part_of_a_page_is_told_that_the_log_in_ended_and_shows_no_other_page(client, ann):
    response = client.post("/desk/workers/polls/hours/check", headers={"hx-request": "true"})

    assert (response.status_code, response.text) == (401, "")
