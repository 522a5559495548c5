"""What a mail server may do to a mail, and what becomes of it: a real one on loopback, told to misbehave."""

import pytest
from tests.mailserver import mail_server
from tests.unit.fieldwork.mailing import NOON, STORES, scene

from canvass.fieldwork import outbox, services
from canvass.fieldwork.mail_pump import MailPump
from canvass.fieldwork.mailings import Outbox
from canvass.fieldwork.smtp import Courier, Server
from canvass.panel import letters
from canvass.panel.models import Letter
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)


@pytest.fixture
def place():
    """An open poll with two members who are to be invited."""
    made = scene()
    for name in ("ann", "bob"):
        made.add(name)
    services.invite(made.poll, {}, on_opening=False, by=HOST, now=NOON)
    return made


def pump(seconds_later: int = 0) -> MailPump:
    from datetime import timedelta

    return MailPump(now=lambda: NOON + timedelta(seconds=seconds_later))


def only(name: str, reply: str):
    """A script that answers this member alone."""
    return lambda recipient: reply if recipient.startswith(name) else None


def test_everybody_gets_one_mail(place, settings):
    with mail_server() as server:
        settings.SMTP_URL = server.url
        pump().run()
        pump().run()

    assert sorted(server.recipients) == ["ann@example.org", "bob@example.org"]
    assert set(place.outbox().values()) == {"accepted"}


@pytest.mark.parametrize(
    ("reply", "becomes", "minutes"),
    [
        ("451 4.7.1 Greylisted", "deferred", 5),
        ("421 4.3.2 Closing", "deferred", 5),
        ("450 4.2.0 Busy", "deferred", 5),
        ("550 5.1.1 No such person", "refused", 0),
        ("552 5.2.2 Mailbox full for good", "refused", 0),
        ("554 5.7.1 Not wanted", "refused", 0),
    ],
)
@pytest.mark.parametrize("when", ["at_recipient", "at_data"])
def test_what_is_said_of_one_mail_does_not_touch_the_others(reply, becomes, minutes, when, place, settings):
    with mail_server(**{when: only("ann", reply)}) as server:
        settings.SMTP_URL = server.url
        pump().run()

    ann = Outbox.objects.get(state=becomes)
    assert place.outbox() == {"ann": becomes, "bob": "accepted"}
    assert ann.reply == reply
    assert ann.due == NOON.timestamp() + minutes * 60


def test_a_greylisted_mail_goes_through_five_minutes_later(place, settings):
    asked = []

    def grey(recipient):
        asked.append(recipient)
        return "451 4.7.1 Try later" if asked.count(recipient) == 1 else None

    with mail_server(grey) as server:
        settings.SMTP_URL = server.url
        for later in (0, 299, 301):
            pump(later).run()

    assert sorted(asked) == ["ann@example.org"] * 2 + ["bob@example.org"] * 2
    assert set(place.outbox().values()) == {"accepted"}


def test_a_connection_lost_after_the_mail_was_given_leaves_it_unknown_and_sent_again(place, settings):
    dropped = []

    def drop_once(recipient):
        if recipient.startswith("ann") and not dropped:
            dropped.append(recipient)
            return "drop"
        return None

    with mail_server(at_data=drop_once) as server:
        settings.SMTP_URL = server.url
        pump().run()
        between = place.outbox()
        pump(301).run()

    assert between == {"ann": "unknown", "bob": "accepted"}
    assert set(place.outbox().values()) == {"accepted"}


def test_a_connection_lost_before_the_mail_was_given_is_no_try(place, settings):
    with mail_server(only("ann", "drop")) as server:
        settings.SMTP_URL = server.url
        pump().run()

    assert Outbox.objects.get(state="deferred").tries == 0
    assert Outbox.objects.get(state="accepted").tries == 1


@pytest.mark.parametrize("greeting", ["421 4.3.2 Too many connections", "554 5.3.2 No mail here"])
def test_a_server_that_turns_everybody_away_delays_mail_and_refuses_none(greeting, place, settings):
    with mail_server(greeting=greeting) as server:
        settings.SMTP_URL = server.url
        pump().run()

    assert set(place.outbox().values()) == {"deferred"}
    assert set(Outbox.objects.values_list("tries", flat=True)) == {0}


def test_a_server_that_is_not_there_is_left_alone_for_a_while(place, settings, caplog):
    settings.SMTP_URL = "smtp://ann:sesame@127.0.0.1:9"
    one = pump()

    for _ in range(3):
        one.run()

    assert len(caplog.records) == 1
    assert "127.0.0.1:9 cannot be reached" in caplog.text
    assert "sesame" not in caplog.text


def test_a_server_too_slow_to_answer_is_given_up(place):
    with mail_server(at_data=lambda _recipient: "slow 3600") as server:
        reply = Courier(Server.read(server.url), timeout=2).send("a@x.org", "b@x.org", b"Subject: x\r\n\r\n")

    assert reply.fate == "unknown"


def test_a_run_ends_in_time_and_gives_back_what_it_leased(place, settings):
    with mail_server() as server:
        settings.SMTP_URL = server.url
        MailPump(now=lambda: NOON, run_for=0.0).run()

    assert set(place.outbox().values()) == {"queued"}


def test_letters_of_the_panel_go_by_the_same_pump(place, settings):
    member = Outbox.objects.first().member
    with mail_server() as server:
        settings.SMTP_URL = server.url
        letters.put(
            place.panel, member, kind="link", subject="Your link", text="Hello\n", html="<p>Hello", now=NOON
        )
        pump().run()

    assert Letter.objects.get().state == "sent"
    dates = {mail["Subject"]: mail["Date"] for mail in server.mails()}
    assert dates["Your link"] == "Mon, 23 Nov 2026 12:00:00 +0000"


def test_a_letter_goes_to_the_address_written_on_it(place, settings):
    member = Outbox.objects.first().member
    with mail_server() as server:
        settings.SMTP_URL = server.url
        letters.put(
            place.panel,
            member,
            kind="new_address",
            subject="Your new address",
            text="Hello\n",
            html="<p>Hello",
            now=NOON,
            to="new@elsewhere.example",
        )
        pump().run()

    assert "new@elsewhere.example" in server.recipients


@pytest.mark.parametrize(
    ("reply", "becomes"), [("451 later", "queued"), ("550 no", "refused"), ("drop", "queued")]
)
def test_a_letter_waits_or_is_given_up(reply, becomes, settings):
    place = scene()
    member = place.add("ann")
    with mail_server(lambda _recipient: reply) as server:
        settings.SMTP_URL = server.url
        letters.put(
            place.panel, member, kind="link", subject="Your link", text="Hello\n", html="<p>Hello", now=NOON
        )
        pump().run()

    assert Letter.objects.get().state == becomes
    assert server.taken == []


def test_a_pump_with_nothing_to_do_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(2, using="ballots"):
        pump().run()


def test_without_a_server_mails_are_kept(place, settings):
    settings.SMTP_URL = ""

    pump().run()

    assert set(place.outbox().values()) == {"kept"}


def test_a_mail_that_never_gets_a_reply_is_left_to_a_person_after_five_tries(place, settings):
    with mail_server(at_data=lambda _recipient: "drop") as server:
        settings.SMTP_URL = server.url
        for run in range(7):
            pump(run * 400).run()

    assert set(Outbox.objects.values_list("state", "tries")) == {("unknown", outbox.MOST_CRASHES)}
