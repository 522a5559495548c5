"""Every page with a form is sent every kind of bad text, field by field: no fault of ours, nothing lost."""

import re
from itertools import product

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from tests.unit.polls.conftest import NOON, ann, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

from canvass.panel.services.panels import Option, make_panel, save_field
from canvass.polls.models import Poll
from canvass.team.audit import HOST
from canvass.team.models import Panel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
BAD = {
    "a NUL": "a\x00b",
    "a megabyte": "x" * 1_000_000,
    "a huge number": "9" * 400,
}
FIELD = re.compile(r'<(?:input|textarea|select)[^>]*\bname="([^"]+)"')
KEPT = {"csrfmiddlewaretoken"}
PLACES = {
    "panel": "workers",
    "name": "role",
    "figure": "none",
    "key": "0" * 32,
    "member": "0" * 32,
    "token": "A" * 48,
    "staff": "1",
    "letter": "1",
    "mailing": "1",
    "revision": "1",
    "round": "1",
    "width": "wide",
    "path": "none",
}


def routes(patterns, before: str = "") -> list[str]:
    """The route of every page."""
    found: list[str] = []
    for one in patterns:
        route = before + str(one.pattern)
        found += [route] if isinstance(one, URLPattern) else routes(one.url_patterns, route)
    return found


def address(route: str, slug: str) -> str:
    places = PLACES | {"poll": slug}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: places.get(found[1], "x"), route)


@pytest.fixture
def panel(transactional_db) -> Panel:
    made = make_panel("workers", "Workers' Panel", by=HOST, now=NOON)
    save_field(made, "role", "Role", [Option("worker", ""), Option("manager", "")], by=HOST, now=NOON)
    return made


@pytest.fixture
def polls(poll) -> list[Poll]:  # noqa: F811
    return [poll("a-draft"), poll("an-open-one", state="open")]


@pytest.fixture
def addresses(polls, desk) -> list[str]:  # noqa: F811
    desk.raise_request_exception = False  # so that every fault is told, not the first alone
    every = routes(get_resolver().url_patterns)
    found = {address(route, one.slug) for route, one in product(every, polls)}
    return sorted(one for one in found if "log-out" not in one)


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_no_form_of_any_page_answers_bad_text_with_a_fault_of_ours(desk, addresses, bad):  # noqa: F811
    statuses = {}

    for one in addresses:
        answer = desk.post(one, dict.fromkeys(fields_of(desk, one) | {"q"}, bad))
        statuses[one] = answer.status_code

    assert len(statuses) > 60
    assert {one: status for one, status in statuses.items() if status >= 500} == {}


@pytest.mark.parametrize("bad", ["a\x00b", "x" * 8_000, "9" * 400, "-1"])
def test_no_address_with_bad_words_after_it_is_a_fault_of_ours(desk, addresses, bad):  # noqa: F811
    words = ("q", "page", "state", "category", "series", "sort", "first", "last", "version", "copy", "kind")

    statuses = {one: desk.get(one, dict.fromkeys(words, bad)).status_code for one in addresses}

    assert {one: status for one, status in statuses.items() if status >= 500} == {}


def fields_of(client: Client, one: str) -> set[str]:
    """The names of what can be filled in on this page."""
    answer = client.get(one)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return set(FIELD.findall(answer.text)) - KEPT if is_page else set()
