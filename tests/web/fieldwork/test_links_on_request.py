"""Links that a member asks for: the page answers everybody alike, and only the right person gets mail."""

import re
from datetime import timedelta

import pytest
from tests.unit.fieldwork.mailing import HOUR, NOON, STORES, scene

from canvass.datafolder import clock
from canvass.fieldwork.links import LinkKeys, make_link
from canvass.panel.models import Letter
from canvass.polls import services as polls
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)
AGAIN = "/join/workers/poll/hours/link"


def answers_page(place, member, settings) -> str:
    return f"/answers/{make_link(LinkKeys(settings.KEYS), place.poll.pk, member)}"


def test_who_has_finished_is_mailed_a_link_for_15_minutes(client, settings):
    place = scene()
    ann = place.add("ann")
    place.takes_part(ann)

    page = client.post(answers_page(place, ann, settings)).content.decode()

    letter = Letter.objects.get()
    assert "Now look in your mail" in page
    assert letter.member == ann
    assert re.search(r"http://testserver/b/[\w-]{48}~\d{10}\.[0-9a-f]{28}", letter.text)


def test_who_has_not_finished_reads_the_same_and_gets_nothing(client, settings):
    place = scene()
    ann, bob = place.add("ann"), place.add("bob")
    place.takes_part(ann)

    pages = [client.post(answers_page(place, member, settings)).content for member in (ann, bob)]

    assert pages[0] == pages[1]
    assert Letter.objects.get().member == ann


def test_looking_at_the_page_mails_nothing(client, settings):
    place = scene()
    ann = place.add("ann")
    place.takes_part(ann)

    page = client.get(answers_page(place, ann, settings))

    assert "<button" in page.content.decode()
    assert not Letter.objects.exists()


def test_nobody_is_mailed_more_than_four_links_an_hour(client, settings):
    place = scene()
    ann = place.add("ann")
    place.takes_part(ann)

    for _ in range(6):
        client.post(answers_page(place, ann, settings))

    assert Letter.objects.count() == 4


def test_an_anonymous_ballot_has_no_such_link(client, settings):
    place = scene(more="confidentiality: anonymous\nlayout: one_page")
    ann = place.add("ann")
    place.takes_part(ann)

    client.post(answers_page(place, ann, settings))

    assert not Letter.objects.exists()


def test_a_link_that_is_none_is_not_found(client):
    assert client.post(f"/answers/{'x' * 48}").status_code == 404


@pytest.mark.parametrize("name", ["ann", "paused", "left", "nobody"])
def test_send_me_my_link_again_answers_everybody_the_same(name, client):
    place = scene()
    for known, state in (("ann", "active"), ("paused", "paused"), ("left", "left")):
        place.add(known, state)

    response = client.post(AGAIN, {"address": f"{name}@example.org"}, follow=True)

    assert "the link is on its way there" in response.content.decode()
    assert Letter.objects.count() == (1 if name == "ann" else 0)


def test_a_closed_poll_sends_no_links(client):
    place = scene()
    polls.close(place.poll, by=HOST, now=NOON)

    assert client.get(AGAIN).status_code == 404


def test_two_weeks_after_the_close_the_page_offers_no_link(client, settings, monkeypatch):
    place = scene()
    ann = place.add("ann")
    place.takes_part(ann)
    polls.close(place.poll, by=HOST, now=NOON + HOUR)
    monkeypatch.setattr(clock, "now", lambda _folder: NOON + HOUR + timedelta(days=14))

    pages = [call(answers_page(place, ann, settings)) for call in (client.get, client.post)]

    assert all("Nobody can connect answers with you any more" in page.content.decode() for page in pages)
    assert {page.status_code for page in pages} == {410}
    assert not Letter.objects.exists()
