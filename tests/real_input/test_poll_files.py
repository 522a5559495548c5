"""The poll files in `examples/` ask what the published polls asked, item by item and option by option."""

import json
from pathlib import Path

import pytest

from canvass import instrument
from canvass.instrument import Instrument, Item

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
PAIRS = [("working-hours-2022-01", "poll-2022-01"), ("care-and-time-2021-08", "poll-2021-08")]
LEFT_OUT = {"not described", "none of these"}


def example(name: str) -> Instrument:
    path = EXAMPLES / f"{name}.yaml"
    return instrument.load(path.read_text("utf-8"), path.name)


def published(name: str) -> list[dict]:
    return json.loads((HERE / f"{name}.json").read_text("utf-8"))["questions"]


def labels(item: Item) -> set[str]:
    return {option.label for option in item.options}


@pytest.mark.parametrize(("poll", "figures"), PAIRS)
def test_every_published_question_is_an_item_of_the_example(poll, figures):
    asked = [item.id for item in example(poll) if item.id != "agency_motivation"]

    questions = [question["id"] for question in published(figures)]

    assert asked == questions


@pytest.mark.parametrize(("poll", "figures"), PAIRS)
def test_every_published_option_is_offered_and_nothing_is_added_but_what_the_report_left_out(poll, figures):
    for question in published(figures):
        if question["type"].startswith("matrix"):
            continue

        offered = labels(example(poll).item(question["id"]))

        assert offered - LEFT_OUT == set(question["percent"]), question["id"]


def test_every_published_row_is_a_row_of_its_grid():
    poll = example("care-and-time-2021-08")
    grids = [q for q in published("poll-2021-08") if q["type"].startswith("matrix")]

    for question in grids:
        rows = {row.label for row in poll.item(question["id"]).rows}

        assert rows == set(question.get("mean") or question["percent"]), question["id"]


def test_the_reason_for_agency_work_is_asked_of_former_agency_workers_alone():
    poll = example("working-hours-2022-01")

    assert "agency_motivation" in instrument.asked(poll, {"worked_for_agency": "yes"})
    assert "agency_motivation" not in instrument.asked(poll, {"worked_for_agency": "no"})
