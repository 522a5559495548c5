"""Are you still working in this profession? Asked once a year, answered by a button, counted."""

from datetime import timedelta

import pytest

from canvass.panel import queries, yearly
from canvass.panel.imports import NewMember, Plan
from canvass.panel.models import Letter, Member
from canvass.panel.refusals import PanelRefusal
from canvass.panel.services import importing, joining, membership, upkeep
from canvass.panel.services import yearly as asking
from canvass.panel.yearly import GRACE, YEAR, LastWords
from canvass.team.audit import HOST, SYSTEM, VISITOR, Actor
from canvass.team.models import AuditEntry

from .conftest import NOON

pytestmark = pytest.mark.django_db(databases=["default", "identity", "ballots"])
DAY = timedelta(days=1)


def ask(panel, now) -> int:
    return asking.ask(panel, by=SYSTEM, now=now)


def yes(who: Member, now) -> Member:
    return asking.reaffirm(who, by=Actor.member(who.key), now=now)


def asked() -> list[str]:
    return list(Letter.objects.filter(kind="yearly").order_by("pk").values_list("member", flat=True))


def test_nobody_is_asked_before_their_year_is_over_and_everybody_after_it_once(panel, member):
    alice, bob = member("alice"), member("bob", now=NOON + DAY)

    counts = [ask(panel, NOON + after) for after in (YEAR - DAY, YEAR, YEAR, YEAR + DAY, 2 * YEAR - DAY)]

    assert counts == [0, 1, 0, 1, 0]
    assert asked() == [alice.key, bob.key]


def test_the_clock_of_the_installation_asks_by_itself(member):
    member("alice")

    upkeep.daily(by=SYSTEM, now=NOON + YEAR)

    letter = Letter.objects.get(kind="yearly")
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/still\n" in letter.text
    assert "/still" in letter.html


def test_a_yes_is_dated_and_asked_for_again_a_year_later(panel, member):
    alice = member("alice")
    ask(panel, NOON + YEAR)

    said = yes(alice, NOON + YEAR + DAY)

    assert (said.reaffirmed_at, said.state, said.asked_in_vain) == (NOON + YEAR + DAY, "active", 0)
    assert [ask(panel, NOON + after) for after in (2 * YEAR, 2 * YEAR + DAY)] == [0, 1]
    entry = AuditEntry.objects.get(verb="member.reaffirmed")
    assert (entry.actor_kind, entry.subject) == ("member", alice.key)


def test_each_run_is_on_record_with_its_number_and_nobodys_name(panel, member):
    member("alice"), member("bob")

    ask(panel, NOON + YEAR)

    assert [one.facts for one in AuditEntry.objects.filter(verb="panel.yearly_asked")] == [{"members": 2}]


@pytest.mark.parametrize("standing", ["paused", "bounced", "lapsed", "left"])
def test_who_gets_no_mail_is_not_asked_by_mail(panel, member, standing):
    alice = member("alice")
    moves = {
        "bounced": membership.mark_bounced,
        "lapsed": membership.mark_lapsed,
        "left": membership.leave,
    }
    if standing == "paused":
        membership.pause(
            alice, until=(NOON + YEAR + 2 * DAY).date(), by=VISITOR, now=NOON + YEAR - timedelta(days=1)
        )
    else:
        moves[standing](alice, by=VISITOR, now=NOON)

    assert ask(panel, NOON + YEAR) == 0


def test_a_panel_that_does_not_ask_mails_nobody_and_its_pages_do_not_ask(panel, member):
    alice = member("alice")
    panel.asks_yearly = False
    panel.save()
    alice.panel.refresh_from_db()

    assert ask(panel, NOON + YEAR) == 0
    assert not yearly.is_asked(alice, now=NOON + YEAR)


def test_the_members_page_asks_with_or_without_a_mail(panel, member):
    alice = member("alice")

    assert [yearly.is_asked(alice, now=NOON + after) for after in (YEAR - DAY, YEAR)] == [False, True]
    assert not yearly.is_asked(yes(alice, NOON + YEAR), now=NOON + YEAR + DAY)


def test_imported_members_are_asked_a_year_after_the_import_however_long_ago_they_joined(panel):
    plan = Plan(new=[NewMember("old@example.org", {}, "", "2019-05-01", "paper form")])
    importing.import_members(panel, plan, by=HOST, now=NOON)

    assert [ask(panel, NOON + after) for after in (DAY, YEAR)] == [0, 1]
    assert yearly.last_words(panel, now=NOON) == LastWords(registered=1, within_year=0, silent=0)


def test_a_crash_after_the_letters_asks_nobody_twice(panel, member):
    member("alice")
    ask(panel, NOON + YEAR)
    Member.objects.update(ask_again_at=None, asked_in_vain=0)  # the desk's part was lost

    ask(panel, NOON + YEAR + timedelta(hours=1))

    assert len(asked()) == 1
    assert Member.objects.get().asked_in_vain == 1


def test_a_panel_that_joined_on_one_day_is_asked_in_parts(panel, member, monkeypatch):
    monkeypatch.setattr(asking, "A_RUN", 2)
    for name in ("a", "b", "c"):
        member(name)

    assert [ask(panel, NOON + YEAR) for _ in range(3)] == [2, 1, 0]


def test_two_mails_without_an_answer_leave_a_member_registered_and_counted(panel, member):
    alice, bob = member("alice"), member("bob")
    second = NOON + 2 * YEAR
    ask(panel, NOON + YEAR)
    yes(bob, NOON + YEAR + DAY)
    ask(panel, second)

    words = [yearly.last_words(panel, now=at) for at in (second, second + GRACE, second + 2 * YEAR)]

    assert words[:2] == [LastWords(2, 1, 0), LastWords(2, 0, 1)]
    assert words[2] == LastWords(2, 0, 1)
    alice.refresh_from_db()
    assert alice.state == "active"
    assert queries.standing_on(panel, (second + GRACE).date()).registered == 2
    yes(alice, second + GRACE)
    assert yearly.last_words(panel, now=second + GRACE) == LastWords(2, 1, 0)


def test_confirmed_within_a_year_counts_those_registered_alone(panel, member, sign_up):
    member("alice")
    membership.leave(member("bob"), by=VISITOR, now=NOON)
    sign_up("pam")

    assert yearly.last_words(panel, now=NOON + DAY) == LastWords(registered=1, within_year=1, silent=0)


def test_who_lapsed_or_left_cannot_say_yes_before_they_are_mailed_again(member):
    lapsed = membership.mark_lapsed(member("alice"), by=VISITOR, now=NOON)
    left = membership.leave(member("bob"), by=VISITOR, now=NOON)

    for one, sentence in ((lapsed, "no polls at present"), (left, "left this panel")):
        with pytest.raises(PanelRefusal, match=sentence):
            yes(one, NOON + YEAR)


def test_who_comes_back_after_years_is_asked_a_year_after_that(panel, member):
    alice = member("alice")
    ask(panel, NOON + YEAR)
    ask(panel, NOON + 2 * YEAR)
    membership.leave(alice, by=VISITOR, now=NOON + 2 * YEAR)
    back = NOON + 2 * YEAR + DAY
    joining.sign_up(panel, joining.SignUp("alice@example.org"), network="192.0.2.0/24", by=VISITOR, now=back)
    alice.refresh_from_db()

    joining.confirm(alice, by=VISITOR, now=back)

    assert yearly.last_words(panel, now=back + GRACE) == LastWords(1, 1, 0)
    assert [ask(panel, back + after) for after in (YEAR - DAY, YEAR)] == [0, 1]
