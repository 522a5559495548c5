"""Members in from a file, whole or not at all, and out to one, on record."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from canvass.panel import cipher, exports, imports, profiles, wordings
from canvass.panel.imports import NewMember, Plan
from canvass.panel.models import Address, ConsentRecord, Member, Standing, StandingEvent
from canvass.panel.refusals import PanelRefusal
from canvass.panel.states import State
from canvass.panel.yearly import YEAR
from canvass.team import audit
from canvass.team.audit import Actor
from canvass.team.models import Panel


def import_members(panel: Panel, plan: Plan, *, by: Actor, now: datetime) -> int:
    """Make members of every row of a plan, active at once. Returns how many. Raises PanelRefusal.

    A crash between two stores leaves rows without a member, which count for nothing and are mended by
    upkeep.reconcile; importing the file again works.
    """
    if plan.faults:
        raise PanelRefusal("The file has faults. Mend them and import it again; nothing was imported.")
    with transaction.atomic():
        Panel.objects.select_for_update().get(pk=panel.pk)  # one import at a time
        rows = imports.still_new(
            panel, plan.new
        )  # since the preview some may have joined, or it was sent twice
        keys = [secrets.token_hex(16) for _ in rows]
        _write_standing(panel, keys, rows)
        _write_addresses(panel, keys, rows, now=now)
        members = [
            Member(
                panel=panel,
                key=key,
                state=State.ACTIVE,
                profile=row.profile,
                source=row.source,
                joined_at=row.joined_at(now),
                confirmed_at=row.joined_at(now),
                ask_again_at=now + YEAR,  # the team has just vouched for them
            )
            for key, row in zip(keys, rows, strict=True)
        ]
        Member.objects.bulk_create(members, batch_size=500)
        _write_history(panel, members, rows)
        audit.record(
            "panel.imported", panel.slug, panel=panel, by=by, now=now,
            members=len(members), skipped=len(plan.skipped) + len(plan.new) - len(rows),
        )  # fmt: skip
    return len(members)


def _write_standing(panel: Panel, keys: Sequence[str], rows: Sequence[NewMember]) -> None:
    with transaction.atomic("ballots"):
        Standing.objects.bulk_create(
            [
                Standing(
                    member=key, panel_id=panel.pk, state=State.ACTIVE, mailable=True, profile=row.profile
                )
                for key, row in zip(keys, rows, strict=True)
            ],
            batch_size=500,
        )


def _write_addresses(panel: Panel, keys: Sequence[str], rows: Sequence[NewMember], *, now: datetime) -> None:
    hashes = [cipher.lookup(row.address) for row in rows]
    with transaction.atomic("identity"):
        for start in range(0, len(hashes), 500):
            left_behind = Address.objects.filter(panel_id=panel.pk, lookup__in=hashes[start : start + 500])
            left_behind.delete()  # the plan passed over every address whose member exists
        Address.objects.bulk_create(
            [
                Address(panel_id=panel.pk, member=key, lookup=hashed, address=row.address, created_at=now)
                for key, hashed, row in zip(keys, hashes, rows, strict=True)
            ],
            batch_size=500,
        )


def _write_history(panel: Panel, members: Sequence[Member], rows: Sequence[NewMember]) -> None:
    wording = wordings.in_force(panel, wordings.MEMBERSHIP)
    StandingEvent.objects.bulk_create(
        [
            StandingEvent(panel=panel, member=member, state=State.ACTIVE, at=member.joined_at)
            for member in members
        ],
        batch_size=500,
    )
    ConsentRecord.objects.bulk_create(
        [
            ConsentRecord(
                panel=panel,
                member=member,
                kind=wording.kind,
                version=wording.version,
                digest=wording.digest,
                channel="import",
                basis=row.basis,
                given_at=member.joined_at,
            )
            for member, row in zip(members, rows, strict=True)
        ],
        batch_size=500,
    )


def export_members(panel: Panel, *, by: Actor, now: datetime) -> bytes:
    """Every member with address and profile as CSV. The export is on record."""
    names = [field.name for field in profiles.fields_of(panel)]
    addresses = {held.member: held.address for held in Address.objects.filter(panel_id=panel.pk)}
    members = list(Member.objects.filter(panel=panel).order_by("joined_at", "pk"))
    headings = [
        "key",
        "address",
        "standing",
        "joined",
        "confirmed",
        "paused_until",
        "left",
        "source",
        "linked",
    ]
    rows = (
        [
            member.key,
            addresses.get(member.key, ""),
            member.state,
            *(_day(day) for day in (member.joined_at, member.confirmed_at)),
            member.paused_until.isoformat() if member.paused_until else "",
            _day(member.left_at),
            member.source,
            "yes" if member.linked else "no",
            *(member.profile.get(name, "") for name in names),
        ]
        for member in members
    )
    content = exports.as_csv([*headings, *(f"profile/{name}" for name in names)], rows)
    audit.record("panel.exported", panel.slug, panel=panel, by=by, now=now, members=len(members))
    return content


def _day(at: datetime | None) -> str:
    return "" if at is None else at.date().isoformat()
