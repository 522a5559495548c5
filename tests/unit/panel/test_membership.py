"""A member's place in the panel: pause, leave, come back, link, be erased; in every store alike."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from canvass.panel import addresses, cipher, queries
from canvass.panel.models import Address, ConsentRecord, Letter, Member, Standing, Suppression
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import membership
from canvass.team.audit import VISITOR, Actor
from canvass.team.models import AuditEntry

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
MARCH = date(2027, 3, 1)


def act(verb, who: Member, **what) -> Member:
    return verb(who, by=Actor.member(who.key), now=what.pop("now", NOON), **what)


def standing(who: Member) -> tuple[str, bool]:
    row = Standing.objects.get(member=who.key)
    return row.state, row.mailable


def test_a_paused_member_is_registered_but_not_mailed(panel, member):
    alice = act(membership.pause, member(), until=MARCH)

    assert standing(alice) == ("paused", False)
    assert queries.standing_on(panel, NOON.date()) == queries.Headcount(NOON.date(), 1, 0)


@pytest.mark.parametrize(
    ("until", "sentence"), [(NOON.date(), "after today"), (date(2028, 1, 1), "within a year")]
)
def test_a_pause_has_a_day_that_makes_sense(member, until, sentence):
    with pytest.raises(PanelRefusal, match=sentence):
        act(membership.pause, member(), until=until)


def test_resuming_ends_a_pause(member):
    alice = act(membership.resume, act(membership.pause, member(), until=MARCH))

    assert standing(alice) == ("active", True)
    assert alice.paused_until is None


def test_who_left_cannot_pause(member):
    alice = act(membership.leave, member())

    with pytest.raises(PanelRefusal):
        act(membership.pause, alice, until=MARCH)


def test_leaving_stops_all_mail_at_once(panel, member):
    alice = act(membership.leave, member(linking=True))

    assert standing(alice) == ("left", False)
    assert Suppression.objects.get().lookup == cipher.lookup("alice@example.org")
    assert not ConsentRecord.objects.filter(withdrawn_at=None).exists()


def test_leaving_twice_is_leaving_once(member):
    alice = act(membership.leave, member())
    entries = AuditEntry.objects.count()

    act(membership.leave, alice, now=NOON + timedelta(days=1))

    assert AuditEntry.objects.count() == entries


def test_who_left_can_come_back_while_the_address_is_held(panel, member):
    alice = act(membership.come_back, act(membership.leave, member()))

    assert standing(alice) == ("active", True)
    assert not Suppression.objects.exists()
    assert alice.consents.filter(withdrawn_at=None, channel="member's page").exists()


def test_who_was_erased_cannot_come_back_by_an_old_link(member):
    alice = act(membership.erase, member())

    with pytest.raises(PanelRefusal, match="no longer held"):
        act(membership.come_back, alice)


def test_a_bounced_member_is_registered_but_not_mailed(panel, member):
    alice = act(membership.mark_bounced, member())

    assert standing(alice) == ("bounced", False)
    assert queries.standing_on(panel, NOON.date()).registered == 1


def test_a_changed_profile_reaches_the_ballots_store(member):
    alice = act(membership.change_profile, member(), profile={"region": "London", "role": ""})

    assert alice.profile == Standing.objects.get(member=alice.key).profile == {"region": "London"}


def test_linking_can_be_agreed_to_and_ended(member):
    alice = act(membership.agree_to_linking, member())
    agreed = Standing.objects.get(member=alice.key).linked
    act(membership.stop_linking, alice)

    assert agreed
    assert not Standing.objects.get(member=alice.key).linked
    assert ConsentRecord.objects.get(kind="linking").withdrawn_at == NOON


def test_erasure_leaves_nothing_that_names_anybody(member):
    alice = act(membership.erase, member(profile={"role": "Manager"}))

    assert not Address.objects.exists()
    assert not Letter.objects.exists()
    assert (alice.profile, alice.source, Standing.objects.get().profile) == ({}, "", {})
    assert Suppression.objects.get().reason == "erased"


def test_no_store_and_no_journal_holds_an_address_in_the_clear(member, settings):
    member("findable")

    stored = []
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                stored.append(repr(cursor.fetchall()))
    assert "findable" not in "".join(stored)


def test_looking_at_an_address_is_on_record_without_the_address(member):
    alice = member()

    assert membership.show_address(alice, by=VISITOR, now=NOON) == "alice@example.org"
    entry = AuditEntry.objects.get(verb="member.address_shown")
    assert "alice@" not in repr((entry.subject, entry.facts))


@pytest.mark.parametrize(
    "change",
    [{"state": "left"}, {"state": "paused"}, {"left_at": NOON}, {"erased_at": NOON}],
    ids=["left without a date", "paused without a day", "a date without leaving", "erased but held"],
)
def test_the_desk_store_refuses_a_standing_that_cannot_be(member, change):
    alice = member(profile={"role": "Manager"})

    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=alice.pk).update(**change)


def test_an_address_belongs_to_one_member_of_a_panel(panel, member):
    member("alice")

    with pytest.raises(IntegrityError), transaction.atomic("identity"):
        addresses.keep(panel, "ab" * 16, "Alice@Example.org", now=NOON)
