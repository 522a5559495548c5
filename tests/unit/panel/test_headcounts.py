"""Registered, mailable and active: three numbers, on any date."""

from datetime import date, timedelta

import pytest

from canvass.fieldwork.models import Participation
from canvass.panel import beside, profiles, queries
from canvass.panel.services import membership, panels
from canvass.team.audit import HOST

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
TODAY = NOON.date()


def takes_part(member, day: date, poll: int = 1) -> None:
    Participation.objects.create(panel=member.panel_id, poll=poll, member=member.key, opened=day)


def numbers(panel, day: date) -> tuple[int, int, int]:
    held = queries.standing_on(panel, day)
    return held.registered, held.mailable, queries.active_on(panel, day)


def test_the_three_numbers_differ(panel, member):
    joined = NOON - timedelta(days=20)
    for name in ("alice", "bob", "cat"):
        who = member(name, now=joined)
        if name != "cat":
            takes_part(who, TODAY - timedelta(days=3))
        if name == "alice":
            membership.pause(who, until=TODAY + timedelta(days=9), by=HOST, now=NOON)

    assert numbers(panel, TODAY) == (3, 2, 2)


@pytest.mark.parametrize(("days", "active"), [(0, 0), (1, 1), (365, 1), (366, 0)])
def test_active_is_a_year_and_begins_the_day_after(panel, member, days, active):
    takes_part(member(now=NOON - timedelta(days=500)), TODAY - timedelta(days=days))

    assert queries.active_on(panel, TODAY) == active


def test_a_past_date_does_not_know_what_came_later(panel, member):
    alice = member(now=NOON - timedelta(days=500))
    takes_part(alice, TODAY - timedelta(days=400), poll=1)
    takes_part(alice, TODAY - timedelta(days=10), poll=2)
    membership.leave(alice, by=HOST, now=NOON)
    days = [TODAY - timedelta(days=ago) for ago in (450, 399, 30, 9, 0)]

    assert queries.active_over(panel, days) == [0, 1, 0, 1, 0]
    assert [held.registered for held in queries.standing_over(panel, days)] == [1, 1, 1, 1, 0]


def test_who_took_part_in_another_panel_is_not_counted_here(panel, member):
    other = panels.make_panel("nurses", "Nurses' Panel", by=HOST, now=NOON)
    takes_part(member(), TODAY)

    assert queries.active_on(other, TODAY + timedelta(days=1)) == 0


def test_who_was_registered_on_a_day_counts_by_the_profile_of_today(panel, member):
    alice = member("alice", profile={"role": "Manager"}, now=NOON - timedelta(days=40))
    member("bob", profile={"role": "Practitioner"}, now=NOON - timedelta(days=10))
    member("carol", profile={}, now=NOON - timedelta(days=40))
    membership.leave(alice, by=HOST, now=NOON)
    days = [TODAY - timedelta(days=ago) for ago in (50, 30, 5, 0)]
    role = next(field for field in profiles.fields_of(panel) if field.name == "role")

    found = beside.over_time(panel, role, days)

    assert found.categories[:3] == ("Practitioner", "Senior practitioner", "Manager")
    assert found.counts == ((0, 0, 1, 1), (0, 0, 0, 0), (0, 1, 1, 0), (0, 0, 0, 0))
    assert found.bases == (0, 1, 2, 1)
    assert found.targets == ()
