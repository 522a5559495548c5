"""A panel with a manager at its desk; Alice is a member and holds the link to her own page."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from canvass.datafolder import clock
from canvass.panel import links, queries
from canvass.panel.links import Purpose
from canvass.panel.models import Address, Member
from canvass.panel.services import joining, panels
from canvass.team.access import Role
from canvass.team.audit import HOST, VISITOR, Actor
from canvass.team.models import Membership, Panel, Staff

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
STORES = ["default", "identity", "ballots"]


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda _folder: NOON)


@pytest.fixture
def panel(db) -> Panel:
    return panels.make_panel("workers", "Workers' Panel", by=HOST, now=NOON)


@pytest.fixture
def sign_up(panel):
    """Signs somebody up: sign_up("alice") -> the pending member."""

    def make(name: str, now: datetime = NOON, **what) -> Member:
        form = joining.SignUp(f"{name}@example.org", **what)
        joining.sign_up(panel, form, network="192.0.2.0/24", by=VISITOR, now=now)
        held = next(one for one in Address.objects.all() if one.address == form.address)
        return queries.member_by_key(held.member)

    return make


@pytest.fixture
def member(sign_up):
    """Signs somebody up and confirms: member("alice") -> an active member."""

    def make(name: str = "alice", now: datetime = NOON, **what) -> Member:
        pending = sign_up(name, now, **what)
        return joining.confirm(pending, by=Actor.member(pending.key), now=now)

    return make


@pytest.fixture
def alice(member) -> Member:
    return member("alice", profile={"role": "Manager"})


@pytest.fixture
def my_page(alice) -> str:
    return f"/me/{links.make(Purpose.ME, alice.key, now=NOON)}/"


@pytest.fixture
def desk(panel) -> Client:
    """A browser in which an owner of the panel is logged in."""
    ann = Staff.objects.create(email="ann@example.org", name="Ann", created_at=NOON)
    Membership.objects.create(panel=panel, staff=ann, role=Role.OWNER)
    browser = Client()
    browser.force_login(ann)
    return browser
