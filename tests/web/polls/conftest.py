"""Ann owns the panel; Ada is an analyst there. Polls come in any state: poll(state="open")."""

import pytest
from django.conf import settings
from django.test import Client
from tests.unit.polls.conftest import NOON, ann, panel, picture_home, poll  # noqa: F401

from canvass.datafolder import clock
from canvass.team.access import Role
from canvass.team.models import Membership, Staff


@pytest.fixture(autouse=True)
def noon():
    """The installation's clock starts at noon, as the polls of the tests believe."""
    clock.set_today(settings.DATA.path, NOON)
    yield
    (settings.DATA.path / "clock.json").unlink()


@pytest.fixture
def as_role(panel):  # noqa: F811
    """A client logged in with these roles: as_role(Role.ANALYST)."""

    def make(*roles: Role) -> Client:
        name = "-".join(roles)
        staff, _new = Staff.objects.get_or_create(
            email=f"{name}@example.org", defaults={"name": name, "created_at": NOON}
        )
        for role in roles:
            Membership.objects.get_or_create(panel=panel, staff=staff, role=role)
        client = Client()
        client.force_login(staff)
        return client

    return make


@pytest.fixture
def desk(as_role) -> Client:
    return as_role(Role.OWNER)
