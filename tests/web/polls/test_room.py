"""The poll room: one header and its tabs, pages that move the poll on, pictures."""

import re

import pytest
from tests.unit.polls.conftest import NOON, TEXT

from canvass.polls import drafts, services
from canvass.polls.models import FrozenVersion, Poll
from canvass.team.access import Role
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
ROOM = "/desk/workers/polls/hours/"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(20)


@pytest.mark.parametrize("tab", ["", "words", "report"])
@pytest.mark.parametrize("state", ["draft", "scheduled", "open", "closed", "published", "withdrawn"])
def test_every_tab_tells_the_state_and_leads_to_the_others(desk, poll, state, tab):
    poll(state=state)

    page = desk.get(ROOM + tab).text

    assert f'<span class="tag {state}">{state.capitalize()}</span>' in page
    assert page.count('aria-current="page"') == 1
    assert f'href="{ROOM}words"' in page


@pytest.mark.parametrize("page", ["", "fieldwork", "figures", "publish", "schedule", "fieldwork/invite"])
def test_a_page_about_a_poll_lies_in_polls_whichever_room_draws_it(desk, poll, page):
    poll()

    bar = desk.get(ROOM + page).text.partition("</header>")[0]

    assert re.findall(r'aria-current="true">(\w+)</a>', bar) == ["Polls"]


def test_the_first_page_is_marked_by_the_panels_name_and_lies_in_no_room(desk):
    bar = desk.get("/desk/workers/").text.partition("</header>")[0]

    assert 'href="/desk/workers/" aria-current="page"' in bar
    assert 'aria-current="true"' not in bar


@pytest.mark.parametrize("verb", ["schedule", "open"])
def test_a_draft_with_faults_is_mended_before_its_dates_are_asked(desk, poll, verb):
    poll(text=TEXT.replace("kind: single", "kind: sngle"))

    assert "Mend the faults of its text and save it" in desk.get(ROOM + verb, follow=True).text


def test_the_preview_begins_with_one_start(desk, poll):
    poll()

    cover = desk.get(ROOM + "preview").text

    assert cover.count("<form") == 1
    assert cover.count(">Start</button>") == 1


def test_a_draft_is_scheduled_and_taken_back(desk, poll):
    poll()

    scheduled = desk.post(
        ROOM + "schedule", {"opens": "2026-12-01T09:00", "closes": "2026-12-15T17:00"}, follow=True
    ).text
    back = desk.post(ROOM + "unschedule", follow=True).text

    assert "Opens 1 December 2026, 09:00" in scheduled
    assert "is a draft again" in back


def test_times_are_those_of_the_panels_zone(desk, poll, panel):
    panel.time_zone = "America/New_York"
    panel.save()
    poll()

    desk.post(ROOM + "schedule", {"opens": "2026-12-01T09:00", "closes": "2026-12-15T17:00"})

    assert Poll.objects.get().opens_at.isoformat() == "2026-12-01T14:00:00+00:00"
    assert "opens: 2026-12-01T09:00" in Poll.objects.get().text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Write the day and time when it opens."),
        ({"opens": "soon", "closes": "2026-12-15T17:00"}, "such as 2022-01-18 09:00"),
        ({"opens": "2026-11-01T09:00", "closes": "2026-12-15T17:00"}, "still to come"),
        ({"opens": "2026-12-01T09:00", "closes": "2026-12-01T08:00"}, "must close after it opens"),
    ],
)
def test_times_that_cannot_be_are_refused_and_stay_in_the_form(desk, poll, fields, sentence):
    poll()

    response = desk.post(ROOM + "schedule", fields)

    assert response.status_code == 422
    assert re.search(rf'<a href="#id_(opens|closes)">[^<]*{sentence}', response.text)  # said at its field
    assert all(value in response.text for value in fields.values())


@pytest.mark.parametrize(
    ("state", "verb", "sentence"),
    [
        ("draft", "close", "hours is a draft. Only a poll that is open can be closed."),
        (
            "published",
            "withdraw",
            "is published. Only a poll that is a draft, scheduled or open can be withdrawn",
        ),
        ("closed", "mend", "hours is closed. Wording is mended only while a poll is open."),
    ],
)
def test_what_cannot_be_done_in_this_state_is_not_asked(desk, poll, state, verb, sentence):
    poll(state=state)

    page = desk.get(ROOM + verb, follow=True)

    assert page.redirect_chain == [(ROOM, 302)]
    assert sentence in page.text


@pytest.mark.parametrize(
    ("state", "verb", "lost"),
    [
        ("draft", "open", "The questions become version 1"),
        ("open", "close", "lose what they have not handed in"),
        ("open", "withdraw", "those given are neither counted nor shown"),
        ("scheduled", "unschedule", "It will not open by itself"),
    ],
)
def test_a_move_asks_once_and_names_what_follows(desk, poll, state, verb, lost):
    poll(state=state)

    page = desk.get(ROOM + verb).text

    assert lost in page
    assert "Leave it as it is" in page
    assert Poll.objects.get().state == state


