"""A panel and its members. Alice is active; others differ in what their test is about."""

from datetime import UTC, datetime

import pytest

from canvass.panel import queries
from canvass.panel.models import Address, Member
from canvass.panel.services import joining, panels
from canvass.team.audit import HOST, VISITOR, Actor
from canvass.team.models import Panel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def panel(db) -> Panel:
    return panels.make_panel("workers", "Workers' Panel", by=HOST, now=NOON)


@pytest.fixture
def sign_up(panel):
    """Signs somebody up: sign_up("alice", linking=True) -> the pending member."""

    def make(name: str, within: Panel = panel, now: datetime = NOON, **what) -> Member:
        form = joining.SignUp(f"{name}@example.org", **what)
        joining.sign_up(within, form, network="192.0.2.0/24", by=VISITOR, now=now)
        held = Address.objects.filter(panel_id=within.pk).order_by("-pk")
        return queries.member_by_key(next(one.member for one in held if one.address == form.address))

    return make


@pytest.fixture
def member(sign_up):
    """Signs somebody up and confirms: member("alice") -> an active member."""

    def make(name: str = "alice", now: datetime = NOON, **what) -> Member:
        pending = sign_up(name, now=now, **what)
        return joining.confirm(pending, by=Actor.member(pending.key), now=now)

    return make
