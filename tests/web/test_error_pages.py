"""What a visitor reads when a page cannot be shown."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from django.utils import timezone

from canvass.config.urls import urlpatterns as product_urls
from canvass.team.access import PUBLIC
from canvass.team.models import Staff


def _refuse(request):
    raise PermissionDenied


def _suspect(request):
    raise SuspiciousOperation


def _break(request):
    raise RuntimeError("broken on purpose")


urlpatterns = [
    *product_urls,
    path("refused", _refuse, name="refused"),
    path("suspect", _suspect, name="suspect"),
    path("broken", _break, name="broken"),
]
OPEN_TABLE = dict.fromkeys(("refused", "suspect", "broken"), PUBLIC)


@pytest.mark.urls("tests.web.test_error_pages")
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere", 404, "There is no page at this address"),
        ("/refused", 403, "You may not open this page"),
        ("/suspect", 400, "This request could not be read"),
        ("/broken", 500, "Something went wrong on our side"),
    ],
)
def test_an_error_page_has_its_status_and_a_plain_sentence(settings, address, status, heading):
    settings.POLICY_TABLE = "tests.web.test_error_pages.OPEN_TABLE"

    response = Client(raise_request_exception=False).get(address)

    assert response.status_code == status
    assert heading in response.text
    assert "broken on purpose" not in response.text


@pytest.fixture
def colleague(db) -> Client:
    client = Client()
    client.force_login(Staff.objects.create(email="a@example.org", name="Ann", created_at=timezone.now()))
    return client


def test_an_address_that_takes_forms_alone_says_so_to_who_opens_it_as_a_page(colleague):
    response = colleague.get("/desk/log-out")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "takes only what a form sends" in response.text


def test_an_error_page_leads_the_team_back_to_the_desk_and_nobody_else(colleague):
    link = '<a href="/desk/">To the desk</a>'

    assert link in colleague.get("/nowhere").text
    assert link not in Client().get("/nowhere").text


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/desk/log-in", {"email": "a"})

    assert response.status_code == 403
    assert "This form had grown old" in response.text


def test_too_many_tries_has_a_page():
    assert "wait a few minutes" in render_to_string("429.html")
