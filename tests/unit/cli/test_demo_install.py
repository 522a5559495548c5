"""The demo is written through the rooms' own services, and says what the plan says. A part of it suffices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from canvass.analysis.models import Counted
from canvass.cli.demo import DemoPlan, DemoPoll, Stage, make_demo
from canvass.cli.demo.install import install
from canvass.fieldwork.mailings import MailState, Outbox, Round
from canvass.fieldwork.models import Ballot, Participation
from canvass.fieldwork.services import remind
from canvass.library.models import Publication
from canvass.library.shelf import AFTER_VOTE
from canvass.panel.models import Member, Standing
from canvass.polls.models import Poll
from canvass.team.access import Role
from canvass.team.audit import SYSTEM
from canvass.team.models import AuditEntry, Membership

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
TODAY = date(2026, 3, 2)
POLLS = 9  # the last ones: two waves of the linked series, the open one, the scheduled one, the draft


def cut(poll: DemoPoll, keys: set[str]) -> DemoPoll:
    hand_ins = tuple(one for one in poll.hand_ins if one.member in keys)
    return replace(poll, mailed=tuple(key for key in poll.mailed if key in keys), hand_ins=hand_ins)


@pytest.fixture(scope="module")
def plan() -> DemoPlan:
    whole = make_demo(TODAY)
    members = whole.members[:280]
    keys = {member.key for member in members}
    polls = tuple(cut(poll, keys) for poll in whole.polls[-POLLS:])
    return replace(whole, members=members, polls=polls, studies=())


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

    assert hand_ins > 50
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
    assert (by_stage[Stage.CLOSED], by_stage[Stage.PUBLISHED]) == ("closed", "published")
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


def test_every_poll_that_is_over_is_counted_with_those_who_were_mailed_and_took_part(plan, steps):
    over = [poll for poll in plan.polls if poll.stage in (Stage.PUBLISHED, Stage.CLOSED)]

    found = {one.poll.slug: (one.mailed, one.took_part) for one in Counted.objects.select_related("poll")}

    assert found == {poll.slug: (len(poll.mailed), len(poll.hand_ins)) for poll in over}


def test_the_published_polls_are_on_the_shelf_and_the_last_of_them_stands_after_a_vote(plan, steps):
    published = [poll for poll in plan.polls if poll.stage is Stage.PUBLISHED]
    last = max(published, key=lambda poll: poll.closes)

    after_vote = settings.DATA.published / plan.slug / AFTER_VOTE

    assert set(Publication.objects.values_list("slug", flat=True)) == {poll.slug for poll in published}
    assert last.instrument.title in after_vote.read_text()


def test_the_open_polls_invitations_are_kept_and_one_reminder_can_go_out(plan, steps):
    running = next(poll for poll in plan.polls if poll.stage is Stage.OPEN)
    poll = Poll.objects.get(slug=running.slug)
    kept = Outbox.objects.filter(poll=poll.pk, state=MailState.KEPT, round=Round.INVITATION)

    mailing = remind(poll, at=None, by=SYSTEM, now=running.opens + timedelta(days=1))

    assert kept.count() == len(running.mailed)
    assert 0 < mailing.queued <= kept.count() - len(running.answered)


def test_everybody_who_agreed_is_linked_and_the_team_has_every_role(plan, steps):
    agreed = sum(one.linked for one in plan.members if one.confirmed and not one.left)

    roles = set(Membership.objects.values_list("role", flat=True))

    assert Member.objects.filter(linked=True).count() == agreed
    assert roles == set(Role)


def test_each_step_is_said_to_its_end(steps):
    assert len(steps) == 3
    assert all(done == of for done, of in steps.values())
