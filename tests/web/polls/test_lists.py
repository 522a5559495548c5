"""The desk's first page and the table of polls."""

from datetime import timedelta
from itertools import count

import pytest
from django.conf import settings
from tests.unit.polls.conftest import HOUR, NOON, TEXT

from canvass.fieldwork.mailings import MailState, Outbox
from canvass.fieldwork.models import Ballot, Participation, Withdrawal
from canvass.panel.models import Member, StandingEvent
from canvass.polls.models import Poll
from canvass.team.access import Role
from canvass.team.models import Panel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
TODAY, KEYS = NOON.date(), count(1)
HOME, TABLE = "/desk/workers/", "/desk/workers/polls/"


def vote(poll, times: int) -> None:
    Ballot.objects.bulk_create(
        Ballot(
            panel=poll.panel_id, poll=poll.pk, key=f"{n:032x}", version=1, answers={}, shown=[], snapshot={}
        )
        for n in range(times)
    )


def began(poll, days: dict[int, int]) -> None:
    """So many members began to answer so many days ago."""
    Participation.objects.bulk_create(
        Participation(
            panel=poll.panel_id,
            poll=poll.pk,
            member=f"{ago:016x}{n:016x}",
            opened=TODAY - timedelta(days=ago),
        )
        for ago, number in days.items()
        for n in range(number)
    )


def mailed(poll) -> None:
    Outbox.objects.create(
        panel=poll.panel_id, poll=poll.pk, member="a" * 32, round=1, state=MailState.KEPT, due=0
    )


def member(panel, state: str, since) -> None:
    made = Member.objects.create(panel=panel, key=f"{next(KEYS):032x}", state=state, joined_at=since)
    StandingEvent.objects.create(panel=panel, member=made, state=state, at=since)


def test_the_first_page_of_a_new_panel_offers_the_first_step(desk):
    page = desk.get(HOME).text

    assert "No polls yet" in page
    assert 'href="/desk/workers/polls/new"' in page
    assert 'href="/desk/workers/team/settings">Give the panel its name' in page
    assert 'href="/desk/workers/panel/sign-up">Invite people to sign up' in page


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "Schedule it: it has no faults"),
        ("open", "Send its invitations: nobody has been mailed"),
        ("closed", "Nothing waits for you"),
    ],
)
def test_the_first_page_names_what_each_poll_waits_for(desk, poll, state, sentence):
    poll(state=state)

    assert sentence in desk.get(HOME).text


def test_a_poll_that_was_mailed_and_answered_waits_for_what_comes_next(desk, poll):
    mailed(poll("a", state="open"))
    vote(poll("b", state="closed"), 7)

    page = desk.get(HOME).text

    assert "Remind those who have not answered" in page
    assert '<a href="/desk/workers/polls/a/fieldwork">' in page
    assert "Look at its figures and publish it" in page
    assert '<a href="/desk/workers/polls/b/figures">' in page
    assert "Send its invitations" not in page


def test_a_scheduled_poll_waits_for_nobody_and_says_when_it_opens(desk, poll):
    poll(state="scheduled")

    page = desk.get(HOME).text

    assert "Nothing waits for you" in page
    assert "Opens 23 November 2026, 13:00" in page


def test_a_scheduled_poll_that_did_not_open_comes_first(desk, poll):
    poll("draft", title="A draft")
    late = poll("late", state="scheduled", title="Late")
    Poll.objects.filter(pk=late.pk).update(opens_at=NOON - HOUR)

    page = desk.get(HOME).text

    assert "it did not open by itself" in page
    assert page.index(">Late<") < page.index(">A draft<")


def test_more_than_six_tasks_unfold(desk, poll):
    for number in range(8):
        poll(f"poll-{number}", title=f"Poll {number}")

    page = desk.get(HOME).text

    assert "<summary>and 2 more</summary>" in page
    assert page.index("Poll 5") < page.index("and 2 more") < page.index("Poll 6")


def test_this_weeks_answers_are_shown_in_steps_of_five(desk, poll):
    began(poll(state="open"), {0: 4, 6: 8, 7: 9})

    page = desk.get(HOME).text

    assert "<b>10</b><span>answers in the last seven days</span>" in page
    assert "<b>5</b><span>in the seven days before</span>" in page


def test_answers_of_another_panel_are_not_among_this_weeks(desk, poll):
    poll()
    other = Panel.objects.create(slug="others", name="Others", created_at=NOON)
    Participation.objects.bulk_create(
        Participation(panel=other.pk, poll=9, member=f"{n:032x}", opened=TODAY) for n in range(6)
    )

    assert "<b>0</b><span>answers in the last seven days</span>" in desk.get(HOME).text


