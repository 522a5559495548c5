"""The demo is written through the rooms' own services, and says what the plan says. A part of it suffices."""

from dataclasses import replace
from datetime import date

import pytest

from canvass.cli.demo import DemoPlan, DemoPoll, Stage, make_demo
from canvass.cli.demo.install import install
from canvass.fieldwork.models import Ballot, Participation
from canvass.panel.models import Member, Standing
from canvass.polls.models import Poll
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
TODAY = date(2026, 3, 2)
POLLS = 9  # the last ones: two waves of the linked series, the open one, the scheduled one, the draft


def cut(poll: DemoPoll, keys: set[str]) -> DemoPoll:
    return replace(poll, hand_ins=tuple(one for one in poll.hand_ins if one.member in keys))


@pytest.fixture(scope="module")
def plan() -> DemoPlan:
    whole = make_demo(TODAY)
    members = whole.members[:400]
    keys = {member.key for member in members}
    return replace(whole, members=members, polls=tuple(cut(poll, keys) for poll in whole.polls[-POLLS:]))


@pytest.fixture
def steps(plan) -> dict[str, tuple[int, int]]:
    """Installs the plan; what was said last of each step."""
    told: dict[str, tuple[int, int]] = {}
    install(plan, lambda what, done, of: told.update({what: (done, of)}))
    return told


def keys_of(poll: DemoPoll) -> set[str]:
    return set(Ballot.objects.filter(poll=Poll.objects.get(slug=poll.slug).pk).values_list("key", flat=True))


def test_every_hand_in_is_a_ballot_and_a_participation(plan, steps):
    hand_ins = sum(len(poll.hand_ins) for poll in plan.polls)
    answered = sum(len(poll.answered) for poll in plan.polls)

    assert hand_ins > 100
    assert Ballot.objects.count() == Participation.objects.count() == hand_ins
    assert Participation.objects.exclude(answered=None).count() == answered


def test_those_who_confirmed_are_members_and_those_who_left_have_left_on_their_day(plan, steps):
    confirmed = [member for member in plan.members if member.confirmed]
    left = sorted(member.left for member in confirmed if member.left)

    assert Member.objects.count() == Standing.objects.count() == len(confirmed)
    assert sorted(Member.objects.filter(state="left").values_list("left_at", flat=True)) == left
    assert Standing.objects.filter(state="bounced").count() == sum(bool(one.bounced) for one in confirmed)


def test_polls_stand_where_the_plan_has_them(plan, steps):
    states = {poll.slug: poll.state for poll in Poll.objects.all()}
    by_stage = {poll.stage: states[poll.slug] for poll in plan.polls}

    assert by_stage[Stage.OPEN] == "open"
    assert by_stage[Stage.CLOSED] == "closed"
    assert (by_stage[Stage.SCHEDULED], by_stage[Stage.DRAFT]) == ("scheduled", "draft")


def test_everything_happened_on_its_own_day_and_nothing_after_today(plan, steps):
    running = next(poll for poll in plan.polls if poll.stage is Stage.OPEN)

    opened = AuditEntry.objects.get(verb="poll.opened", subject=running.slug)

    assert opened.at == running.opens
    assert AuditEntry.objects.latest("at").at.date() <= TODAY


def test_waves_of_the_linked_series_share_keys_and_confidential_polls_share_none(plan, steps):
    held = [poll for poll in plan.polls if poll.hand_ins]
    linked = [keys_of(poll) for poll in held if poll.instrument.series == "wellbeing"]
    others = [keys_of(poll) for poll in held if poll.instrument.series != "wellbeing"]

    assert len(set.union(*linked)) < sum(map(len, linked))
    assert len(set.union(*others)) == sum(map(len, others))


def test_each_step_is_said_to_its_end(steps):
    assert len(steps) == 3
    assert all(done == of for done, of in steps.values())
