"""Signing up: double opt-in, one letter whoever asks, consent on record."""

from datetime import timedelta

import pytest

from canvass.panel import links, queries
from canvass.panel.links import Purpose
from canvass.panel.models import (
    Address,
    ConsentRecord,
    Letter,
    Member,
    Standing,
    StandingEvent,
    Suppression,
)
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.services import joining, membership, panels
from canvass.team import limits
from canvass.team.audit import HOST, VISITOR, Actor
from canvass.team.models import AuditEntry

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
NETWORK = "192.0.2.0/24"


def ask(panel, address="alice@example.org", **what):
    joining.sign_up(panel, joining.SignUp(address, **what), network=NETWORK, by=VISITOR, now=NOON)


def test_a_sign_up_is_neither_registered_nor_mailable_before_it_is_confirmed(panel, sign_up):
    alice = sign_up("alice", profile={"role": "Manager"})

    assert (alice.state, Standing.objects.get(member=alice.key).mailable) == ("pending", False)
    assert queries.standing_on(panel, NOON.date()).registered == 0


def test_confirming_makes_a_member_who_is_mailed(panel, member):
    alice = member("alice", profile={"role": "Manager"})

    standing = Standing.objects.get(member=alice.key)
    assert (standing.state, standing.mailable, standing.profile) == ("active", True, {"role": "Manager"})
    assert queries.mailable(panel) == [alice.key]


def test_confirming_twice_changes_nothing(member):
    alice = member("alice")
    entries = AuditEntry.objects.count()

    joining.confirm(alice, by=Actor.member(alice.key), now=NOON + timedelta(days=1))

    assert AuditEntry.objects.count() == entries


def test_the_letter_holds_the_link_that_confirms(sign_up):
    alice = sign_up("alice")

    letter = Letter.objects.get()
    token = letter.text.split("/confirm/")[1].split()[0]
    assert links.read(token, Purpose.CONFIRM, now=NOON).member == alice.key
    assert letter.member == alice.key


def test_a_known_address_gets_one_letter_too_with_the_members_own_link(panel, member):
    member("alice")
    before = Letter.objects.count()

    ask(panel)

    assert [letter.kind for letter in Letter.objects.order_by("pk")[before:]] == ["link"]
    assert Member.objects.count() == 1


def test_a_second_sign_up_before_confirming_is_the_same_member(panel, sign_up):
    alice = sign_up("alice", profile={"role": "Manager"}, linking=True)

    ask(panel, address=" ALICE@example.org", profile={"role": "Practitioner"})

    alice.refresh_from_db()
    assert (Member.objects.count(), alice.profile) == (1, {"role": "Practitioner"})
    assert not joining.confirm(alice, by=VISITOR, now=NOON).linked


def test_the_same_person_may_join_another_panel_and_is_another_member_there(panel, member, sign_up):
    alice = member("alice")
    other = panels.make_panel("other", "Other", by=HOST, now=NOON)

    there = sign_up("alice", within=other)

    assert there.key != alice.key
    assert there.panel == other


def test_linking_is_a_consent_of_its_own(member):
    with_linking, without = member("alice", linking=True), member("bob")

    assert [with_linking.linked, without.linked] == [True, False]
    assert Standing.objects.get(member=with_linking.key).linked
    kinds = ConsentRecord.objects.filter(member=without).values_list("kind", flat=True)
    assert list(kinds) == ["membership"]


def test_a_consent_says_which_wording_was_agreed_to(panel, sign_up):
    first = sign_up("alice")
    wording = panels.write_wording(panel, "membership", "New words.", by=HOST, now=NOON)
    second = sign_up("bob")

    records = {one.member: one for one in ConsentRecord.objects.all()}
    assert (records[first].version, records[second].version) == (1, 2)
    assert records[second].digest == wording.digest


@pytest.mark.parametrize(
    "address", ["", "alice", "alice@", "a b@example.org", "alice@example.org\nBcc: x@y.org"]
)
def test_what_is_no_address_is_refused_at_its_field(panel, address):
    with pytest.raises(PanelRefusal, match="Write an e-mail address") as refusal:
        ask(panel, address=address)

    assert refusal.value.field == "address"
    assert not Address.objects.exists()


def test_an_option_that_is_not_offered_is_refused(panel):
    with pytest.raises(PanelRefusal, match="'Wizard' is not an option of Role"):
        ask(panel, profile={"role": "Wizard"})

    assert not Standing.objects.exists()


@pytest.mark.parametrize(("code", "kept"), [("Conf-2026", "conf-2026"), ("<script>", ""), ("x" * 41, "")])
def test_the_source_of_recruitment_is_kept_when_it_is_a_code(sign_up, code, kept):
    assert sign_up("alice", source=code).source == kept


def test_one_address_gets_few_letters_an_hour_and_nobody_is_told(panel):
    for _ in range(limits.SIGN_UP_ADDRESS.times + 3):
        ask(panel)

    assert Letter.objects.count() == limits.SIGN_UP_ADDRESS.times


def test_one_network_is_stopped(panel, monkeypatch):
    monkeypatch.setattr(limits, "SIGN_UP_NETWORK", limits.Limit("few", 2, timedelta(hours=1)))
    ask(panel, address="a@example.org")
    ask(panel, address="b@example.org")

    with pytest.raises(TooManySignUps):
        ask(panel, address="c@example.org")


def test_send_me_my_link_mails_members_and_only_them(panel, member):
    member("alice")
    before = Letter.objects.count()

    for address in ("alice@example.org", "nobody@example.org"):
        joining.send_link(panel, address, network=NETWORK, by=VISITOR, now=NOON)

    assert [letter.kind for letter in Letter.objects.order_by("pk")[before:]] == ["link"]


def test_who_left_can_sign_up_again_and_is_no_longer_suppressed(panel, member):
    alice = member("alice")
    membership.leave(alice, by=VISITOR, now=NOON)

    ask(panel)
    alice.refresh_from_db()
    joining.confirm(alice, by=VISITOR, now=NOON)

    assert not Suppression.objects.exists()
    states = StandingEvent.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["pending", "active", "left", "pending", "active"]
