"""A small cast: Ann owns the panel, Ben is a poll author there."""

from datetime import UTC, datetime

import pytest

from canvass.team import services
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.team.models import Panel, Staff

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PASSWORD = "four calm grey herons"


@pytest.fixture
def panel(db) -> Panel:
    return Panel.objects.create(slug="workers", name="Workers' Panel", people="workers", created_at=NOON)


@pytest.fixture
def staff(panel):
    """Makes a colleague with a password: staff("ann", Role.OWNER)."""

    def make(name: str, *roles: Role, within: Panel = panel) -> Staff:
        invited = services.invite(within, f"{name}@example.org", roles, name=name.title(), by=HOST, now=NOON)
        if invited.token:
            services.set_password(invited.token, PASSWORD, by=HOST, now=NOON)
        return Staff.objects.get(pk=invited.staff.pk)

    return make


@pytest.fixture
def ann(staff) -> Staff:
    return staff("ann", Role.OWNER)


@pytest.fixture
def ben(staff) -> Staff:
    return staff("ben", Role.POLL_AUTHOR)
