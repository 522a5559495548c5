"""Any sequence of verbs leaves a poll in a state that the table allows, with both stores agreeing."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass.polls import drafts, windows
from canvass.polls.models import FrozenVersion, Poll, PollWindow
from canvass.polls.states import FROZEN, MOVES, PollRefused, State
from canvass.team.audit import HOST

from .conftest import NOON, TEXT
from .test_moves import DO

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.sampled_from(sorted(DO)), max_size=7))
def test_any_sequence_of_verbs_follows_the_table(panel, verbs):
    Poll.objects.all().delete()
    PollWindow.objects.all().delete()
    FrozenVersion.objects.all().delete()
    text = TEXT.replace("{slug}", "hours").replace("{title}", "Hours")
    poll = drafts.create(panel, slug="hours", title="Hours", text=text, by=HOST, now=NOON)

    state = State.DRAFT
    for verb in verbs:
        allowed = state in MOVES[verb].begins
        try:
            poll = DO[verb](poll)
        except PollRefused:
            assert not allowed
        else:
            assert allowed
            state = MOVES[verb].ends

    found = Poll.objects.get()
    assert found.state == state
    assert windows.agree(found, windows.window_of(found))
    assert (found.version == 1) == (FrozenVersion.objects.count() == 1)
    assert state not in FROZEN or found.version == 1


def test_every_state_can_be_reached_and_only_two_are_final():
    reached = {move.ends for move in MOVES.values()} | {State.DRAFT}
    leads_on = {state for move in MOVES.values() for state in move.begins}

    assert reached == set(State)
    assert set(State) - leads_on == {State.PUBLISHED, State.WITHDRAWN}


BROKEN = [
    ("poll_has_slug", {"slug": ""}),
    ("poll_state_known", {"state": "paused"}),
    ("poll_level_known", {"confidentiality": "secret"}),
    ("poll_frozen_from_opening_on", {"version": 1}),
    (
        "poll_with_faults_stays_draft",
        {"state": "scheduled", "faults": 1, "opens_at": NOON, "closes_at": NOON},
    ),
    ("poll_has_window", {"state": "scheduled"}),
    ("poll_closes_after_opening", {"opens_at": NOON, "closes_at": NOON.replace(hour=1)}),
    ("poll_sealed_after_closing", {"sealed_on": NOON.date()}),
]


@pytest.mark.parametrize(("constraint", "change"), BROKEN)
def test_the_database_itself_refuses_a_poll_that_cannot_be(poll, constraint, change):
    made = poll()

    with pytest.raises(Exception, match=constraint), transaction.atomic():
        Poll.objects.filter(pk=made.pk).update(**change)
