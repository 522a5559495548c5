"""Links for members are capabilities: signed, for one purpose, for a while."""

from datetime import timedelta

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from canvass.panel import links
from canvass.panel.links import Purpose

from .conftest import NOON

KEY = "00ff" * 8


def test_a_link_says_whose_it_is():
    token = links.make(Purpose.ME, KEY, now=NOON)

    assert links.read(token, Purpose.ME, now=NOON).member == KEY


def test_a_link_for_one_purpose_opens_no_other_door():
    token = links.make(Purpose.CONFIRM, KEY, now=NOON)

    with pytest.raises(links.LinkRefused):
        links.read(token, Purpose.ME, now=NOON)


def test_an_old_link_says_that_it_is_old():
    token = links.make(Purpose.CONFIRM, KEY, now=NOON)

    assert links.read(token, Purpose.CONFIRM, now=NOON + timedelta(days=15)).expired


@given(st.integers(0, 37), st.integers(1, 255))
def test_a_link_changed_anywhere_is_refused(place, flip):
    import base64

    token = links.make(Purpose.ME, KEY, now=NOON)
    raw = bytearray(base64.urlsafe_b64decode(token + "=="))
    raw[place] ^= flip

    with pytest.raises(links.LinkRefused):
        links.read(base64.urlsafe_b64encode(raw).decode().rstrip("="), Purpose.ME, now=NOON)


@given(st.text())
def test_nonsense_is_refused_and_never_an_error(text):
    with pytest.raises(links.LinkRefused):
        links.read(text, Purpose.ME, now=NOON)


def test_links_of_a_destroyed_key_die():
    settings.KEYS.get_or_make("member/1")
    settings.KEYS.get_or_make("member/2")
    token = links.make(Purpose.ME, KEY, now=NOON)
    settings.KEYS.destroy("member/2")

    with pytest.raises(links.LinkRefused):
        links.read(token, Purpose.ME, now=NOON)
