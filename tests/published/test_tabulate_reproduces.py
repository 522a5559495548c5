"""The published poll of January 2022, counted again from its answers: each printed percentage and base."""

import json
from pathlib import Path

import pytest

from canvass import formats, instrument, tables
from canvass.tables.wording import whole_percent

HERE = Path(__file__).parent
POLL = HERE.parents[1] / "examples" / "working-hours-2022-01.yaml"
PRINTED = json.loads((HERE / "poll-2022-01.json").read_text())["questions"]


@pytest.fixture(scope="module", params=["with the poll file", "without"])
def counted(request):
    """Every topline by its item."""
    poll = (
        instrument.load(POLL.read_bytes(), name=POLL.name) if request.param == "with the poll file" else None
    )
    data = formats.read(HERE / "micro-2022-01.csv")
    found = tables.tabulate(data, tables.Request(), poll)
    return {topline.item.id: topline for topline in found.tables}


@pytest.mark.parametrize("question", PRINTED, ids=lambda question: question["id"])
def test_each_base_is_that_items_own(counted, question):
    assert counted[question["id"]].base == question["base"]


@pytest.mark.parametrize("question", PRINTED, ids=lambda question: question["id"])
def test_each_percentage_is_the_printed_one(counted, question):
    figures = {figure.label: figure for figure in counted[question["id"]].figures}
    printed = {label: share for label, share in question["percent"].items() if share is not None}

    found = {label: whole_percent(figures[label].estimate) for label in printed if label in figures}

    never_chosen = {label for label in printed if label not in figures}
    assert found | dict.fromkeys(never_chosen, 0) == printed


def test_options_that_nobody_chose_are_there_when_the_poll_file_says_so():
    poll = instrument.load(POLL.read_bytes(), name=POLL.name)
    data = formats.read(HERE / "micro-2022-01.csv")

    (topline,) = tables.tabulate(data, tables.Request(items=("overtime_offer",)), poll).tables

    assert topline.figure("share", "paid overtime").n == 0


def test_a_follow_up_is_asked_of_those_who_said_yes_and_has_their_base():
    poll = instrument.load(POLL.read_bytes(), name=POLL.name)
    data = formats.read(HERE / "micro-2022-01.csv")

    (topline,) = tables.tabulate(data, tables.Request(items=("agency_motivation",)), poll).tables

    assert (topline.asked, topline.base) == (21, 21)
