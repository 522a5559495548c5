"""The team's library and the page that publishes."""

import pytest

from canvass.library.models import Publication
from canvass.polls.models import Poll
from canvass.polls.states import State
from canvass.team.access import Role

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PUBLISH = "/desk/workers/polls/hours/publish"


def test_the_library_without_anything_says_what_it_is_for(desk, panel):
    assert "Nothing is public yet" in desk.get("/desk/workers/library/").content.decode()


def test_the_library_names_what_is_public_and_what_waits(desk, published, counted):
    published("hours")
    counted("waiting", title="Waiting poll")

    shown = desk.get("/desk/workers/library/").content.decode()

    assert "/library/workers/hours/" in shown
    assert "/desk/workers/polls/waiting/figures" in shown


def test_the_publish_page_asks_with_a_checklist(desk, counted):
    counted(yes=60, no=40)

    shown = desk.get(PUBLISH).content.decode()

    assert "Publish this poll?" in shown
    assert "With the title drafted from the numbers: 2 of 2 figures" in shown
    assert not Publication.objects.exists()


def test_publishing_publishes(desk, counted):
    counted()

    response = desk.post(PUBLISH)

    assert response.headers["Location"] == "/desk/workers/library/"
    assert Poll.objects.get().state == State.PUBLISHED


def test_what_cannot_be_published_is_said_in_a_sentence(desk, answered):
    answered()

    response = desk.post(PUBLISH)

    assert response.status_code == 422
    assert "hours is open. Only a poll that is closed can be published." in response.content.decode()
    assert not Publication.objects.exists()


def test_the_preview_is_the_page_as_it_would_be_and_publishes_nothing(desk, counted, client):
    counted(yes=60, no=40)

    shown = desk.get(f"{PUBLISH}/preview").content.decode()

    assert "Three in five people who answered said" in shown
    assert client.get("/library/workers/hours/").status_code == 404


def test_the_preview_of_an_open_poll_leads_back_with_a_sentence(desk, answered):
    answered()

    response = desk.get(f"{PUBLISH}/preview", follow=True)

    assert "hours is open" in response.content.decode()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.POLL_AUTHOR, Role.CODER, Role.PANEL_MANAGER])
def test_only_publishers_and_owners_publish(role, as_role, counted):
    counted()

    assert as_role(role).post(PUBLISH).status_code == 404
    assert not Publication.objects.exists()
