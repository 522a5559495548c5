"""Closing counts: immutable files, one row, and numbers that nothing changes afterwards."""

import pytest
from django.conf import settings
from tests.unit.analysis.conftest import NO, YES, cast
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis import due, services
from canvass.analysis.models import Counted
from canvass.analysis.results import results
from canvass.fieldwork.models import Ballot, CollectedElsewhere, Withdrawal
from canvass.polls import due as polls_due
from canvass.polls import services as polls
from canvass.polls.models import Poll
from canvass.polls.states import GRACE, PollRefused, State
from canvass.tables.disclosure import Audience
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
LATER = NOON + 2 * HOUR


def files(poll: Poll) -> dict[str, bytes]:
    folder = settings.DATA.counted / poll.panel.slug / poll.slug
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_closing_writes_the_files_of_the_manifest_and_nothing_else(counted):
    done = counted(yes=3, no=2)

    named = {stored["name"] for stored in done.manifest["files"]}
    assert set(files(done.poll)) == named
    assert sorted(stored["kind"] for stored in done.manifest["files"]) == ["answers", "profiles", "text"]


def test_closing_closes_counts_and_says_so_in_the_audit_log(counted):
    done = counted(yes=3, no=2)

    verbs = AuditEntry.objects.filter(subject="hours").order_by("pk").values_list("verb", flat=True)
    assert Poll.objects.get().state == State.CLOSED
    assert (done.ballots, done.withdrawn, done.took_part) == (5, 0, 5)
    assert list(verbs)[-2:] == ["poll.closed", "poll.counted"]


def test_counting_again_changes_nothing(counted):
    first = counted()
    before = files(first.poll)

    again = services.count(first.poll, by=HOST, now=LATER)

    assert (again.pk, again.counted_at, files(first.poll)) == (first.pk, first.counted_at, before)
    assert AuditEntry.objects.filter(verb="poll.counted").count() == 1


def test_numbers_stay_whatever_happens_to_the_ballots_afterwards(counted):
    done = counted(yes=60, no=40)
    before = results(done.poll).at("hours").exhibit

    Ballot.objects.all().delete()
    services.count(done.poll, by=HOST, now=LATER)

    assert results(done.poll).at("hours").exhibit == before


def test_the_same_ballots_in_another_order_give_the_same_files(answered, poll):
    first = answered("hours", yes=4, no=3)
    mixed = poll("again", state="open", text=first.text.replace("poll: hours", "poll: again"))
    cast(mixed, [NO, YES, NO, YES, YES, NO, YES])

    one, other = (services.close_and_count(each, by=HOST, now=LATER) for each in (first, mixed))

    sizes = [[stored["rows"] for stored in each.manifest["files"]] for each in (one, other)]
    assert sizes[0] == sizes[1]
    assert one.cubes == other.cubes


def test_took_part_is_ballots_and_withdrawn(answered):
    poll = answered(yes=6, no=4)
    Withdrawal.objects.create(panel=poll.panel_id, poll=poll.pk, count=2)

    done = services.close_and_count(poll, by=HOST, now=LATER)

    assert (done.ballots, done.withdrawn, done.took_part) == (10, 2, 12)


def test_a_poll_that_nobody_answered_is_counted_too(counted):
    done = counted(yes=0, no=0)

    topline = results(done.poll, Audience.TEAM).at("hours").exhibit.toplines[0]
    assert (done.ballots, topline.asked, topline.base) == (0, 0, 0)


def test_an_open_poll_is_not_counted(answered):
    with pytest.raises(PollRefused, match="Only a closed poll can be counted"):
        services.count(answered(), by=HOST, now=LATER)

    assert not Counted.objects.exists()


def test_a_closed_poll_cannot_be_closed_again(counted):
    done = counted()

    with pytest.raises(PollRefused, match="hours is closed"):
        services.close_and_count(done.poll, by=HOST, now=LATER)


