"""Who is mailed, who is not and why, and that nobody is mailed twice."""

import pytest
from django.db import IntegrityError
from tests.unit.fieldwork.mailing import HOUR, NOON, STORES, scene

from canvass.fieldwork import outbox, services
from canvass.fieldwork.mailings import Mailing, MailState, Outbox, Round
from canvass.fieldwork.outbox import Settled
from canvass.fieldwork.services import MailingRefused
from canvass.polls import services as polls
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)
AT = int(NOON.timestamp())


def invite(place, part=None, **more):
    return services.invite(place.poll, part or {}, **{"on_opening": False, "by": HOST, "now": NOON} | more)


def test_all_who_can_be_mailed_are_queued_and_no_others():
    place = scene()
    for name, state in (("ann", "active"), ("bob", "paused"), ("cat", "bounced"), ("dan", "left")):
        place.add(name, state)

    mailing = invite(place)

    assert place.outbox() == {"ann": "queued"}
    assert mailing.queued == 1


def test_before_sending_the_team_sees_who_will_be_skipped_and_why():
    place = scene()
    for name, state in (("ann", "active"), ("bob", "paused"), ("cat", "bounced"), ("eve", "pending")):
        place.add(name, state, role="Manager")
    place.add("fay", role="Practitioner")

    reach = outbox.reach(place.panel.pk, place.poll.pk, Round.INVITATION, {"role": ["Manager"]})

    assert reach == {"": 1, "paused": 1, "bounced": 1, "pending": 1, "outside": 1}


def test_a_part_is_chosen_by_profile_and_the_rest_can_follow():
    place = scene()
    place.add("ann", role="Manager", region="Wales")
    place.add("bob", role="Manager", region="London")
    place.add("cat")

    first = outbox.fill(
        place.panel.pk, place.poll.pk, 1, {"role": ["Manager"], "region": ["Wales", ""]}, now=AT
    )
    rest = outbox.fill(place.panel.pk, place.poll.pk, 1, {}, now=AT)

    assert (first, rest) == (1, 2)


def test_a_second_mailing_of_the_same_round_mails_nobody_twice():
    place = scene()
    place.add("ann")
    invite(place)

    again = invite(place)

    assert again.queued == 0
    assert Outbox.objects.count() == 1


def test_the_key_of_the_table_makes_a_second_mail_impossible():
    place = scene()
    ann = place.add("ann")
    row = {"panel": place.panel.pk, "poll": place.poll.pk, "member": ann, "round": 1, "due": 0}
    Outbox.objects.create(**row)

    with pytest.raises(IntegrityError):
        Outbox.objects.create(**row)


def test_the_reminder_goes_to_those_invited_who_have_not_answered():
    place = scene()
    ann, bob = place.add("ann"), place.add("bob")
    outbox.record_past(place.panel.pk, place.poll.pk, {ann: MailState.ACCEPTED, bob: MailState.ACCEPTED})
    place.takes_part(bob)
    place.add("cat")

    services.remind(place.poll, at=None, by=HOST, now=NOON)

    assert place.outbox() == {"ann": "accepted", "bob": "accepted", "ann reminder": "queued"}


def test_there_is_one_reminder():
    place = scene()
    services.remind(place.poll, at=None, by=HOST, now=NOON)

    with pytest.raises(MailingRefused, match="has gone out already"):
        services.remind(place.poll, at=None, by=HOST, now=NOON)


def test_a_mailing_planned_for_the_opening_begins_when_the_poll_opens():
    place = scene(state="scheduled")
    place.add("ann")
    invite(place, on_opening=True)
    services.begin_due(by=HOST, now=NOON)
    waiting = place.outbox()

    polls.open_scheduled(place.poll, by=HOST, now=NOON + HOUR)
    services.begin_due(by=HOST, now=NOON + HOUR)

    assert (waiting, place.outbox()) == ({}, {"ann": "queued"})


