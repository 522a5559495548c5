"""The team's pages: people, roles, audit, settings."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from canvass.team import audit, services
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import Panel, Staff

WHAT = re.compile(r'data-label="What">([^<]*)<')
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEAM = "/desk/workers/team/"


@pytest.fixture
def panel(db) -> Panel:
    return Panel.objects.create(slug="workers", name="Workers' Panel", people="workers", created_at=NOON)


@pytest.fixture
def colleague(panel):
    def make(name: str, *roles: Role) -> Staff:
        email = f"{name}@example.org"
        return services.invite(panel, email, roles, name=name.title(), by=HOST, now=NOON).staff

    return make


@pytest.fixture
def owner(client, colleague) -> Staff:
    ann = colleague("ann", Role.OWNER)
    client.force_login(ann)
    return ann


def test_an_invitation_shows_its_link_once(client, owner):
    form = {"name": "Ben", "email": "ben@example.org", "roles": ["analyst"]}

    response = client.post(TEAM + "invite", form)

    link = response.text.split("http://testserver")[1].split('"')[0]
    assert client.get(link).status_code == 200
    assert link not in client.get(TEAM).text


def test_an_invited_colleague_sets_a_password_and_logs_in(client, owner):
    response = client.post(TEAM + "invite", {"name": "Ben", "email": "b@example.org", "roles": ["analyst"]})
    link = response.text.split("http://testserver")[1].split('"')[0]
    client.logout()

    client.post(link, {"password": "four calm grey herons"})
    client.post("/desk/log-in", {"email": "b@example.org", "password": "four calm grey herons"})

    assert client.get(TEAM).status_code == 200


def test_a_spent_link_says_what_to_do(client, db):
    response = client.get("/desk/password/nonsense")

    assert response.status_code == 404
    assert "Ask an owner" in response.text


def test_the_last_owner_is_kept_with_a_reason(client, owner):
    response = client.post(f"{TEAM}{owner.pk}/remove")

    assert response.status_code == 422
    assert "last owner" in response.text


def test_knowing_members_and_reading_answers_is_warned_of(client, owner, colleague):
    colleague("ben", Role.PANEL_MANAGER, Role.CODER)

    assert "Give these roles to two people" in client.get(TEAM).text


def test_a_colleague_of_another_panel_does_not_exist_here(client, owner):
    other = Panel.objects.create(slug="other", name="Other", created_at=NOON)
    stranger = services.invite(other, "eve@example.org", [Role.OWNER], by=HOST, now=NOON).staff

    assert client.get(f"{TEAM}{stranger.pk}/").status_code == 404


def test_an_analyst_sees_who_is_in_the_team_but_no_way_to_change_it(client, panel, colleague):
    client.force_login(colleague("cy", Role.ANALYST))

    page = client.get(TEAM).text

    assert "Cy" in page
    assert "Invite" not in page


def test_the_audit_log_can_be_narrowed_to_a_verb(client, owner, colleague):
    colleague("ben", Role.CODER)
    client.post(TEAM + "settings", {"name": "New", "people": "workers", "time_zone": "Europe/London"})

    page = client.get(TEAM + "audit?verb=panel.settings_changed").text

    assert "1 entry" in page
    assert WHAT.findall(page) == ["Panel: settings changed"]


def test_the_audit_log_reads_as_words(client, owner, panel):
    key = "a" * 32
    facts = {"part": {"role": ["Manager"]}, "sent_again": False, "left_on": None}
    audit.record("mailing.planned", "hours", panel=panel, by=HOST, now=NOON, **facts)
    audit.record("member.link_asked", "unknown address", panel=panel, by=HOST, now=NOON)
    audit.record("member.address_shown", key, panel=panel, by=HOST, now=NOON)

    page = client.get(TEAM + "audit").text

    assert WHAT.findall(page)[:3] == ["Member: address shown", "Member: link asked", "Mailing: planned"]
    assert f'<a href="/desk/workers/panel/member/{key}/">member {key[:8]}</a>' in page
    assert "part: role Manager; sent again: no; left on: –" in page
    assert 'data-label="To what">unknown address</td>' in page
    assert 'data-label="To what">Ann</td>' in page  # who was invited, by name


def test_settings_that_cannot_be_are_said_at_the_field_and_kept(client, owner):
    response = client.post(TEAM + "settings", {"name": "New", "people": "workers", "time_zone": "Mars"})

    assert response.status_code == 422
    assert "is not a time zone" in response.text
    assert 'value="New"' in response.text


def test_a_name_with_markup_in_it_is_shown_as_text(client, owner, colleague):
    Staff.objects.filter(pk=owner.pk).update(name="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(TEAM).text


def test_taking_a_role_away_closes_its_pages_at_once(client, owner, colleague, panel):
    ben = colleague("ben", Role.PANEL_MANAGER)
    browser = Client()
    browser.force_login(ben)
    assert browser.get("/desk/workers/panel/profile").status_code == 200

    client.post(f"{TEAM}{ben.pk}/", {"roles": ["analyst"]})

    assert browser.get("/desk/workers/panel/profile").status_code == 404
    assert browser.get(TEAM).status_code == 200


def test_who_is_removed_is_out_with_the_next_click(client, owner, colleague):
    ben = colleague("ben", Role.PANEL_MANAGER)
    browser = Client()
    browser.force_login(ben)

    client.post(f"{TEAM}{ben.pk}/remove")

    assert browser.get(TEAM).url.startswith("/desk/log-in")


def test_a_new_password_ends_the_sessions_that_began_with_the_old_one(client, owner, colleague):
    ben = colleague("ben", Role.ANALYST)
    browser = Client()
    browser.force_login(ben)
    link = client.post(f"{TEAM}{ben.pk}/link").text.split("http://testserver")[1].split('"')[0]

    Client().post(link, {"password": "four calm grey herons"})

    assert browser.get(TEAM).url.startswith("/desk/log-in")


def test_a_link_that_would_open_another_panel_is_refused_with_a_way_out(client, owner, colleague):
    nurses = Panel.objects.create(slug="nurses", name="Nurses' Panel", created_at=NOON)
    ben = colleague("ben", Role.ANALYST)
    services.invite(nurses, "ben@example.org", [Role.OWNER], by=HOST, now=NOON)

    page = client.post(f"{TEAM}{ben.pk}/link", follow=True).text

    assert "Ben is in another team too" in page
    assert "/desk/password/" not in page


def test_the_team_page_says_what_each_role_may_do_and_how_to_invite(client, owner):
    page = client.get(TEAM).text

    assert "members, sign-up, import and export" in page
    assert "sets their password, once, within three days" in page
