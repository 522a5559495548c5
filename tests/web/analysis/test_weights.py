"""The Weights part of the Figures tab."""

import pytest
from tests.unit.polls.conftest import NOON

from canvass.analysis.models import PollWeights
from canvass.panel.services.workforce import forget_workforce
from canvass.polls.models import Poll
from canvass.team.access import Role
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PAGE = "/desk/workers/polls/hours/figures/weights"


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_not_weighting_is_what_holds_and_is_said_to_be_honest(desk, lopsided):
    page = page_of(desk.get(PAGE))

    assert "This poll is not weighted" in page
    assert "That is honest" in page


def test_looking_shows_the_light_the_groups_and_what_would_move(desk, lopsided):
    page = page_of(desk.get(PAGE, {"by": "role", "trim": ""}))

    assert "Green: most precision is kept" in page
    assert "74%" in page
    assert "73 of 100" in page
    assert "0.40 to 1.60" in page
    assert (
        '<td class="num">50.0%</td><td class="num">20.0%</td><td class="num">20.0%</td>' in page
    )  # managers
    assert 'data-label="Weighted">48.0%</td><td class="num" data-label="Difference">−12.0</td>' in page
    assert not PollWeights.objects.exists()


def test_using_them_weights_the_figures_and_going_back_is_one_press(desk, lopsided):
    desk.post(PAGE, {"by": "role", "trim": "5"})

    assert "This poll is weighted" in page_of(desk.get(PAGE))
    assert "Weighted; people are counted unweighted." in page_of(
        desk.get("/desk/workers/polls/hours/figures")
    )

    desk.post(PAGE, {"none": "1"})

    assert "This poll is not weighted" in page_of(desk.get(PAGE))
    assert "Earlier decisions" in page_of(desk.get(PAGE))


@pytest.mark.parametrize("typed", [{"by": "region"}, {"by": "role", "trim": "lots"}, {"trim": "5"}])
def test_what_cannot_be_is_said_at_its_field(desk, lopsided, typed):
    answer = desk.post(PAGE, typed)

    assert answer.status_code == 422
    assert "There is a problem" in page_of(answer)
    assert not PollWeights.objects.exists()


def test_a_published_poll_stays_as_it_is(desk, lopsided):
    Poll.objects.filter(pk=lopsided.pk).update(state="published")

    assert "so this stays as it is" in page_of(desk.get(PAGE))
    desk.post(PAGE, {"by": "role", "trim": "5"})
    assert not PollWeights.objects.exists()


def test_without_a_workforce_the_first_step_is_offered(desk, lopsided):
    forget_workforce(lopsided.panel, by=HOST, now=NOON)

    page = page_of(desk.get(PAGE))

    assert "There is nothing to weight by" in page
    assert "/desk/workers/panel/workforce" in page


def test_a_poll_that_is_not_counted_has_no_weights(desk, answered):
    answered()

    assert desk.get(PAGE).status_code == 404


def test_who_may_not_weight_is_shown_no_way_there(as_role, lopsided):
    coder = as_role(Role.CODER)

    assert coder.get(PAGE).status_code == 404
    assert "figures/weights" not in page_of(coder.get("/desk/workers/polls/hours/figures"))
