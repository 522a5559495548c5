"""The rows behind a figure are those that its cubes were counted from."""

import pytest
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis import services
from canvass.analysis.results import results
from canvass.analysis.rows import rows_of
from canvass.fieldwork.models import Ballot, Withdrawal
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_the_rows_of_a_figure_give_its_cube(counted):
    found = results(counted(yes=60, no=40).poll)

    rows = rows_of(found.counted, found.instrument)

    (hours,) = rows.count(items=["hours"])
    assert hours.cube.people(hours.cube.everyone) == found.at("hours").exhibit.toplines[0].base == 100


def test_the_published_poll_is_divided_by_an_answer(january):
    poll = january()
    services.close_and_count(poll, by=HOST, now=NOON + HOUR)
    found = results(poll)
    rows = rows_of(found.counted, found.instrument)

    groups = rows.by_item(found.all[0].item.id)

    assert (groups.codes >= 0).sum() == found.all[0].exhibit.toplines[0].base


def test_rows_that_were_withdrawn_are_not_kept_in_memory(counted):
    done = counted(yes=6, no=4)
    before = results(done.poll)
    rows_of(before.counted, before.instrument)

    Ballot.objects.filter(poll=done.poll.pk).first().delete()
    Withdrawal.objects.create(panel=done.poll.panel_id, poll=done.poll.pk, count=1)
    services.forget_withdrawn(done.poll, by=HOST, now=NOON + HOUR)

    after = results(done.poll)
    assert rows_of(after.counted, after.instrument).rows == 9
