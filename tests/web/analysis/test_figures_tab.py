"""The Figures tab: every figure with its title, how it was made, and what comes next."""

import pytest
from tests.unit.polls.conftest import HOUR, NOON, TEXT

from canvass.analysis.models import FigureTitle
from canvass.analysis.services import close_and_count
from canvass.polls import services as polls
from canvass.team.access import Role
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
TAB = "/desk/workers/polls/hours/figures"


def page(client, address: str = TAB) -> str:
    return client.get(address).content.decode()


def word(client, title: str, figure: str = "hours"):
    return client.post(f"{TAB}/{figure}/title", {"title": title})


@pytest.mark.parametrize("state", ["draft", "scheduled", "open"])
def test_before_the_close_it_says_what_will_be_here(state, desk, poll):
    poll(state=state)

    assert "Figures come when the poll closes" in page(desk)


def test_a_poll_that_is_being_counted_says_so(desk, answered):
    polls.close(answered(), by=HOST, now=NOON + HOUR)

    assert "The poll is being counted" in page(desk)


def test_each_figure_is_there_with_its_base_and_a_drafted_title(desk, counted):
    counted(yes=60, no=40)

    shown = page(desk)

    assert "Three in five people who answered said “every week” (60%, 60 of 100)" in shown
    assert "Base: 100 of 100 asked." in shown
    assert "60 people wrote an answer in their own words" in shown
    assert "Too many cases" not in shown


def test_a_title_is_worded_and_stands_with_the_numbers_beside_it(desk, counted):
    counted(yes=60, no=40)

    response = word(desk, "Long weeks are common")

    assert response.headers["Location"] == f"{TAB}#hours"
    shown = page(desk)
    assert "Long weeks are common" in shown
    assert "The numbers say: Three in five people who answered" in shown


def test_a_title_that_is_too_long_comes_back_as_typed_with_its_fault(desk, counted):
    counted()

    response = word(desk, "x" * 201)

    shown = response.content.decode()
    assert response.status_code == 422
    assert "x" * 201 in shown
    assert 'href="#hours_title"' in shown
    assert not FigureTitle.objects.exists()


def test_script_in_a_title_is_text(desk, counted):
    counted()
    word(desk, "<script>alert(1)</script>")

    shown = page(desk)

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_figure_that_is_not_there_is_not_found(desk, counted):
    counted()

    assert word(desk, "A title", figure="gone").status_code == 404


@pytest.mark.parametrize("role", [Role.CODER, Role.PANEL_MANAGER])
def test_who_does_not_word_titles_sees_figures_and_no_form(role, as_role, counted):
    counted()
    client = as_role(role)

    assert "Word the title" not in page(client)
    assert word(client, "Mine").status_code == 404


def test_a_publisher_is_led_to_publishing_and_an_analyst_is_not(as_role, counted):
    counted()

    assert "/polls/hours/publish" in page(as_role(Role.PUBLISHER))
    assert "/polls/hours/publish" not in page(as_role(Role.ANALYST))


def test_every_figure_says_how_it_was_made(desk, counted):
    done = counted()

    shown = page(desk)

    assert shown.count("How was this made?") == 3  # of each question, and of who took part
    assert done.manifest["files"][0]["name"] in shown


def test_what_the_public_will_not_see_of_a_sensitive_poll_is_marked(desk, answered):
    text = TEXT.replace("category: practice", "category: practice\nsensitive: true")
    close_and_count(answered(yes=12, no=60, text=text), by=HOST, now=NOON + HOUR)

    assert "For the team only. Not shown: this poll is sensitive" in page(desk)


def test_a_poll_that_nobody_answered_says_so(desk, counted):
    counted(yes=0, no=0)

    said = page(desk)

    assert "Nobody answered" in said
    assert "<figure" not in said
    assert "Publish …" not in said


def test_the_team_sees_the_counts_of_few_people_and_that_readers_do_not(desk, counted):
    counted(yes=5, no=4)

    shown = page(desk)

    assert "5 of 9 people who answered said “every week”" in shown
    assert "readers see no figure" in shown
