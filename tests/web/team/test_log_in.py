"""Log-in and log-out in the browser."""

from datetime import UTC, datetime

import pytest

from canvass.team import services
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import Panel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
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
