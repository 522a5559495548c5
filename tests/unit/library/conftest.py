"""Published polls: published("hours", yes=60, no=40), and the published poll of January 2022."""

from collections.abc import Callable

import pytest
from tests.unit.analysis.conftest import (  # noqa: F401
    answered,
    counted,
    january,
    no_files_left,
)
from tests.unit.polls.conftest import HOUR, NOON, ann, panel, picture_home, poll  # noqa: F401

from canvass.analysis.services import close_and_count
from canvass.library import services
from canvass.library.models import Publication
from canvass.team.audit import HOST


@pytest.fixture
def published(counted) -> Callable[..., Publication]:  # noqa: F811
    def make(slug: str = "hours", **more: object) -> Publication:
        return services.publish(counted(slug, **more).poll, by=HOST, now=NOON + 2 * HOUR)

    return make


@pytest.fixture
def published_january(january) -> Publication:  # noqa: F811
    imported = january(invited=1237)
    closed = close_and_count(imported, by=HOST, now=NOON + HOUR).poll
    return services.publish(closed, by=HOST, now=NOON + 2 * HOUR)
