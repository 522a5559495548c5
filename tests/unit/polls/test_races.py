"""Two people move one poll at the same time: one wins, the other is told, and both stores agree."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from tests.waiting import PATIENCE

from canvass.polls import drafts, services, windows
from canvass.polls.models import FrozenVersion, Poll, PollWindow, SavedText
from canvass.polls.states import PollRefused
from canvass.team.audit import HOST
from canvass.team.models import AuditEntry

from .conftest import HOUR, NOON

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])


def at_once(*verbs):
    """Run the verbs in threads that start together; what each returned, or its refusal."""
    barrier = Barrier(len(verbs))

    def run(verb):
        try:
            barrier.wait(timeout=PATIENCE)
            return verb()
        except PollRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, PollRefused)]


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_open_one_poll_open_it_once(poll, attempt):
    draft = poll()
    open_it = lambda: services.open_now(draft, closes=NOON + HOUR, by=HOST, now=NOON)  # noqa: E731

    outcomes = at_once(open_it, open_it)

    assert len(refusals(outcomes)) == 1
    assert FrozenVersion.objects.count() == 1
    assert AuditEntry.objects.filter(verb="poll.opened").count() == 1
    assert windows.agree(Poll.objects.get(), PollWindow.objects.get())


@pytest.mark.parametrize("attempt", range(5))
def test_open_against_withdraw_leaves_both_stores_agreeing(poll, attempt):
    draft = poll()

    outcomes = at_once(
        lambda: services.open_now(draft, closes=NOON + HOUR, by=HOST, now=NOON),
        lambda: services.withdraw(draft, by=HOST, now=NOON),
    )

    assert len(refusals(outcomes)) == 1
    services.repair(Poll.objects.get(), by=HOST, now=NOON)
    assert windows.agree(Poll.objects.get(), PollWindow.objects.get())


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_mend_one_poll_make_one_version(poll, attempt):
    opened = poll(state="open")

    outcomes = at_once(
        *(
            lambda words=words: services.mend(
                opened, opened.text.replace("Why?", words), meaning_changed=False, by=HOST, now=NOON
            )
            for words in ("Why so?", "What for?")
        )
    )

    assert len(refusals(outcomes)) == 1
    assert FrozenVersion.objects.count() == 2
    assert Poll.objects.get().text == FrozenVersion.objects.get(version=2).text


@pytest.mark.parametrize("attempt", range(5))
def test_two_who_save_one_draft_lose_neither_text(poll, attempt):
    draft = poll()
    texts = [draft.text.replace("Why?", words) for words in ("Why so?", "What for?")]

    outcomes = at_once(
        *(lambda text=text: drafts.save_text(draft, text, revision=1, by=HOST, now=NOON) for text in texts)
    )

    assert len(refusals(outcomes)) == 1
    assert "Somebody else has saved" in str(refusals(outcomes)[0])
    assert Poll.objects.get().text in texts
    assert SavedText.objects.get().text == draft.text
