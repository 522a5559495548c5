"""The Numbers page: tables for those who may read them, and no word that anybody wrote."""

import pytest
from tests.unit.coding.conftest import NOON, answers_of

from canvass.coding.services import do_all
from canvass.team.access import Role
from canvass.team.audit import HOST
from canvass.words.study import Level, acts

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture
def study(studied, fields):
    """40 managers and 3 students wrote; half of the managers and a student raised Caseload."""
    roles = [{"role": "Manager"}] * 40 + [{"role": "Student"}] * 3
    study = studied([f"words {place}" for place in range(43)], snapshots=roles)
    answers = sorted(answers_of(study).items(), key=lambda one: int(one[1].split()[1]))
    raised = [answer for answer, text in answers if text.split()[1] in map(str, (*range(20), 40))]
    done = [acts.MakeNode("load", Level.CODE, "Caseload", "Too much to do")]
    done += [acts.CodeSegment(answer, "load") for answer in raised]
    do_all(study, done, as_="coded", by=HOST, now=NOON)
    return study


def shown(client, study, query: str = "", status: int = 200) -> str:
    response = client.get(f"{study.get_absolute_url()}/numbers{query}")
    assert response.status_code == status
    return response.content.decode()


def test_an_analyst_reads_the_numbers_and_no_answer(as_role, study):
    page = shown(as_role(Role.ANALYST), study, "?by=role")

    assert "43 of 43 who voted wrote an answer; 43 said something." in page
    assert "about half of the people (21 of 43)" in page
    assert "20 of 40" in page
    assert "words 1" not in page
    assert 'name="do"' not in page  # nothing to undo


@pytest.mark.parametrize("role", [Role.POLL_AUTHOR, Role.PANEL_MANAGER, Role.PUBLISHER])
def test_others_do_not_open_it(as_role, study, role):
    shown(as_role(role), study, status=404)


def test_the_public_view_goes_through_the_door(as_role, study):
    coder = as_role(Role.CODER)

    team, public = (shown(coder, study, f"?by=role{more}") for more in ("", "&public=on"))

    assert "20 of 40" in team
    assert "20 of 40" not in public  # all but the three students: 21 of all
    assert ">[c]<" in public


def test_a_mean_stands_by_theme(as_role, study):
    page = shown(as_role(Role.CODER), study, "?mean=rested&level=code")

    assert "How rested are you?" in page
    assert "Said something else" in page


@pytest.mark.parametrize("query", ["?by=shoes", "?mean=why", "?level=sky"])
def test_what_is_not_on_the_lists_is_said(as_role, study, query):
    assert "is not there to be chosen" in shown(as_role(Role.CODER), study, query, status=422)


def test_a_question_that_the_study_does_not_read_is_not_there(as_role, study):
    shown(as_role(Role.CODER), study, "?question=hours/hours", status=404)


def test_a_study_without_codes_says_so(as_role, studied):
    page = shown(as_role(Role.CODER), studied())

    assert "5 of 5 who voted wrote an answer; 5 said something." in page
    assert "No theme yet" in page


def test_an_open_poll_and_an_empty_one_say_so(as_role, studied, panel):
    coder = as_role(Role.CODER)

    assert "Numbers stand here when it is closed" in shown(coder, studied(state="open"))
    assert "there is nothing to count" in shown(coder, studied((), slug="empty", title="Empty"))
