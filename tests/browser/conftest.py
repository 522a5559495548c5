"""A real Chromium on pages that Django serves in this process, as a reader or as an owner of the panel."""

import os
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.waiting import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)
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
def open_page(browser, live_server, desk):
    """A page as a reader, or with `team=True` as an owner of the panel."""
    session = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": desk.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": live_server.url,
    }
    contexts = []

    def open_(path: str, *, width: int = 1280, team: bool = False, **choices) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **choices)
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        context.add_cookies([session] if team else [])
        page = context.new_page()
        page.goto(live_server.url + path)
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield open_
    for context in contexts:
        context.close()


def press(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Press a button or a link of this name, and wait for the page that it brings."""
    with page.expect_navigation():
        page.get_by_role(role, name=name, exact=True).click()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def overflow(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
