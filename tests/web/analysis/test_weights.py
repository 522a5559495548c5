"""The Weights part of the Figures tab."""

import re

import pytest
from tests.unit.analysis.conftest import give_roles
from tests.unit.polls.conftest import HOUR, NOON

from canvass.analysis.models import PollWeights
from canvass.analysis.services import close_and_count
from canvass.panel.models import ProfileField
from canvass.panel.services.workforce import forget_workforce, write_workforce
from canvass.polls.models import Poll
from canvass.team.access import Role
from canvass.team.audit import HOST

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
PAGE = "/desk/workers/polls/hours/figures/weights"
SHARES = {"role": {"Practitioner": 0.8, "Manager": 0.2}}


def page_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_not_weighting_is_what_holds_and_is_said_to_be_honest(desk, lopsided):
    page = page_of(desk.get(PAGE))

    assert "This poll is not weighted" in page
    assert "That is honest" in page


def test_looking_shows_the_light_the_groups_and_what_would_move(desk, lopsided):
    page = page_of(desk.get(PAGE, {"by": "role", "trim": "none"}))

    assert "Green: most precision is kept" in page
    assert "74%" in page
    assert "73 of 100" in page
    assert "0.40 to 1.60" in page
    assert re.search(r"Manager</th>.*?Unweighted\">50\.0%.*?Weighted\">20\.0%.*?Workforce\">20\.0%", page)
    assert "(optional)" not in page
    assert 'data-label="Weighted">48.0%</td><td class="num" data-label="Difference">−12.0</td>' in page
    assert not PollWeights.objects.exists()


def test_using_them_weights_the_figures_and_going_back_is_one_press(desk, lopsided):
    desk.post(PAGE, {"by": "role", "trim": "5"})

    held = page_of(desk.get(PAGE))
    assert "This poll is weighted" in held
    assert "What they change" in held  # weighted beside unweighted, without being asked
    assert "Use these weights" not in held
    assert "Weighted; people are counted unweighted." in page_of(
        desk.get("/desk/workers/polls/hours/figures")
    )

    forget_workforce(lopsided.panel, by=HOST, now=NOON)
    assert "There is nothing else to weight by" in page_of(desk.get(PAGE))
    assert "What they change" in page_of(desk.get(PAGE))

    desk.post(PAGE, {"none": "1"})

    assert "This poll is not weighted" in page_of(desk.get(PAGE))
    earlier = page_of(desk.get(PAGE))
    assert "Earlier decisions" in earlier
    assert "weighted by Role" in earlier


def test_thin_groups_are_named_with_what_to_do_about_them(desk, answered, fields):
    poll = answered(yes=60, no=40)
    give_roles(poll, 4, 3)
    write_workforce(poll.panel, SHARES, source="Register, 2025", by=HOST, now=NOON)
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    plain = page_of(desk.get(PAGE, {"by": "role", "trim": "5"}))
    ProfileField.objects.filter(name="role").update(groups={"Manager": "All", "Practitioner": "All"})
    grouped = page_of(desk.get(PAGE, {"by": "role", "trim": "5"}))

    assert "Role: Manager (7 people). So few would speak for all of that group in the workforce" in plain
    assert "weight without it, or do not weight." in plain
    assert "choose its wider groups instead, or do not weight." in grouped
    assert "neighbouring category" not in plain


@pytest.mark.parametrize(
    ("managers", "light", "button"),
    [(0.4, "Amber: much", "Use these weights<"), (0.5, "Red: do not", "Use these weights all the same<")],
)
def test_the_light_turns_with_the_precision_that_is_left(desk, answered, fields, managers, light, button):
    """10 of 100 are managers: the efficiency is 1 / (m²/0.1 + (1-m)²/0.9), 50% of 0.4 and 36% of 0.5."""
    poll = answered(yes=60, no=40)
    give_roles(poll, 5, 5)
    shares = {"role": {"Practitioner": round(1 - managers, 1), "Manager": managers}}
    write_workforce(poll.panel, shares, source="Register, 2026", by=HOST, now=NOON)
    close_and_count(poll, by=HOST, now=NOON + HOUR)

    page = page_of(desk.get(PAGE, {"by": "role", "trim": "none"}))

    assert light in page
    assert button in page


@pytest.mark.parametrize(
    "typed", [{"by": "region"}, {"by": "role", "trim": "lots"}, {"by": "role"}, {"trim": "5"}]
)
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