def test_the_panels_growth_is_told_over_four_weeks(desk, panel):
    for age in (300, 27, 3):
        member(panel, "active", NOON - timedelta(days=age))

    page = desk.get(HOME).text

    assert "<b>3</b><span>registered today</span>" in page
    assert "<b>+2</b><span>in four weeks</span>" in page


def test_addresses_that_stopped_working_are_told_to_those_who_keep_members(as_role, panel):
    member(panel, "bounced", NOON - timedelta(days=3))
    member(panel, "bounced", NOON - timedelta(days=90))

    assert "1 address no longer works" in as_role(Role.PANEL_MANAGER).get(HOME).text
    assert "no longer work" not in as_role(Role.ANALYST).get(HOME).text


def test_a_published_or_withdrawn_poll_waits_for_nobody(desk, poll):
    poll("one", state="published")
    poll("two", state="withdrawn")

    assert "Nothing waits for you" in desk.get(HOME).text


def test_the_table_shows_answers_of_an_open_poll_in_steps_of_five(desk, poll):
    vote(poll(state="open"), 13)

    assert '<td class="num" data-label="Answers">10</td>' in desk.get(TABLE).text


def test_the_table_counts_those_who_withdrew_their_answers_as_took_part(desk, poll):
    closed = poll(state="closed")
    vote(closed, 13)
    Withdrawal.objects.create(poll=closed.pk, panel=closed.panel_id, count=2)

    assert '<td class="num" data-label="Answers">15</td>' in desk.get(TABLE).text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Fuel", "Hours"}),
        ("?q=fuel", {"Fuel"}),
        ("?q=stay+late", {"Hours"}),
        ("?state=open", {"Hours"}),
        ("?category=research", {"Fuel"}),
        ("?series=winter", {"Fuel"}),
        ("?q=nothing", set()),
        ("?q=%00&state=%27&sort=%3Cscript%3E&page=-3", set()),
    ],
)
def test_filters_and_words_lie_in_the_address(desk, poll, query, found):
    poll("hours", title="Hours", state="open", text=TEXT.replace("beyond", "stay late beyond"))
    poll("fuel", title="Fuel", text=TEXT.replace("category: practice", "category: research\nseries: winter"))

    page = desk.get(TABLE + query).text

    assert {title for title in ("Fuel", "Hours") if f">{title}</a>" in page} == found


def test_what_was_found_is_shown_where_the_title_does_not_say_it(desk, poll):
    poll("hours", title="Hours")

    by_question = desk.get(TABLE + "?q=beyond").text
    by_option = desk.get(TABLE + "?q=hours+NEVER").text
    by_title = desk.get(TABLE + "?q=hours").text
    by_name = desk.get(TABLE + "?q=why").text  # which is the question's id, and the question

    assert "1 poll with “beyond”" in by_question
    assert '<span class="line-found">How often do you work beyond your hours?</span>' in by_question
    assert '<span class="line-found">every week, never</span>' in by_option
    assert "line-found" not in by_title
    assert '<span class="line-found">Why?</span>' in by_name


def test_columns_sort_both_ways_with_blanks_last(desk, poll):
    for slug, state in (("a", "draft"), ("b", "open"), ("c", "closed")):
        poll(slug, title=f"Poll {slug}", state=state)
    vote(poll("d", title="Poll d", state="open"), 25)

    def order(query: str) -> str:
        page = desk.get(TABLE + query).text
        return "".join(sorted("abcd", key=lambda slug: page.index(f">Poll {slug}</a>")))

    assert order("?sort=title") == "abcd"
    assert order("?sort=-title") == "dcba"
    assert order("?sort=-answers")[0] == "d"
    assert order("?sort=-answers")[3] == order("?sort=answers")[3] == "a"


def test_a_table_of_hundreds_takes_few_queries(desk, poll, django_assert_max_num_queries):
    for number in range(120):
        poll(f"poll-{number}", title=f"Poll {number}")

    with django_assert_max_num_queries(16):
        page = desk.get(TABLE + "?page=2").text

    assert "120 polls" in page
    assert page.count("<tr>") == 51


def test_who_may_not_write_is_offered_nothing_to_write(as_role, poll):
    poll()

    page = as_role(Role.ANALYST).get(TABLE).text

    assert "/polls/new" not in page
    assert settings.POLL_COUNTS.endswith("poll_counts")


def test_days_are_those_of_the_panels_time_zone(desk, poll, panel):
    panel.time_zone = "Pacific/Auckland"
    panel.save()
    poll(state="scheduled")

    assert "24 November 2026" in desk.get(TABLE).text
