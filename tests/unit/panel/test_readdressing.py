"""A member's address changes by a link mailed to the new one, and asking tells nobody who is a member."""

from datetime import timedelta

import pytest

from canvass.panel import cipher, links, queries
from canvass.panel.links import Purpose
from canvass.panel.models import Address, AddressChange, Letter, Member, StandingEvent, Suppression
from canvass.panel.refusals import PanelRefusal, TooManySignUps
from canvass.panel.services import joining, membership, readdressing, upkeep
from canvass.team import limits
from canvass.team.audit import SYSTEM, VISITOR, Actor
from canvass.team.models import AuditEntry

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
NETWORK = "192.0.2.0/24"
NEW = "alice@new.example"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def mail_server_set(settings):
    """Letters wait for the pump, and so hold where they go."""
    settings.SMTP_URL = "smtp://127.0.0.1:9"


def ask(who: Member, address: str = NEW, now=NOON) -> AddressChange:
    readdressing.ask(who, address, network=NETWORK, by=Actor.member(who.key), now=now)
    return AddressChange.objects.get(member=who.key)


def confirm(who: Member, wish: AddressChange, now=NOON + HOUR) -> Member:
    return readdressing.confirm(who, wish, by=Actor.member(who.key), now=now)


def letters(kind: str) -> list[tuple[str, str | None]]:
    """Whom letters of a kind belong to, and where they go if not to that member's address."""
    return list(Letter.objects.filter(kind=kind).order_by("pk").values_list("member", "address"))


def test_nothing_changes_before_the_button_behind_the_mailed_link(member):
    alice = member("alice")

    ask(alice)

    assert queries.address_of(alice.panel, alice.key) == "alice@example.org"
    assert letters("new_address") == [(alice.key, NEW)]


def test_the_letter_holds_a_link_to_the_wish_and_none_to_the_members_page(member):
    wish = ask(member("alice"))

    letter = Letter.objects.get(kind="new_address")
    token = letter.text.split("/address/")[1].split()[0]
    assert links.read(token, Purpose.ADDRESS, now=NOON).member == wish.key
    assert "/me/" not in letter.text + letter.html


def test_confirming_moves_the_address_and_nothing_else(panel, member):
    alice = member("alice", profile={"role": "Manager"}, linking=True)
    history, consents = queries.history(alice), queries.consents(alice)

    after = confirm(alice, ask(alice, " Alice@NEW.example "))

    held = Address.objects.get(member=alice.key)
    assert (held.address, held.lookup, held.changed_at) == (NEW, cipher.lookup(NEW), NOON + HOUR)
    assert (after.key, after.profile, after.linked, after.state) == (
        alice.key,
        {"role": "Manager"},
        True,
        "active",
    )
    assert (queries.history(after), queries.consents(after)) == (history, consents)
    assert queries.mailable(panel) == [alice.key]


def test_the_old_address_gets_a_last_letter_without_a_link_to_the_page_or_the_new_address(member):
    alice = member("alice")

    confirm(alice, ask(alice))

    letter = Letter.objects.get(kind="address_changed")
    assert (letter.member, letter.address) == (alice.key, "alice@example.org")
    assert not any(part in letter.text + letter.html for part in ("/me/", NEW))


def test_links_in_mails_to_the_old_address_are_outdated_and_new_ones_are_not(member):
    alice = member("alice")
    confirm(alice, ask(alice))

    made = [NOON, NOON + HOUR, NOON + 2 * HOUR]

    assert [queries.outdated(alice.key, one) for one in made] == [True, False, False]


def test_the_old_address_is_imported_by_no_file_until_it_joins_again(panel, member):
    alice = member("alice")

    confirm(alice, ask(alice))

    held = Suppression.objects.get()
    assert (held.lookup, held.reason) == (cipher.lookup("alice@example.org"), "moved")


def test_an_address_that_was_suppressed_is_mailed_again_once_its_reader_says_yes(member):
    bob = membership.erase(member("bob"), by=VISITOR, now=NOON)
    alice = member("alice")

    confirm(alice, ask(alice, "bob@example.org"))

    assert bob.erased_at is not None
    assert [one.reason for one in Suppression.objects.all()] == ["moved"]
    assert queries.addresses_of(alice.panel, [alice.key])[alice.key].address == "bob@example.org"


def test_asking_for_a_members_address_leaves_the_same_behind_as_for_a_strangers(member):
    """What the asker can see of their own data, and what the audit log says, tells nothing."""
    seen = []
    member("bob")
    for name, address in (("alice", "bob@example.org"), ("carol", "eve@example.org")):
        asker = member(name)
        before = Letter.objects.count(), AuditEntry.objects.count()
        ask(asker, address)
        held = queries.held_about(asker)
        seen.append(
            (
                Letter.objects.count() - before[0],
                AuditEntry.objects.count() - before[1],
                AuditEntry.objects.latest("pk").verb,
                [mail["kind"] for mail in held["mails"]],
                held["new_address_asked_for"] == address,
            )
        )

    assert seen[0] == seen[1] == (1, 1, "member.address_asked", ["confirm", "welcome"], True)


def test_a_member_whose_address_somebody_else_asks_for_is_told_and_keeps_it(member):
    bob, alice = member("bob"), member("alice")

    wish = ask(alice, "bob@example.org")

    assert letters("address_taken") == [(bob.key, None)]
    with pytest.raises(PanelRefusal, match="that of a member already"):
        confirm(alice, wish)
    assert queries.address_of(alice.panel, alice.key) == "alice@example.org"


