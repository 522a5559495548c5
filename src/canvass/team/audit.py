"""The audit log: every service leaves one entry, in its own transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from canvass.team.models import AuditEntry, Panel, Staff


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: staff, a member (by random key), a visitor not logged in, the host's
    keeper, or Canvass itself."""

    kind: str  # staff member visitor host system
    key: str

    @classmethod
    def of(cls, staff: Staff) -> "Actor":
        return cls("staff", str(staff.pk))

    @classmethod
    def member(cls, key: str) -> "Actor":
        return cls("member", key)


SYSTEM = Actor("system", "canvass")
VISITOR = Actor("visitor", "web")
HOST = Actor("host", "command line")


def record(
    verb: str, subject: str, *, panel: Panel | None, by: Actor, now: datetime, **facts: Any
) -> AuditEntry:
    """Write one entry: record("poll.opened", poll.slug, panel=panel, by=by, now=now, version=1)."""
    return AuditEntry.objects.create(
        panel=panel, at=now, actor_kind=by.kind, actor=by.key, verb=verb, subject=subject, facts=facts
    )
