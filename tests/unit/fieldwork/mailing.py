"""A panel with members and an open poll, for tests of mail."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections

from canvass.panel import cipher
from canvass.panel.models import Address, Member, Standing, StandingEvent
from canvass.polls import drafts
from canvass.polls import services as polls
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Panel

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STORES = ["default", "identity", "ballots"]
TEXT = """\
poll: hours
title: Working hours
category: practice
{more}
intro: Two questions about your working week.
items:
  - id: often
    kind: single
    text: How often do you work beyond your hours?
    options: [every week, once a month, never]
  - id: why
    kind: text
    text: Why?
"""


@dataclass
class Scene:
    """One panel, its open poll, and a quick way to members in any standing."""

    panel: Panel
    poll: Poll

    def add(self, name: str, state: str = "active", **profile: str) -> str:
        """A member with an address; returns the key."""
        key = f"{abs(hash(name)) % 16**12:012x}".rjust(32, "a")
        Standing.objects.create(
            member=key, panel_id=self.panel.pk, state=state, mailable=state == "active", profile=profile
        )
        address = f"{name}@example.org"
        Address.objects.create(
            panel_id=self.panel.pk,
            member=key,
            lookup=cipher.lookup(address),
            address=address,
            created_at=NOON,
        )
        left = NOON if state == "left" else None
        paused = NOON.date() + timedelta(days=9) if state == "paused" else None
        made = Member.objects.create(
            panel=self.panel, key=key, state=state, profile=profile, joined_at=NOON, confirmed_at=NOON,
            left_at=left, paused_until=paused,
        )  # fmt: skip
        StandingEvent.objects.create(panel=self.panel, member=made, state=state, at=NOON)
        return key

    def takes_part(self, member: str, *days: str | None) -> None:
        """Days of opened, answered, finished."""
        opened, answered, finished = (*days, None, None, None)[:3] if days else ("2026-11-23",) * 3
        with connections["ballots"].cursor() as cursor:
            cursor.execute(
                "INSERT INTO participation (panel, poll, member, opened, answered, finished)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                [self.panel.pk, self.poll.pk, member, opened, answered, finished],
            )

    def outbox(self) -> dict[str, str]:
        """State by member's name, and by name and round for a reminder."""
        with connections["ballots"].cursor() as cursor:
            cursor.execute("SELECT member, round, state, reply FROM outbox ORDER BY round")
            rows = cursor.fetchall()
        names = {held.member: held.address.split("@")[0] for held in Address.objects.all()}
        return {names.get(m, m) + (" reminder" if r == 2 else ""): s if s != "skipped" else f"{s}: {t}"
                for m, r, s, t in rows}  # fmt: skip


def scene(*, state: str = "open", more: str = "", **changed: Any) -> Scene:
    panel = Panel.objects.create(slug="workers", name="Workers' Panel", created_at=NOON)
    text = changed.get("text", TEXT).format(more=more)
    poll = drafts.create(panel, slug="hours", title="Working hours", text=text, by=HOST, now=NOON)
    if state == "open":
        poll = polls.open_now(poll, closes=NOON + 9 * HOUR, by=HOST, now=NOON)
    if state == "scheduled":
        poll = polls.schedule(poll, opens=NOON + HOUR, closes=NOON + 9 * HOUR, by=HOST, now=NOON)
    return Scene(panel, poll)
