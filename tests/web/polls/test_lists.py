"""The desk's first page and the table of polls."""

import pytest
from django.conf import settings
from tests.unit.polls.conftest import TEXT

from canvass.fieldwork.models import Ballot, Withdrawal
from canvass.team.access import Role

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "ballots"])
HOME, TABLE = "/desk/workers/", "/desk/workers/polls/"


def vote(poll, times: int) -> None:
    Ballot.objects.bulk_create(
        Ballot(
            panel=poll.panel_id, poll=poll.pk, key=f"{n:032x}", version=1, answers={}, shown=[], snapshot={}
        )
        for n in range(times)
    )


def test_the_first_page_of_a_new_panel_offers_the_first_step(desk):
    page = desk.get(HOME).text

    assert "No polls yet" in page
    assert 'href="/desk/workers/polls/new"' in page


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("draft", "Schedule it: it has no faults"),
        ("scheduled", "Nothing: it opens by itself"),
        ("open", "Remind those who have not answered"),
        ("closed", "Look at its figures and publish it"),
    ],
)
def test_the_first_page_names_what_each_poll_waits_for(desk, poll, state, sentence):
    poll(state=state)

    assert sentence in desk.get(HOME).text


def test_a_published_or_withdrawn_poll_waits_for_nobody(desk, poll):
    poll("one", state="published")
    poll("two", state="withdrawn")

    assert "Nothing waits for you" in desk.get(HOME).text


def test_the_table_shows_answers_of_an_open_poll_in_steps_of_five(desk, poll):
    vote(poll(state="open"), 13)

    assert '<td class="num">10</td>' in desk.get(TABLE).text


def test_the_table_counts_those_who_withdrew_their_answers_as_took_part(desk, poll):
    closed = poll(state="closed")
    vote(closed, 13)
    Withdrawal.objects.create(poll=closed.pk, panel=closed.panel_id, count=2)

    assert '<td class="num">15</td>' in desk.get(TABLE).text


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
