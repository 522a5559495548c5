"""What the team sees stays out of every cache: a shared computer shows it to nobody after log-out."""

import pytest
from tests.web.team.test_log_in import ann, log_in  # noqa: F401

pytestmark = pytest.mark.django_db(databases="__all__")
INSIDE = ("/desk/workers/team/", "/desk/workers/team/audit", "/desk/workers/polls/", "/components/")


@pytest.mark.parametrize("path", INSIDE)
def test_a_page_of_the_desk_is_kept_in_no_cache(client, ann, path):  # noqa: F811
    log_in(client)

    response = client.get(path)

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_neither_is_the_way_to_log_in(client, ann):  # noqa: F811
    response = client.get("/desk/workers/team/")

    assert (response.status_code, response["Cache-Control"]) == (302, "private, no-store")


def test_neither_is_the_answer_that_a_page_is_not_there(client, ann):  # noqa: F811
    log_in(client)

    response = client.get("/desk/elsewhere/team/")

    assert (response.status_code, response["Cache-Control"]) == (404, "private, no-store")


def test_what_a_page_says_for_itself_stands(client, ann):  # noqa: F811
    log_in(client)

    response = client.get("/desk/workers/team/mails/")

    assert "must-revalidate" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["/library/workers/", "/join/workers/done", "/nowhere"])
def test_pages_for_everybody_are_left_as_they_are(client, ann, path):  # noqa: F811
    assert "no-store" not in client.get(path).headers.get("Cache-Control", "")
