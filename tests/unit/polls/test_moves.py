"""Moving a poll through its states: each verb writes its window first, and the desk follows."""

from datetime import UTC, datetime

import pytest
from django.conf import settings

from canvass import instrument
from canvass.polls import services
from canvass.polls.models import FrozenVersion, Poll, PollWindow, SavedText
from canvass.polls.states import MOVES, PollRefused, State
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

from .conftest import HOUR, NOON

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
DO = {
    "schedule": lambda poll: services.schedule(
        poll, opens=NOON + 4 * HOUR, closes=NOON + 5 * HOUR, by=HOST, now=NOON
    ),
    "unschedule": lambda poll: services.unschedule(poll, by=HOST, now=NOON),
    "open": lambda poll: services.open_now(poll, closes=NOON + 5 * HOUR, by=HOST, now=NOON),
    "close": lambda poll: services.close(poll, by=HOST, now=NOON + 4 * HOUR),
    "publish": lambda poll: services.publish(poll, by=HOST, now=NOON + 5 * HOUR),
    "withdraw": lambda poll: services.withdraw(poll, by=HOST, now=NOON + 5 * HOUR),
}


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("state", State)
def test_a_verb_moves_only_from_the_states_it_may_start_from(poll, verb, state):
    made = poll(state=state.value)

    if state in MOVES[verb].begins:
        assert DO[verb](made).state == MOVES[verb].ends
    else:
        with pytest.raises(PollRefused, match=f"hours is (a )?{state}. Only a poll that is"):
            DO[verb](made)
        assert Poll.objects.get().state == state


@pytest.mark.parametrize(
    ("state", "window"),
    [("scheduled", "scheduled"), ("open", "open"), ("closed", "closed"), ("published", "closed")],
)
def test_the_window_tells_fieldwork_where_the_poll_stands(poll, state, window):
    made = poll(state=state)

    found = PollWindow.objects.get(poll_id=made.pk)

    assert (found.state, found.slug, found.panel) == (window, "hours", "workers")
    assert found.opens == int(made.opens_at.timestamp())
    assert found.closes == int(made.closes_at.timestamp())


def test_a_draft_has_no_window_and_unscheduling_takes_it_away(poll):
    scheduled = poll(state="scheduled")

    services.unschedule(scheduled, by=HOST, now=NOON)

    assert not PollWindow.objects.exists()


def test_opening_freezes_version_one_and_makes_the_polls_key(poll):
    opened = poll(state="open")

    frozen = FrozenVersion.objects.get(poll_id=opened.pk)

    assert (opened.version, frozen.version, frozen.text) == (1, 1, opened.text)
    assert instrument.restore(frozen.instrument) == instrument.load(opened.text)
    assert len(settings.KEYS.get("poll/workers/hours")) == 32


def test_the_times_of_opening_and_closing_are_written_into_the_text(poll):
    opened = poll(state="open")

    found = instrument.load(opened.text, zone="Europe/London")

    assert found.opens == NOON
    assert found.closes == NOON + 9 * HOUR
    assert "opens: 2026-11-23T12:00\n" in opened.text
    assert SavedText.objects.get().text != opened.text


def test_closing_by_hand_closes_now_and_closing_late_keeps_the_hour(poll):
    early = services.close(poll("early", state="open"), by=HOST, now=NOON + 2 * HOUR)
    late = services.close(poll("late", state="open"), by=HOST, now=NOON + 30 * HOUR)

    assert early.closes_at == NOON + 2 * HOUR
    assert late.closes_at == NOON + 9 * HOUR


def test_each_verb_leaves_one_audit_entry(poll):
    poll(state="published")

    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)

    assert list(verbs) == ["poll.created", "poll.opened", "poll.closed", "poll.published"]


def test_a_text_with_faults_is_neither_scheduled_nor_opened(poll):
    faulty = poll(text="poll: {slug}\ntitle: {title}\ncategory: practice\nitems: []\n")

    for verb in ("schedule", "open"):
        with pytest.raises(PollRefused, match=r"has one fault\. The first: line 4"):
            DO[verb](faulty)

    assert Poll.objects.get().state == "draft"
    assert not PollWindow.objects.exists()


def test_a_poll_must_open_in_the_future_and_close_after_it_opens(poll):
    draft = poll()

    with pytest.raises(PollRefused, match="still to come"):
        services.schedule(draft, opens=NOON - HOUR, closes=NOON + HOUR, by=HOST, now=NOON)
    with pytest.raises(PollRefused, match="must close after it opens"):
        services.schedule(draft, opens=NOON + HOUR, closes=NOON + HOUR, by=HOST, now=NOON)


def test_a_poll_opened_for_an_import_keeps_its_past_dates(poll):
    text = (
        "poll: {slug}\ntitle: {title}\ncategory: practice\n"
        "opens: 2022-01-18T09:00\ncloses: 2022-02-01T17:00\n"
        "items:\n  - {id: a, kind: text, text: Why is that so}\n"
    )

    opened = services.open_for_import(poll(text=text), by=HOST, now=NOON)
    closed = services.close(opened, by=HOST, now=NOON)

    assert opened.collected_elsewhere
    assert closed.opens_at == datetime(2022, 1, 18, 9, tzinfo=UTC)
    assert closed.closes_at == datetime(2022, 2, 1, 17, tzinfo=UTC)
