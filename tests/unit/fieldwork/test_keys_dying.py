"""Two weeks after a poll has closed its key goes, once, and nobody finds a ballot of it any more."""

from datetime import timedelta

import pytest
from tests.unit.fieldwork.mailing import HOUR, NOON, STORES, scene

from canvass.config.pumps import PUMPS
from canvass.datafolder import clock
from canvass.fieldwork import keys_dying, services
from canvass.panel.models import Letter, Standing
from canvass.polls import services as polls
from canvass.polls.models import Poll
from canvass.team.audit import HOST, Actor
from canvass.team.models import AuditEntry

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)
CLOSES = NOON + 9 * HOUR
LAST = CLOSES + timedelta(days=14)
A_SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def no_other_keys(settings):
    """The data folder of all tests may hold the keys of earlier scenes."""
    for name in settings.KEYS.names("poll/workers"):
        settings.KEYS.destroy(name)


def over(end=polls.close, **made):
    """A scene whose poll is over."""
    place = scene(**made)
    place.poll = end(place.poll, by=HOST, now=CLOSES)
    return place


def at(moment, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda _folder: moment)
    [pump] = [one for one in PUMPS if one.run is keys_dying.destroy_due_keys]
    pump.run()


def entries() -> int:
    return AuditEntry.objects.filter(verb="poll.key_destroyed", subject="hours").count()


def test_the_key_lives_until_the_last_second_and_then_goes(settings, monkeypatch):
    over()

    at(LAST - A_SECOND, monkeypatch)
    before = settings.KEYS.names("poll/workers")
    at(LAST, monkeypatch)

    assert before == ["poll/workers/hours"]
    assert settings.KEYS.names("poll/workers") == []
    assert entries() == 1


def test_the_pump_again_tells_nothing_again(monkeypatch):
    over()

    at(LAST, monkeypatch)
    at(LAST + HOUR, monkeypatch)

    assert entries() == 1


def test_a_run_stopped_between_telling_and_doing_is_finished(settings, monkeypatch):
    place = over()
    keys_dying.destroy_key(place.poll, by=HOST, now=LAST)
    settings.KEYS.get_or_make("poll/workers/hours")

    at(LAST, monkeypatch)

    assert settings.KEYS.names("poll/workers") == []
    assert entries() == 1


def test_a_withdrawn_polls_key_goes_too(settings, monkeypatch):
    over(polls.withdraw)

    at(LAST, monkeypatch)

    assert settings.KEYS.names("poll/workers") == []


def test_an_open_poll_keeps_its_key_whatever_its_dates(settings, monkeypatch):
    scene()

    at(LAST + HOUR, monkeypatch)

    assert settings.KEYS.names("poll/workers") == ["poll/workers/hours"]


@pytest.mark.parametrize(
    ("level", "linked", "state", "now", "mailed"),
    [
        ("confidential", False, "active", LAST - A_SECOND, 1),
        ("confidential", True, "active", LAST, 0),
        ("linked", True, "active", LAST, 1),
        ("linked", True, "paused", LAST, 1),
        ("linked", True, "left", LAST, 0),
        ("linked", False, "active", LAST, 0),
        ("linked", False, "active", LAST - A_SECOND, 1),
    ],
)
def test_the_link_to_answers_is_mailed_as_long_as_they_can_be_found(level, linked, state, now, mailed):
    place = over(more=f"confidentiality: {level}")
    ann = place.add("ann", state)
    Standing.objects.filter(member=ann).update(linked=linked)
    place.takes_part(ann)

    services.mail_answers_link(Poll.objects.get(), ann, by=Actor.member(ann), now=now)

    assert Letter.objects.count() == mailed
