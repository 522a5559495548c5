"""The Fieldwork tab while it moves, in a real browser."""

import pytest
from playwright.sync_api import expect
from tests.unit.polls.conftest import NOON, picture_home, poll  # noqa: F401
from tests.web.panel.conftest import member, sign_up  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401

from canvass.fieldwork import services as fieldwork
from canvass.panel.services.panels import make_panel
from canvass.team.audit import HOST
from canvass.team.models import Panel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases="__all__")]


@pytest.fixture
def panel(transactional_db) -> Panel:
    return make_panel("workers", "Workers' Panel", by=HOST, now=NOON)


def test_an_open_fold_and_the_focus_stay_while_the_figure_moves(open_page, poll, member):  # noqa: F811
    member("alice")
    made = poll("hours", state="open")
    page = open_page("/desk/workers/polls/hours/fieldwork", team=True)
    fold = page.get_by_text("Numbers as a table")
    fold.click()
    expect(page.get_by_text("How the mails stand")).to_have_count(0)

    fieldwork.invite(made, {}, on_opening=False, by=HOST, now=NOON)

    expect(page.get_by_text("How the mails stand")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("row", name="Finished")).to_be_visible()
    expect(fold).to_be_focused()