def test_a_poll_is_opened_and_closed_by_hand(desk, poll):
    poll()

    opened = desk.post(ROOM + "open", {"closes": "2026-12-15T17:00"}, follow=True).text
    closed = desk.post(ROOM + "close", follow=True).text

    assert "Fewer than 5 answers" in opened
    assert "<li>23 November 2026</li>" in closed


def test_a_move_that_came_too_late_is_said_calmly(desk, poll):
    poll(state="closed")

    response = desk.post(ROOM + "close")

    assert response.status_code == 422
    assert "hours is closed. Only a poll that is open can be closed." in response.text


def test_mending_makes_a_version_that_can_be_looked_at_beside_the_first(desk, poll):
    opened = poll(state="open")

    page = desk.post(
        ROOM + "mend", {"text": opened.text.replace("Why?", "Why so?"), "meaning": "changed"}, follow=True
    ).text

    assert "Version 2: meaning changed" in page
    assert "<h2>Why so?</h2>" in page
    assert "<h2>Why?</h2>" in desk.get(ROOM + "?version=1").text


@pytest.mark.parametrize("version", ["9", "0x", "-1", "٣", "99999999999999999999"])
def test_a_version_that_is_none_is_no_error(desk, poll, version):
    poll(state="open")

    assert desk.get(ROOM, {"version": version}).status_code in (200, 404)


def test_a_refused_mending_names_the_difference_and_keeps_the_text(desk, poll):
    opened = poll(state="open")

    response = desk.post(ROOM + "mend", {"text": opened.text.replace("never", "seldom"), "meaning": "same"})

    assert response.status_code == 422
    assert "the option &quot;never&quot; would become &quot;seldom&quot;" in response.text
    assert "[every week, seldom]" in response.text
    assert FrozenVersion.objects.count() == 1


def test_faults_of_a_mended_text_are_marked_at_their_lines(desk, poll):
    text = poll(state="open").text.replace("kind: single", "kind: sngle")

    page = desk.post(ROOM + "mend", {"text": text, "meaning": "same"})

    assert page.status_code == 422
    assert 'data-line="8"' in page.text
    assert "kind: sngle" in page.text


@pytest.mark.parametrize("state", ["closed", "published", "withdrawn"])
def test_where_nothing_can_be_moved_nothing_is_offered(desk, poll, state):
    poll(state=state)

    assert "Move the poll on" not in desk.get(ROOM).text


def test_a_withdrawn_poll_shows_no_answers(desk, poll):
    withdrawn = services.withdraw(poll(state="open"), by=HOST, now=NOON)

    page = desk.get(ROOM).text

    assert withdrawn.version == 1
    assert "Opened 23 November 2026" in page
    assert "took part" not in page


def test_the_team_must_say_whether_the_meaning_changed(desk, poll):
    opened = poll(state="open")

    page = desk.post(ROOM + "mend", {"text": opened.text.replace("Why?", "Why so?")}).text

    assert "Say whether the meaning changed." in page


def test_a_panel_manager_opens_polls_but_writes_none(as_role, poll):
    poll()
    manager = as_role(Role.PANEL_MANAGER)

    assert manager.get(ROOM + "open").status_code == 200
    assert manager.get(ROOM + "mend").status_code == 404


@pytest.fixture
def signs(poll):
    def make(state: str) -> str:
        draft = poll()
        drafts.add_pictures(draft, {"a.png": PNG}, by=HOST, now=NOON)
        Poll.objects.filter(pk=draft.pk).update(
            state=state, version=int(state in ("open", "closed")), opens_at=NOON, closes_at=NOON
        )
        return "/pictures/workers/hours/a.png"

    return make


@pytest.mark.parametrize(
    ("state", "status"), [("draft", 404), ("scheduled", 404), ("open", 200), ("closed", 200)]
)
def test_pictures_are_public_once_a_poll_has_opened(client, signs, state, status):
    assert client.get(signs(state)).status_code == status


def test_a_drafts_pictures_are_shown_to_its_team(desk, signs):
    response = desk.get(signs("draft"))

    assert b"".join(response.streaming_content) == PNG
    assert response["Cache-Control"] == "private, no-cache"


def test_a_picture_is_served_so_that_it_can_run_nothing(client, signs):
    response = client.get(signs("open"))

    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["b.png", "..", "%2e%2e%2fcanvass.json", "a.png%00", ".a.png"])
def test_nothing_but_the_polls_pictures_is_served(client, signs, name):
    signs("open")

    assert client.get(f"/pictures/workers/hours/{name}").status_code == 404


def test_the_preview_can_be_clicked_through_and_stores_nothing(desk, poll):
    poll()

    cover = desk.get(ROOM + "preview")
    first = desk.post(ROOM + "preview", {"at": "cover"}).text

    assert "Start" in cover.text
    assert "frame-ancestors 'self'" in cover["Content-Security-Policy"]
    assert "How often do you work beyond your hours?" in first


def test_the_preview_shows_what_is_typed_and_not_yet_saved(desk, poll):
    draft = poll()

    desk.post(ROOM + "check", {"text": draft.text.replace("Working hours", "Hours of work"), "revision": 1})

    assert "Hours of work" in desk.get(ROOM + "preview").text
