"""Compositions, funnels and response analytics as sheets and as records for machines."""

import csv
import io
import json
from datetime import date

import pytest

from canvass import tables
from canvass.tables import (
    Composition,
    CompositionOverTime,
    FieldComposition,
    Funnel,
    ItemCount,
    Part,
    QuestionResponse,
    ResponseAnalytics,
    SignedNote,
    Step,
)

DAY = date(2022, 1, 18)
ROLES = FieldComposition(
    name="role",
    label="Role",
    parts=(
        Part("Manager", 300, 40, 0.3, 0.4, 0.25, 0.31, 0.5),
        Part("Practitioner", 700, 60, 0.7, 0.6, None),
    ),
    panel_base=1000,
    answered_base=100,
    panel_not_said=37,
    source="Workforce census 2022",
)
COMPOSITION = Composition(DAY, (ROLES,), "working-hours-2022-01")
OVER_TIME = CompositionOverTime(
    "role", "Role", (date(2021, 1, 1), DAY), (800, 1000), ("Manager", "Practitioner"),
    ((200, 300), (600, 700)), (0.25, 0.75), "Workforce census 2022",
)  # fmt: skip
FUNNEL = Funnel(
    "Working hours",
    (Step("Registered", 1300), Step("Mailed", 1237), Step("Opened", None), Step("Answered a question", 135)),
    (ItemCount(1, "How often?", 135, 129),),
    mailed=1,
    stepped=True,
)


def question(month, answered, asked=100, **more):
    return QuestionResponse(
        f"p{month}", "P", "often", "How often?", "practice", "hours",
        date(2021, month, 1), date(2021, month, 14), asked, answered, **more,
    )  # fmt: skip


NOTE = SignedNote("Schools had closed.", "analyst", date(2021, 4, 1))
RESPONSE = ResponseAnalytics(
    date(2021, 1, 1),
    date(2021, 12, 31),
    (question(1, 32), question(3, 76, notes=(NOTE,)), question(4, 50, None)),
)


def cells(sheet):
    return {
        (one.title, row.label): [str(entry) for entry in row.entries]
        for one in sheet.sections
        for row in one.rows
    }


def test_the_panel_stands_beside_the_workforce_with_the_difference_in_points():
    sheet = tables.composition_sheet(COMPOSITION)

    told = cells(sheet)
    assert told["Role", "Manager"] == ["300", "30%", "40", "40% (31 to 50)", "25%", "+5.0", "+15.0"]
    assert told["Role", "Practitioner"][4:] == ["–", "–", "–"]
    assert told["Role", "All who said it"][::2][:2] == ["1,000", "100"]
    assert told["Role", "Not said"][::2][:2] == ["37", "0"]
    assert "Role, workforce: Workforce census 2022" in sheet.notes


def test_a_composition_over_time_ends_with_the_workforce():
    sheet = tables.composition_over_time_sheet(OVER_TIME)

    assert [column.heading for column in sheet.columns] == ["1 January 2021", "18 January 2022", "Workforce"]
    assert cells(sheet)["", "Manager"] == ["25%", "30%", "25%"]
    assert cells(sheet)["", "Base"] == ["800", "1,000", "–"]


def test_a_funnel_says_each_part_with_its_interval_and_what_was_not_measured():
    sheet = tables.funnel_sheet(FUNNEL)

    told = cells(sheet)
    assert told["Steps", "Opened"] == ["–", "–", "–"]
    assert told["Steps", "Answered a question"] == ["135", "11% (9 to 13)", "11% (9 to 13)"]
    assert told["Questions: answered, of those asked", "1. How often?"] == ["129", "96% (91 to 98)", "–"]
    assert "steps of five" in sheet.notes[-1]


def test_response_analytics_have_groups_ends_and_every_question_with_its_notes():
    groups, ends, every = tables.response_sheets(RESPONSE)

    assert cells(groups)["All", "All questions"] == [
        "3",
        "52.7",
        "76",
        "32",
        "200",
        "108",
        "54%",
        "54%",
        "14.0",
    ]
    assert cells(groups)["Season", "spring"][:2] == ["2", "63.0"]
    assert cells(groups)["Month", "March 2021"][1] == "76.0"
    assert groups.bases == ("Period: 1 January to 31 December 2021", "Questions: 3", "Polls: 3")
    assert ends.sections[0].rows[0].entries[-1].number == 0.76
    assert ends.sections[1].rows[0].entries[-1].number == 0.32
    assert every.rows[1].remark == "Schools had closed. (analyst, 1 April 2021)"
    assert str(every.rows[2].entries[-1]) == "–"


EVERY = {"composition": COMPOSITION, "over time": OVER_TIME, "funnel": FUNNEL, "response": RESPONSE}


@pytest.mark.parametrize("value", EVERY.values(), ids=EVERY.keys())
def test_records_are_the_same_in_json_and_csv(value):
    told = json.loads(json.dumps(tables.records_as_json(value), allow_nan=False))

    lines = list(csv.DictReader(io.StringIO(tables.records_as_csv(value))))

    assert [list(line) for line in lines] == [list(row) for row in told["rows"]]
    for line, row in zip(lines, told["rows"], strict=True):
        plain = {name: cell for name, cell in row.items() if not isinstance(cell, list)}
        assert {name: line[name] for name in plain} == {
            n: "" if c is None else str(c) for n, c in plain.items()
        }


def test_records_say_what_they_are_of():
    assert tables.records_as_json(COMPOSITION)["rows"][0]["answered_difference"] == pytest.approx(0.15)
    assert tables.records_as_json(FUNNEL)["of"] == "Mailed"
    assert tables.records_as_json(RESPONSE)["categories"][0]["mean"] == pytest.approx(158 / 3)
    assert tables.records_as_json(RESPONSE)["rows"][1]["notes"] == [
        {"text": "Schools had closed.", "role": "analyst", "written": "2021-04-01"}
    ]


def test_words_stand_to_the_left_of_their_column():
    _, _, every = tables.response_sheets(RESPONSE)

    lines = tables.as_text([every], ()).splitlines()

    head, first = lines[3], lines[4]
    assert first.index("practice") == head.index("Category")


def test_every_kind_of_table_prints_as_text_page_and_workbook():
    sheets = [
        tables.composition_sheet(COMPOSITION),
        tables.composition_over_time_sheet(OVER_TIME),
        tables.funnel_sheet(FUNNEL),
        *tables.response_sheets(RESPONSE),
    ]

    assert "18 January 2022" in tables.as_text(sheets, ())
    assert tables.as_html(sheets, (), "All").count("<caption>") == 6
    assert tables.as_xlsx(sheets, ()).startswith(b"PK")