@pytest.mark.parametrize("standing", ["pending", "left"])
def test_who_holds_the_address_without_being_registered_gives_way(panel, member, sign_up, standing):
    other = sign_up("other") if standing == "pending" else member("other")
    if standing == "left":
        membership.leave(other, by=VISITOR, now=NOON)
    alice = member("alice")

    confirm(alice, ask(alice, "other@example.org"))

    assert [one.member for one in Address.objects.all()] == [alice.key]
    assert not Suppression.objects.filter(lookup=cipher.lookup("other@example.org")).exists()
    assert upkeep.reconcile(panel, by=SYSTEM, now=NOON + 3 * HOUR) == []


def test_somebody_who_joins_with_it_in_the_meantime_keeps_it(member, monkeypatch):
    alice = member("alice")
    wish = ask(alice, "bob@example.org")
    monkeypatch.setattr(joining, "find_member", lambda *_: None)  # looked a moment before bob was there
    Address.objects.create(
        panel_id=alice.panel_id, member="ab" * 16, lookup=wish.lookup, address=wish.address, created_at=NOON
    )

    with pytest.raises(PanelRefusal, match="that of a member already"):
        confirm(alice, wish)

    assert queries.address_of(alice.panel, alice.key) == "alice@example.org"
    assert letters("address_changed") == []


def test_a_bounced_member_is_mailed_again_at_the_new_address(panel, member):
    alice = membership.mark_bounced(member("alice"), by=SYSTEM, now=NOON)

    after = confirm(alice, ask(alice))

    assert after.state == "active"
    assert queries.mailable(panel) == [alice.key]
    states = StandingEvent.objects.filter(member=alice).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["pending", "active", "bounced", "active"]


@pytest.mark.parametrize("standing", ["paused", "lapsed"])
def test_who_gets_no_mail_by_choice_still_gets_none(member, standing):
    alice = member("alice")
    if standing == "paused":
        alice = membership.pause(alice, until=NOON.date() + timedelta(days=9), by=SYSTEM, now=NOON)
    else:
        alice = membership.mark_lapsed(alice, by=SYSTEM, now=NOON)

    assert confirm(alice, ask(alice)).state == standing


def test_confirming_twice_is_confirming_once(member):
    alice = member("alice")
    wish = ask(alice)
    confirm(alice, wish)
    entries = AuditEntry.objects.count()

    confirm(alice, wish)  # the same page, sent again
    wish.refresh_from_db()
    confirm(alice, wish)

    assert AuditEntry.objects.count() == entries
    assert len(letters("address_changed")) == 1


def test_a_second_wish_takes_the_place_of_the_first(member):
    alice = member("alice")
    first = ask(alice, "typo@example.org")

    second = ask(alice)

    assert queries.wish_of(first.key) is None
    assert queries.member_who_wishes(second.key) == alice


def test_the_same_address_is_refused_at_its_field(member):
    with pytest.raises(PanelRefusal, match="have already") as refusal:
        ask(member("alice"), "ALICE@example.org")

    assert refusal.value.field == "address"


def test_who_left_changes_no_address(member):
    alice = member("alice")
    wish = ask(alice)
    membership.leave(alice, by=VISITOR, now=NOON)

    assert not AddressChange.objects.exists()
    assert letters("new_address") == []
    for verb in (lambda: ask(alice), lambda: confirm(alice, wish)):
        with pytest.raises(PanelRefusal, match="left this panel"):
            verb()


def test_erasure_forgets_the_wish_too(member):
    alice = member("alice")
    ask(alice)

    membership.erase(alice, by=VISITOR, now=NOON)

    assert not AddressChange.objects.exists()
    assert not Letter.objects.exists()


def test_a_wish_without_a_yes_is_forgotten_after_14_days(panel, member):
    ask(member("alice"))

    upkeep.forget(panel, by=SYSTEM, now=NOON + timedelta(days=13))
    before = AddressChange.objects.count()
    upkeep.forget(panel, by=SYSTEM, now=NOON + timedelta(days=14))

    assert (before, AddressChange.objects.count()) == (1, 0)


def test_one_address_gets_few_letters_an_hour_and_nobody_is_told(member):
    askers = [member(f"asker{number}") for number in range(limits.SIGN_UP_ADDRESS.times + 2)]

    for one in askers:
        readdressing.ask(one, NEW, network=NETWORK, by=VISITOR, now=NOON)

    assert len(letters("new_address")) == limits.SIGN_UP_ADDRESS.times


def test_one_member_and_one_network_are_stopped(member, monkeypatch):
    alice, bob = member("alice"), member("bob")
    for number in range(limits.ADDRESS_CHANGE.times):
        ask(alice, f"a{number}@example.org")
    with pytest.raises(TooManySignUps):
        ask(alice, "one-more@example.org")

    monkeypatch.setattr(limits, "SIGN_UP_NETWORK", limits.Limit("few", 0, HOUR))
    with pytest.raises(TooManySignUps):
        ask(bob)


def test_no_entry_of_the_audit_log_names_an_address(member):
    alice = member("alice")
    confirm(alice, ask(alice))

    entries = AuditEntry.objects.filter(verb__startswith="member.address")
    assert [one.verb for one in entries.order_by("pk")] == ["member.address_asked", "member.address_changed"]
    assert "@" not in repr([(one.subject, one.facts) for one in entries])
