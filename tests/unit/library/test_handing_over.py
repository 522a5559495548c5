"""After a vote members see the last closed poll: finished bytes in the place where fieldwork looks."""

import re

import pytest
from django.conf import settings
from tests.unit.polls.conftest import HOUR, NOON

from canvass.fieldwork.directory import AFTER_VOTE
from canvass.library import due, shelf
from canvass.library.models import Publication
from canvass.team.models import Panel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def handed_over(panel: str = "workers") -> str:
    return (settings.DATA.published / panel / AFTER_VOTE).read_text("utf-8")


def test_the_place_is_the_one_that_fieldwork_reads():
    assert shelf.AFTER_VOTE == AFTER_VOTE


def test_publishing_hands_the_leading_figure_over(published):
    published(yes=60, no=40)

    page = handed_over()

    assert "Working hours: 100 took part" in page
    assert "Three in five people who answered said" in page
    assert 'href="http://testserver/library/workers/hours/"' in page


def test_the_picture_brings_its_colours_and_asks_for_nothing(published):
    published()

    page = handed_over()

    assert "var(--" not in page
    assert not re.search(r"<style|style=|<script|<img|url\(", page)
    assert 'viewBox="20 0 320 ' in page
    assert 'width="320"' in page
    assert len(page.encode()) < 20_000


def test_the_poll_that_closed_last_is_shown_whatever_was_published_last(published):
    published("late")
    Publication.objects.update(last_day=NOON.date().replace(month=12))
    published("early", title="An earlier poll")

    assert "Working hours" in handed_over()
    assert "An earlier poll" not in handed_over()


def test_the_pump_mends_what_publishing_could_not_finish(published):
    published()
    place = settings.DATA.published / "workers" / AFTER_VOTE
    before = place.read_bytes()
    place.unlink()

    due.hand_over_all()

    assert place.read_bytes() == before


def test_a_panel_without_publications_hands_nothing_over(panel):
    Panel.objects.create(slug="quiet", name="Quiet", created_at=NOON + HOUR)

    due.hand_over_all()

    assert not (settings.DATA.published / "quiet").exists()