def test_what_was_closed_and_not_counted_is_counted_by_the_pump(answered):
    poll = polls.close(answered(yes=6, no=4), by=HOST, now=LATER)

    found = due.count_closed(LATER)

    assert [(done.poll, done.ballots) for done in found] == [(poll, 10)]
    assert due.count_closed(LATER) == []


def test_the_clock_counts_only_after_the_grace_for_hand_ins_already_begun(answered):
    poll = answered()
    closes = poll.closes_at

    early = polls_due.close_due(closes + GRACE / 2)
    before = Counted.objects.count()
    late = polls_due.close_due(closes + GRACE)

    assert (early, before, late) == (0, 0, 1)
    assert Counted.objects.get().counted_at == closes + GRACE


@pytest.mark.parametrize(("invited", "population"), [(1237, 1237), (100, 100), (99, None), (None, None)])
def test_the_population_is_the_number_mailed_where_it_can_be(answered, invited, population):
    poll = answered(yes=60, no=40)
    CollectedElsewhere.objects.create(poll=poll.pk, panel=poll.panel_id, invited=invited)

    services.close_and_count(poll, by=HOST, now=LATER)

    assert results(poll).at("hours").exhibit.population == population


def test_the_finite_population_correction_narrows_the_interval(answered):
    widths = []
    for slug, invited in (("known", 200), ("unknown", None)):
        poll = answered(slug, yes=60, no=40)
        CollectedElsewhere.objects.create(poll=poll.pk, panel=poll.panel_id, invited=invited)
        services.close_and_count(poll, by=HOST, now=LATER)
        share = results(poll).at("hours").exhibit.toplines[0].figure("share", "every week")
        widths.append(share.standard_error)

    # by hand: sqrt(.6*.4/99) = 0.049237, and times sqrt(1 - 100/200) = 0.034816
    assert widths == pytest.approx([0.034816, 0.049237], abs=1e-6)


def withdraw_one(poll: Poll) -> None:
    """As fieldwork does it: the ballot goes, and is counted."""
    Ballot.objects.filter(poll=poll.pk, answers__hours="every week").order_by("key")[0].delete()
    row, _new = Withdrawal.objects.get_or_create(poll=poll.pk, panel=poll.panel_id)
    Withdrawal.objects.filter(pk=row.pk).update(count=row.count + 1)


def test_answers_withdrawn_after_counting_leave_the_files_and_the_tables_stay(counted):
    done = counted(yes=60, no=40)
    before, tables = files(done.poll), results(done.poll).at("hours").exhibit
    withdraw_one(done.poll)

    (after,) = due.forget_withdrawn(LATER)

    assert (after.forgotten, after.ballots, after.took_part) == (1, 100, 100)
    assert {stored["rows"] for stored in after.manifest["files"] if stored["kind"] == "answers"} == {99}
    assert set(files(done.poll)).isdisjoint(
        set(before) - {stored["name"] for stored in after.manifest["files"]}
    )
    assert results(done.poll).at("hours").exhibit == tables
    assert due.forget_withdrawn(LATER) == []


def test_what_was_withdrawn_before_counting_is_not_forgotten_twice(answered):
    poll = answered(yes=6, no=4)
    withdraw_one(poll)
    done = services.close_and_count(poll, by=HOST, now=LATER)

    assert (done.ballots, done.withdrawn, due.forget_withdrawn(LATER)) == (9, 1, [])


def test_an_old_file_that_outlived_a_stop_is_destroyed_by_the_next_run(counted):
    done = counted()
    withdraw_one(done.poll)
    (after,) = due.forget_withdrawn(LATER)
    outlived = settings.DATA.counted / "workers" / "hours" / "text-0123456789abcdef.parquet"
    outlived.write_bytes(b"withdrawn answers")

    assert due.forget_withdrawn(LATER) == []
    assert set(files(done.poll)) == {stored["name"] for stored in after.manifest["files"]}
