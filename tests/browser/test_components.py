"""The components in a real browser: accessible, within the page, in light and in dark."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from canvass.team.models import Staff
from canvass.web.examples import COMPONENTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser: Browser, live_server, client: Client):
    staff = Staff.objects.create(
        email="ada@example.org", name="Ada", created_at=datetime(2022, 1, 18, tzinfo=UTC)
    )
    client.force_login(staff)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexts = []

    def open_(path: str, *, width: int = 1280, **choices) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **choices)
        contexts.append(context)
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_component(open_page, scheme, width):
    page = open_page("/components/", width=width, color_scheme=scheme)

    assert page.locator("section").count() == len(COMPONENTS)
    assert _violations(page) == []
