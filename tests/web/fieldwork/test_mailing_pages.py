"""The Fieldwork tab: mail is planned, sent and read there; GET never does."""

import re

import pytest
from tests.mailserver import mail_server
from tests.unit.fieldwork.mailing import NOON, STORES, scene

from canvass.fieldwork import outbox
from canvass.fieldwork.mail_pump import MailPump
from canvass.fieldwork.mailings import Mailing, MailState, Outbox
from canvass.polls import services as polls
from canvass.team.access import Role
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)
TAB = "/desk/workers/polls/hours/fieldwork"


def test_the_page_that_asks_says_who_gets_the_mail_and_who_does_not(desk):
    page = desk.get(f"{TAB}/invite").content.decode()

    assert "2 members get the mail" in page
    assert "1 have paused" in page
    assert not Mailing.objects.exists()


def test_invitations_are_sent_by_a_button_and_shown_on_the_tab(desk, place):
    response = desk.post(f"{TAB}/invite", follow=True)

    MailPump(now=lambda: NOON).run()

    assert response.redirect_chain == [(TAB, 302)]
    assert "Invitations are going out." in response.content.decode()
    assert place.outbox() == {"ann": "kept", "bob": "kept"}


def test_a_part_of_the_panel_is_chosen_in_the_address(desk, place):
    from canvass.panel.models import ProfileField

    ProfileField.objects.create(panel=place.panel, name="role", label="Role", position=1, options=["Manager"])
    place.add("dan", role="Manager")

    page = desk.get(f"{TAB}/invite?role=Manager").content.decode()
    desk.post(f"{TAB}/invite", {"role": ["Manager"]})

    assert "1 member gets the mail" in page
    assert "2 are outside the chosen part" in page
    assert place.outbox() == {"dan": "queued"}


def test_a_poll_to_come_is_mailed_when_it_opens_and_the_plan_can_be_taken_back(as_role):
    place = scene(state="scheduled")
    client = as_role(place, Role.POLL_AUTHOR)

    planned = client.post(f"{TAB}/invite", follow=True).content.decode()
    client.post(f"{TAB}/mailing/{Mailing.objects.get().pk}/drop")

    assert "planned for the opening" in planned
    assert not Mailing.objects.exists()


def test_a_reminder_in_the_past_is_refused_in_words_with_nothing_lost(desk):
    response = desk.post(f"{TAB}/remind", {"at": "2026-11-22T09:00"})

    assert response.status_code == 422
    assert "Choose a moment that is still to come." in response.content.decode()
    assert 'value="2026-11-22T09:00"' in response.content.decode()


def test_the_reminders_page_tells_answers_in_steps_of_five(desk, place):
    keys = [place.add(f"m{number}") for number in range(23)]
    outbox.record_past(place.panel.pk, place.poll.pk, dict.fromkeys(keys, MailState.ACCEPTED))
    told = []
    for key in keys[:10]:
        place.takes_part(key)
        page = desk.get(f"{TAB}/remind").content.decode()
        told.append("at most 18 members" in page and "5 have answered already" in page)

    assert told == [False] * 4 + [True] * 5 + [False]  # nothing moves with a sixth answer, nor with a ninth


def test_a_reminder_is_planned_in_the_panels_time(desk):
    desk.post(f"{TAB}/remind", {"at": "2026-11-23T15:00"})

    assert Mailing.objects.get().at.isoformat() == "2026-11-23T15:00:00+00:00"


def test_a_test_mail_goes_to_the_one_who_asks_and_leads_to_the_preview(desk, settings):
    with mail_server() as server:
        settings.SMTP_URL = server.url
        page = desk.post(f"{TAB}/mail", follow=True).content.decode()

    [mail] = server.mails()
    assert "A test is on its way to owner@example.org." in page
    assert (mail["To"], mail["Subject"]) == ("owner@example.org", "Test: Working hours")
    assert mail["Date"].datetime.tzinfo is not None
    assert "/desk/workers/polls/hours/preview?a=0" in mail.get_body(("plain",)).get_content()


def test_a_test_that_the_server_refuses_is_told_in_its_words(desk, settings):
    with mail_server(lambda _recipient: "550 5.7.1 Not from you") as server:
        settings.SMTP_URL = server.url
        response = desk.post(f"{TAB}/mail")

    assert response.status_code == 422
    assert "It said: 550 5.7.1 Not from you" in response.content.decode()


def test_kept_invitations_are_read_under_team_with_working_links(desk, place):
    desk.post(f"{TAB}/invite")
    MailPump(now=lambda: NOON).run()
    listed = desk.get("/desk/workers/team/mails/invitations/").content.decode()
    address = re.search(r'href="(/desk/workers/team/mails/invitations/hours/[^"]+)"', listed)[1]

    mail = desk.get(address).content.decode()

    assert re.search(r"http://testserver/b/[\w-]{48}\?a=1", mail)
    assert re.search(r"http://testserver/me/[\w-]{51}/leave", mail)
    assert desk.get(f"{address}html").status_code == 200


def test_the_list_of_kept_invitations_asks_the_database_no_more_for_a_thousand(
    desk, place, django_assert_max_num_queries
):
    rows = [
        Outbox(panel=place.panel.pk, poll=place.poll.pk, member=f"{n:032x}", round=1, state="kept", due=0)
        for n in range(1_240)
    ]
    Outbox.objects.bulk_create(rows)

    with django_assert_max_num_queries(8), django_assert_max_num_queries(2, using="ballots"):
        page = desk.get("/desk/workers/team/mails/invitations/?page=9").content.decode()

    assert "1,240 mails" in page


def test_the_moving_part_is_sent_only_when_it_has_moved(desk, place):
    page = desk.get(TAB).content.decode()
    address = re.search(r'hx-get="([^"]+)"', page)[1]

    still = desk.get(address)
    desk.post(f"{TAB}/invite")
    moved = desk.get(address)

    assert (still.status_code, moved.status_code) == (204, 200)
    assert "How the mails stand" in moved.content.decode()


def test_the_funnel_is_a_figure_with_its_numbers_as_a_table(desk, place):
    desk.post(f"{TAB}/invite")
    MailPump(now=lambda: NOON).run()

    page = desk.get(TAB).content.decode()

    assert page.count("<svg") == 2  # wide and phone
    assert "Still open" in page
    assert '<th scope="row" dir="auto">Mailed</th><td class="num">2</td>' in page
    assert "[c]" not in page  # the team sees of how few an open poll has asked a question


def test_a_closed_poll_moves_no_more(desk, place):
    polls.close(place.poll, by=HOST, now=NOON)

    page = desk.get(TAB).content.decode()

    assert "hx-get" not in page
    assert "Still open" not in page
    assert "So far" not in page


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_before_the_opening_the_tab_says_what_will_be_there(state, as_role):
    page = as_role(scene(state=state)).get(TAB).content.decode()

    assert "The funnel begins when the poll opens" in page
    assert "Mail it when it opens" in page


def test_an_analyst_sees_the_funnel_and_sends_nothing(place, as_role):
    client = as_role(place, Role.ANALYST)

    page = client.get(TAB).content.decode()

    assert "Who took part" in page
    assert "Send invitations" not in page
    assert client.post(f"{TAB}/invite").status_code == 404
