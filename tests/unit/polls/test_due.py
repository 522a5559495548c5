"""What the clock does to polls, and how desk and windows are brought to agree after a fault."""

import pytest

from canvass.polls import due, services, windows
from canvass.polls.models import Poll, PollWindow
from canvass.polls.states import GRACE, State
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

from .conftest import HOUR, NOON

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])


def test_a_scheduled_poll_opens_when_its_time_has_come(poll):
    poll(state="scheduled")

    assert due.open_due(NOON + 0.99 * HOUR) == 0
    assert due.open_due(NOON + HOUR) == 1

    opened = Poll.objects.get()
    assert (opened.state, opened.version, opened.opens_at) == ("open", 1, NOON + HOUR)


def test_an_open_poll_closes_when_the_grace_is_over(poll):
    poll(state="open")

    assert due.close_due(NOON + 9 * HOUR) == 0
    assert due.close_due(NOON + 9 * HOUR + GRACE) == 1

    assert Poll.objects.get().closes_at == NOON + 9 * HOUR


def test_a_poll_opened_for_an_import_never_closes_by_itself(poll):
    services.open_for_import(poll(), by=HOST, now=NOON)

    assert due.close_due(NOON + 1000 * HOUR) == 0


def test_a_poll_that_cannot_open_does_not_hold_up_the_others(poll):
    lost = poll("lost", state="scheduled")
    poll("fine", state="scheduled")
    Poll.objects.filter(pk=lost.pk).update(text="poll: [")

    assert due.open_due(NOON + 2 * HOUR) == 1

    assert set(Poll.objects.values_list("slug", "state")) == {("lost", "scheduled"), ("fine", "open")}


@pytest.fixture
def broken_off(poll, monkeypatch):
    """A verb that stops after the ballots store was written and before the desk was."""

    class PowerCut(Exception):
        pass

    def cut(*_args, **_facts):
        raise PowerCut

    def stop(verb, state: str) -> Poll:
        made = poll(state=state)
        with monkeypatch.context() as patch:
            patch.setattr(services, "_follow", cut)
            with pytest.raises(PowerCut):
                verb(made)
        return made

    return stop


VERBS = [
    (
        "draft",
        "scheduled",
        lambda p: services.schedule(p, opens=NOON + HOUR, closes=NOON + 2 * HOUR, by=HOST, now=NOON),
    ),
    ("scheduled", "draft", lambda p: services.unschedule(p, by=HOST, now=NOON)),
    ("draft", "open", lambda p: services.open_now(p, closes=NOON + HOUR, by=HOST, now=NOON)),
    ("open", "closed", lambda p: services.close(p, by=HOST, now=NOON + HOUR)),
    ("scheduled", "withdrawn", lambda p: services.withdraw(p, by=HOST, now=NOON)),
]


@pytest.mark.parametrize(("begins", "ends", "verb"), VERBS)
def test_a_verb_broken_off_between_the_stores_is_finished_by_the_reconciler(broken_off, begins, ends, verb):
    left = broken_off(verb, begins)
    assert not windows.agree(left, windows.window_of(left))

    repaired = due.reconcile(NOON + HOUR)

    found = Poll.objects.get()
    assert repaired == ["hours"]
    assert found.state == ends
    assert windows.agree(found, windows.window_of(found))
    assert AuditEntry.objects.filter(verb="poll.repaired").count() == 1


@pytest.mark.parametrize(("begins", "ends", "verb"), VERBS)
def test_a_verb_broken_off_can_simply_be_tried_again(broken_off, begins, ends, verb):
    left = broken_off(verb, begins)

    assert verb(left).state == ends


def test_a_mending_broken_off_is_finished_with_its_text(broken_off):
    left = broken_off(
        lambda p: services.mend(
            p, p.text.replace("Why?", "Why so?"), meaning_changed=True, by=HOST, now=NOON
        ),
        "open",
    )

    due.reconcile(NOON + HOUR)

    found = Poll.objects.get(pk=left.pk)
    assert (found.version, "Why so?" in found.text) == (2, True)


@pytest.mark.parametrize("state", State)
def test_where_the_stores_agree_nothing_is_repaired(poll, state):
    poll(state=state.value)

    assert due.reconcile(NOON + 100 * HOUR) == []
    assert PollWindow.objects.filter(state="draft").count() == 0
