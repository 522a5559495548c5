"""What a crash between two stores leaves is found, mended and said."""

from datetime import timedelta

import pytest

from canvass.panel import addresses
from canvass.panel.models import Address, Letter, Member, Standing, Suppression
from canvass.panel.services import membership, upkeep
from canvass.team.audit import SYSTEM, VISITOR
from canvass.team.models import AuditEntry

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
LATER = NOON + timedelta(hours=2)


def mend(panel) -> list[str]:
    return upkeep.reconcile(panel, by=SYSTEM, now=LATER)


def test_stores_that_agree_are_left_alone(panel, member):
    member("alice", linking=True, profile={"role": "Manager"})
    membership.leave(member("bob"), by=VISITOR, now=NOON)
    membership.erase(member("cy"), by=VISITOR, now=NOON)

    assert mend(panel) == []


def test_a_sign_up_that_stopped_after_the_ballots_store_is_removed(panel):
    Standing.objects.create(member="ab" * 16, panel_id=panel.pk, state="pending")

    assert mend(panel) == ["A half-made sign-up (abababab) was removed."]
    assert not Standing.objects.exists()


def test_a_sign_up_that_stopped_after_the_identity_store_is_removed_and_can_be_made_again(panel, sign_up):
    Standing.objects.create(member="ab" * 16, panel_id=panel.pk, state="pending")
    addresses.keep(panel, "ab" * 16, "alice@example.org", now=NOON)

    mend(panel)

    assert sign_up("alice").state == "pending"


def test_a_sign_up_under_way_is_left_alone(panel):
    Standing.objects.create(member="ab" * 16, panel_id=panel.pk, state="pending")
    addresses.keep(panel, "ab" * 16, "alice@example.org", now=LATER)

    assert mend(panel) == []


def test_a_lost_standing_is_written_again(panel, member):
    alice = member(linking=True, profile={"role": "Manager"})
    Standing.objects.filter(member=alice.key).delete()

    assert mend(panel) == [f"The standing of member {alice.key[:8]} was missing and is written again."]
    row = Standing.objects.get()
    assert (row.state, row.mailable, row.linked, row.profile) == ("active", True, True, {"role": "Manager"})


def test_a_desk_that_missed_a_leaving_catches_up(panel, member):
    alice = member()
    Standing.objects.filter(member=alice.key).update(state="left", mailable=False)

    mended = mend(panel)

    alice.refresh_from_db()
    assert (alice.state, alice.left_at) == ("left", LATER)
    assert mended == [f"The desk was behind on member {alice.key[:8]} and has caught up: left."]


def test_an_erasure_that_stopped_before_the_desk_is_finished(panel, member):
    alice = member(profile={"role": "Manager"})
    Standing.objects.filter(member=alice.key).update(state="left", mailable=False, profile={})
    Address.objects.all().delete()

    mend(panel)

    alice.refresh_from_db()
    assert (alice.profile, alice.erased_at) == ({}, LATER)


def test_a_member_without_an_address_is_no_longer_mailed(panel, member):
    alice = member()
    Address.objects.all().delete()

    mend(panel)

    assert (Standing.objects.get().mailable, Member.objects.get(pk=alice.pk).state) == (False, "bounced")


def test_what_was_mended_is_on_record_and_mending_twice_finds_nothing(panel, member):
    member()
    Standing.objects.all().delete()

    mend(panel)

    assert AuditEntry.objects.filter(verb="panel.stores_mended").count() == 1
    assert mend(panel) == []


def test_pauses_end_on_their_day(panel, member):
    alice = member()
    day = NOON.date() + timedelta(days=10)
    membership.pause(alice, until=day, by=VISITOR, now=NOON)

    upkeep.daily(by=SYSTEM, now=NOON + timedelta(days=9))
    before = Standing.objects.get().mailable
    upkeep.daily(by=SYSTEM, now=NOON + timedelta(days=10))

    assert (before, Standing.objects.get().mailable) == (False, True)


def test_fourteen_days_after_leaving_the_address_is_forgotten(panel, member):
    membership.leave(member(), by=VISITOR, now=NOON)

    upkeep.daily(by=SYSTEM, now=NOON + timedelta(days=13))
    held = Address.objects.count()
    upkeep.daily(by=SYSTEM, now=NOON + timedelta(days=14))

    assert (held, Address.objects.count(), Suppression.objects.count()) == (1, 0, 1)


def test_a_sign_up_that_was_never_confirmed_leaves_nothing(panel, sign_up):
    sign_up("alice")

    upkeep.daily(by=SYSTEM, now=NOON + timedelta(days=14))

    left = [model.objects.count() for model in (Member, Standing, Address, Letter, Suppression)]
    assert left == [0, 0, 0, 0, 0]
