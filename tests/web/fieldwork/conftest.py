"""The clock stands at noon; an owner is logged in; polls have members."""

import pytest
from django.test import Client
from tests.unit.fieldwork.mailing import NOON, Scene, scene

from canvass.datafolder import clock
from canvass.team.access import Role
from canvass.team.models import Membership, Staff


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda _folder: NOON)


@pytest.fixture
def place() -> Scene:
    """An open poll with two members who can be mailed and one who paused."""
    made = scene()
    for name, state in (("ann", "active"), ("bob", "active"), ("cat", "paused")):
        made.add(name, state)
    return made


@pytest.fixture
def as_role():
    """A client logged in with a role in the scene's panel: as_role(place, Role.OWNER)."""

    def make(where: Scene, role: Role = Role.OWNER) -> Client:
        staff = Staff.objects.create(email=f"{role}@example.org", name=role, created_at=NOON)
        Membership.objects.create(panel=where.panel, staff=staff, role=role)
        client = Client()
        client.force_login(staff)
        return client

    return make


@pytest.fixture
def desk(place, as_role) -> Client:
    return as_role(place)