def test_a_reminder_with_a_date_waits_for_it():
    place = scene()
    services.remind(place.poll, at=NOON + HOUR, by=HOST, now=NOON)

    begun = [services.begin_due(by=HOST, now=NOON + HOUR * late) for late in (0.9, 1.1)]

    assert begun == [0, 1]


def test_a_mailing_that_was_cut_off_after_the_outbox_was_filled_is_finished_later():
    place = scene()
    place.add("ann")
    mailing = invite(place)
    Mailing.objects.filter(pk=mailing.pk).update(begun_at=None, queued=0)

    services.begin_due(by=HOST, now=NOON)

    assert Outbox.objects.count() == 1
    assert Mailing.objects.get().begun_at == NOON


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_nothing_is_mailed_before_the_poll_opens(state):
    with pytest.raises(MailingRefused, match="plan them for its opening"):
        invite(scene(state=state))


def test_a_plan_is_taken_back_until_it_begins():
    place = scene(state="scheduled")
    planned = invite(place, on_opening=True)

    services.drop_plan(planned, by=HOST, now=NOON)

    with pytest.raises(MailingRefused, match="begun already"):
        services.drop_plan(planned, by=HOST, now=NOON)


def test_what_changed_since_is_seen_at_the_last_moment():
    place = scene()
    keys = {name: place.add(name) for name in ("ann", "bob", "cat")}
    invite(place)
    slips = outbox.claim("me", 10, now=AT)
    place.takes_part(keys["bob"])
    from canvass.panel.models import Standing

    Standing.objects.filter(member=keys["cat"]).update(state="paused", mailable=False)

    going = outbox.attempt(slips, "me", [], now=AT)

    assert [slip.member for slip in going] == [keys["ann"]]
    assert place.outbox() == {"ann": "attempting", "bob": "skipped: answered", "cat": "skipped: paused"}


def test_a_poll_that_closed_in_the_meantime_mails_nobody():
    place = scene()
    place.add("ann")
    invite(place)

    outbox.recover(AT + 10 * 3600)

    assert place.outbox() == {"ann": "skipped: closed"}


def test_two_pumps_never_hold_the_same_mail():
    place = scene()
    for number in range(5):
        place.add(f"m{number}")
    invite(place)

    first, second = outbox.claim("one", 3, now=AT), outbox.claim("two", 9, now=AT)

    assert (len(first), len(second)) == (3, 2)
    assert not {slip.key for slip in first} & {slip.key for slip in second}


def test_what_a_dead_pump_was_attempting_is_unknown_and_due_again():
    place = scene()
    place.add("ann")
    invite(place)
    outbox.attempt(outbox.claim("dead", 9, now=AT), "dead", [], now=AT)

    outbox.recover(AT + outbox.LEASE - 1)
    still = place.outbox()
    outbox.recover(AT + outbox.LEASE + 1)

    assert (still, place.outbox()) == ({"ann": "attempting"}, {"ann": "unknown"})
    assert len(outbox.claim("new", 9, now=AT + outbox.LEASE + 1)) == 1


def test_a_pump_that_lost_its_lease_changes_nothing():
    place = scene()
    place.add("ann")
    invite(place)
    [slip] = outbox.attempt(outbox.claim("slow", 9, now=AT), "slow", [], now=AT)
    outbox.recover(AT + outbox.LEASE + 1)
    outbox.claim("new", 9, now=AT + outbox.LEASE + 1)

    outbox.settle([Settled(slip, MailState.REFUSED)], "slow", now=AT)

    assert place.outbox() == {"ann": "leased"}


@pytest.mark.parametrize(("tries", "minutes"), [(1, 5), (2, 10), (3, 20), (6, 160), (7, 240), (40, 240)])
def test_the_wait_after_a_temporary_refusal_doubles_up_to_four_hours(tries, minutes):
    assert outbox.wait_after(tries) == minutes * 60
