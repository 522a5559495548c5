"""What an invitation says, and how mail programs are to treat it."""

import email
import re
from datetime import timedelta
from email.policy import default

import pytest
from tests.unit.fieldwork.mailing import NOON, STORES, TEXT, scene

from canvass.fieldwork import services
from canvass.fieldwork.envelopes import Envelopes
from canvass.fieldwork.invitations import Invitation, message_id, personal
from canvass.fieldwork.links import LinkKeys
from canvass.fieldwork.mailings import Round
from canvass.fieldwork.outbox import Slip
from canvass.panel import links as member_links
from canvass.panel import queries as panels
from canvass.panel.links import Purpose
from canvass.panel.models import Address
from canvass.polls import queries
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(databases=STORES, transaction=True)
MEMBER = "ab" * 16


def raw_mail(settings, *, round_=Round.INVITATION, member=MEMBER, **changed) -> bytes:
    place = scene(**changed)
    invitation = Invitation(place.poll, queries.instrument_of(place.poll), round_, NOON)
    values = personal(place.poll.pk, member, LinkKeys(settings.KEYS), now=NOON)
    return invitation.mail(member, "ann@example.org", values)


def read(settings, **changed):
    return email.message_from_bytes(raw_mail(settings, **changed), policy=default)


def parts(mail) -> tuple[str, str]:
    return mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()


def test_both_parts_say_who_asks_how_long_until_when_and_what_becomes_of_the_answer(settings):
    for part in parts(read(settings, more="sponsor: The Review")):
        words = " ".join(part.replace("&#x27;", "'").split())
        assert "Workers' Panel asks you this because you are a member, for The Review" in words
        assert "2 questions, about 1 minute." in words
        assert "Open until 23 November 2026" in words
        assert "kept apart from your name" in words


def test_the_first_question_is_asked_in_the_mail_with_a_link_for_each_answer(settings):
    text, html = parts(read(settings))

    for at, label in enumerate(("every week", "once a month", "never")):
        assert re.search(rf"{label}\s+http://testserver/b/[\w-]{{48}}\?a={at}\s", text)
        assert re.search(rf'href="http://testserver/b/[\w-]{{48}}\?a={at}"[^>]*>{label}</a>', html)


@pytest.mark.parametrize(
    "changed",
    [
        {"more": "sensitive: true"},
        {"text": TEXT.replace("kind: single", "kind: multiple")},
        {"text": TEXT.replace("[every week, once a month, never]", str([f"o{n}" for n in range(13)]))},
    ],
    ids=["sensitive", "not a single choice", "too many answers"],
)
def test_else_there_is_one_link_to_the_poll(changed, settings):
    text, html = parts(read(settings, **changed))

    assert "?a=" not in text + html
    assert "Open the poll" in html


def test_mail_programs_can_unsubscribe_by_post_and_answer_no_robot(settings):
    mail = read(settings)

    assert re.fullmatch(r"<http://testserver/me/[\w-]{51}/leave>", mail["List-Unsubscribe"])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == '"Workers\' Panel" <workers.testserver>'
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["From"] == "Workers' Panel <polls@localhost>"


def test_no_picture_is_fetched_and_the_mail_is_small(settings):
    raw = raw_mail(settings)

    assert b"<img" not in raw
    assert b"url(" not in raw
    assert len(raw) < 30_000


def test_the_same_mail_has_the_same_name_and_another_another():
    first, again, other = (message_id(f"7 {MEMBER} {round_}") for round_ in (1, 1, 2))

    assert first == again != other
    assert MEMBER not in first


def test_the_mail_bears_the_date_on_which_its_round_began(settings):
    mail = read(settings)

    assert mail["Date"] == "Mon, 23 Nov 2026 12:00:00 +0000"


def test_a_mail_tried_again_later_has_the_same_bytes():
    place = scene()
    ann = place.add("ann")
    services.invite(place.poll, {}, on_opening=False, by=HOST, now=NOON)
    slip = Slip(place.panel.pk, place.poll.pk, ann, Round.INVITATION, 0)

    first, again = (
        Envelopes([slip], now=NOON + wait).of([slip])[0].mail for wait in (timedelta(0), timedelta(minutes=9))
    )

    assert b"\r\nDate: Mon, 23 Nov 2026 12:00:00 +0000\r\n" in first
    assert first == again


def test_the_reminder_says_so(settings):
    mail = read(settings, round_=Round.REMINDER)

    assert mail["Subject"] == "Reminder: Working hours"
    assert "have not answered yet" in parts(mail)[0]


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>"])
def test_script_in_any_text_runs_nowhere(evil, settings):
    text = TEXT.replace("Two questions about your working week.", f'"{evil}"').replace(
        "once a month", f'"{evil}"'
    )
    text = text.replace("How often do you work beyond your hours?", f'"{evil}"')

    html = parts(read(settings, text=text))[1]

    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;") >= 3


def test_a_mail_that_goes_after_the_address_changed_holds_a_link_that_opens_the_page(settings):
    place = scene()
    ann = place.add("ann")
    changed = NOON + timedelta(hours=2)
    Address.objects.update(address="ann@new.example", changed_at=changed)
    slips = [Slip(place.panel.pk, place.poll.pk, ann, Round.INVITATION)]

    one = Envelopes(slips, now=changed + timedelta(hours=1)).of(slips)[0]

    leave = email.message_from_bytes(one.mail, policy=default)["List-Unsubscribe"]
    token = leave.split("/me/")[1].split("/")[0]
    made = member_links.read(token, Purpose.ME, now=changed).made
    assert (one.recipient, panels.outdated(ann, made)) == ("ann@new.example", False)
