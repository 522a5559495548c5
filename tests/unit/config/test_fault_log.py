"""A fault of our own is written down for whoever runs the server, without the link that led to it."""

import logging

import pytest
from django.conf import settings
from django.test import RequestFactory

from canvass.config.fault_log import WithoutLinks


class Match:
    route = "confirm/<str:token>"


@pytest.fixture
def written():
    """What is written of a request that failed, to an address with a member's link."""
    request = RequestFactory().post("/confirm/secret-token")
    request.resolver_match = Match()
    record = logging.makeLogRecord(
        {"msg": "%s: %s", "args": ("Internal Server Error", request.path), "request": request}
    )
    WithoutLinks().filter(record)
    return record.getMessage()


def test_the_route_is_named_and_the_link_is_not(written):
    assert written == "POST confirm/<str:token> failed"


def test_a_line_without_a_request_stays_as_it_is():
    record = logging.makeLogRecord({"msg": "The pump %r failed.", "args": ("send mail",)})

    assert WithoutLinks().filter(record)
    assert record.getMessage() == "The pump 'send mail' failed."


def test_faults_reach_the_one_place_that_is_read():
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert logging.getLogger("django").isEnabledFor(logging.ERROR)
    assert not logging.getLogger("django").handlers
