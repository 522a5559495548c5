"""The frame of every ballot page."""

import pytest

from canvass.fieldwork.page import Frame


@pytest.mark.parametrize("demo", [True, False])
def test_a_ballot_page_says_that_it_is_the_demo_where_it_is(demo, settings):
    settings.DEMO = demo

    page = Frame("Workers' Panel").page("Cover", "<h1>Working hours</h1>", step=(1, 2))

    assert ("This is the demo" in page) == demo
