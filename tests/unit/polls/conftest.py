"""A panel, its author, and polls in any state: poll(state="open", …)."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from canvass.polls import drafts, services
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Panel, Staff

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = """\
poll: {slug}
title: {title}
category: practice
items:
  - id: hours
    kind: single
    text: How often do you work beyond your hours?
    options: [every week, never]
  - id: why
    kind: text
    text: Why?
    ask_if: hours == "every week"
"""
HOUR = timedelta(hours=1)


@pytest.fixture
def panel(transactional_db) -> Panel:
    return Panel.objects.create(slug="workers", name="Workers' Panel", created_at=NOON)


@pytest.fixture
def ann(panel) -> Staff:
    return Staff.objects.create(email="ann@example.org", name="Ann", created_at=NOON)


@pytest.fixture
def picture_home(panel):
    yield settings.DATA.pictures
    shutil.rmtree(settings.DATA.pictures, ignore_errors=True)


@pytest.fixture
def poll(panel, picture_home):
    """Makes a poll and brings it as far as asked: poll(state="closed")."""

    def make(
        slug: str = "hours", *, state: str = "draft", text: str = TEXT, title: str = "Working hours"
    ) -> Poll:
        text = text.replace("{slug}", slug).replace("{title}", title)
        made = drafts.create(panel, slug=slug, title=title, text=text, by=HOST, now=NOON)
        return brought_to(made, state)

    return make


def brought_to(poll: Poll, state: str) -> Poll:
    if state == "scheduled":
        return services.schedule(poll, opens=NOON + HOUR, closes=NOON + 9 * HOUR, by=HOST, now=NOON)
    if state in ("open", "closed", "published"):
        poll = services.open_now(poll, closes=NOON + 9 * HOUR, by=HOST, now=NOON)
    if state in ("closed", "published"):
        poll = services.close(poll, by=HOST, now=NOON + 2 * HOUR)
    if state == "published":
        poll = services.publish(poll, by=HOST, now=NOON + 3 * HOUR)
    if state == "withdrawn":
        poll = services.withdraw(poll, by=HOST, now=NOON)
    return poll
