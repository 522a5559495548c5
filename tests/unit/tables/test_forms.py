"""How tables are printed: the JSON of the contract, text, CSV, a workbook and HTML."""

import csv
import io
import json
from html.parser import HTMLParser

import openpyxl
import pytest

from canvass import tables
from canvass.formats import Columns
from canvass.tables import Request

KEYS = [
    "item", "row", "kind", "by", "asked", "base", "weighted_base", "effective_base",
    "kish_design_effect", "rows", "tests", "differences",
]  # fmt: skip
ROW_KEYS = [
    "group", "group_base", "group_effective_base", "statistic", "option", "n", "estimate",
    "standard_error", "df", "low", "high", "interval", "design_effect", "caution",
]  # fmt: skip
TEST_KEYS = [
    "option", "name", "statistic", "df1", "df2", "p", "p_adjusted",
]  # fmt: skip
DIFFERENCE_KEYS = [
    "option", "statistic", "a", "b", "estimate", "standard_error", "df", "low", "high", "p",
    "p_adjusted",
]  # fmt: skip


def tabulated(request=None, **columns):
    columns = columns or {"x": ["yes"] * 91 + ["no"] * 44}
    cells = tuple(tuple(column) for column in columns.values())
    data = Columns(tuple(columns), cells, tuple(range(2, 2 + len(cells[0]))))
    return tables.tabulate(data, request or Request())


def json_of(found):
    return json.loads(json.dumps(tables.as_json(found.tables, found.design, found.level), allow_nan=False))


def text_of(found):
    return tables.as_text([tables.sheet(one, found.level) for one in found.tables], ("A note.",))


def test_the_json_has_the_keys_of_the_contract_in_their_order():
    values = json_of(tabulated())

    assert list(values) == ["level", "design", "tables"]
    assert list(values["design"]) == ["n", "weight", "strata", "cluster", "population"]
    (table,) = values["tables"]
    assert list(table) == KEYS
    assert [list(row) for row in table["rows"]] == [ROW_KEYS] * 2
    assert [list(test) for test in table["tests"]] == [TEST_KEYS]


def test_the_json_has_the_numbers_of_the_contract_unrounded():
    (table,) = json_of(tabulated())["tables"]

    row = table["rows"][1]

    assert (table["asked"], table["base"], table["effective_base"]) == (135, 135, 135.0)
    assert (row["option"], row["n"], row["df"], row["interval"]) == ("yes", 91, 134, "logit")
    assert row["estimate"] == pytest.approx(91 / 135, rel=1e-15)
    assert [round(row[key], 4) for key in ("standard_error", "low", "high")] == [0.0405, 0.5896, 0.7486]
    assert row["design_effect"] == pytest.approx(1.0)
    assert row["caution"] is None


def test_a_quantile_says_which():
    (table,) = json_of(tabulated(x=[str(number) for number in range(50)]))["tables"]

    assert [row["q"] for row in table["rows"] if row["statistic"] == "quantile"] == [0.1, 0.25, 0.75, 0.9]
    assert "q" not in table["rows"][0]


def test_groups_tests_and_differences_are_in_the_json():
    found = tabulated(Request(by=("g",)), x=["yes", "no"] * 60, g=["a"] * 60 + ["b"] * 50 + [""] * 10)

    (table,) = json_of(found)["tables"]

    assert table["by"] == "g"
    assert [(row["group"], row["group_base"]) for row in table["rows"][::2]] == [
        (None, 120),
        ("a", 60),
        ("b", 50),
    ]
    assert [list(one) for one in table["differences"]] == [DIFFERENCE_KEYS] * 2
    assert table["tests"][0]["p"] == table["tests"][0]["p_adjusted"]


def test_the_population_is_a_number_where_it_was_one():
    assert json_of(tabulated(Request(population="1237")))["design"]["population"] == 1237


def test_text_is_aligned_and_says_base_and_caution():
    lines = text_of(tabulated(x=["yes"] * 25 + ["no"] * 20)).splitlines()

    assert lines[1] == "Base: 45 of 45 asked. Caution: [u] very small base."
    assert lines[3].split() == ["People", "Estimate", "95%", "from", "to", "Std.", "error"]
    assert lines[4].split()[:3] == ["no", "20", "44%"]
    assert len(lines[4].rstrip()) == len(lines[5].rstrip())
    assert lines[-1] == "A note."


def test_shares_round_half_up_on_the_unrounded_value():
    text = text_of(tabulated(x=["yes"] * 25 + ["no"] * 175))  # 12.5% and 87.5%

    assert "13%" in text
    assert "88%" in text


def test_a_label_cannot_steer_the_terminal():
    text = text_of(tabulated(x=["\x1b[2Jgone", "\u202eback"]))

    assert "\x1b" not in text
    assert "\u202e" not in text


def test_csv_has_a_line_a_number_and_no_formula():
    found = tabulated(x=["=cmd()", "-2", "＝full", "plain"])

    rows = list(csv.DictReader(io.StringIO(tables.as_csv(found.tables))))

    assert {row["option"] for row in rows} == {"'=cmd()", "'-2", "'＝full", "plain"}
    assert float(rows[0]["estimate"]) == 0.25


def test_csv_keeps_an_item_with_a_base_only():
    found = tabulated(Request(kinds={"x": "text"}), x=["a", "b"])

    (row,) = csv.DictReader(io.StringIO(tables.as_csv(found.tables)))

    assert (row["item"], row["base"], row["estimate"]) == ("x", "2", "")


def test_a_workbook_has_a_sheet_a_table_with_its_base():
    found = tabulated(**{"a/b": ["=1+1", "x"], "a" * 40: ["1", "2"], "A" * 40: ["1", "2"]})
    sheets = [tables.sheet(one, 0.95) for one in found.tables]

    book = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(sheets, ("A note.",))))

    assert book.sheetnames == ["a_b", "a" * 31, "A" * 27 + " (2)", "Notes"]
    first = book["a_b"]
    assert first["A2"].value.startswith("Base: 2 of 2 asked")
    assert (first["A6"].value, first["A6"].data_type) == ("=1+1", "s")
    assert (first["C6"].value, first["C6"].number_format) == (0.5, "0%")


class _Headings(HTMLParser):
    def __init__(self):
        super().__init__()
        self.scopes, self.captions, self.scripts = [], 0, 0

    def handle_starttag(self, tag, attrs):
        self.scopes += [dict(attrs).get("scope")] if tag == "th" else []
        self.captions += tag == "caption"
        self.scripts += tag == "script"


def test_html_names_rows_and_columns_and_runs_nothing():
    found = tabulated(x=["<script>alert(1)</script>", "b"])
    page = _Headings()

    page.feed(tables.as_html([tables.sheet(one, 0.95) for one in found.tables], ("A note.",), "answers.csv"))

    assert page.scopes == ["col"] * 5 + ["row"] * 2
    assert (page.captions, page.scripts) == (1, 0)


def test_a_crosstab_says_that_it_shows_no_cause():
    found = tabulated(Request(by=("g",)), x=["yes", "no"] * 60, g=["a", "b", "b", "a"] * 30)

    text = text_of(found)

    assert "x, by g" in text
    assert "Rao-Scott F(" in text
    assert "does not show cause" in text


def crosstab():
    answers = ["yes"] * 60 + ["no"] * 60
    return tabulated(Request(items=("x",), by=("g",)), x=answers, g=["a", "b", "b"] * 40)


def test_a_crosstab_in_text_has_the_interval_of_every_group():
    printed = text_of(crosstab())

    assert "50% (35 to 65)" in printed
    assert "The ranges are 95% intervals." in printed


def test_a_crosstab_in_html_has_the_interval_of_every_group():
    found = crosstab()

    page = tables.as_html([tables.sheet(found.tables[0], 0.95)], (), "answers.csv")

    assert "<td>50% (35 to 65)</td>" in page


def test_a_crosstab_in_a_workbook_has_the_limits_as_numbers():
    found = crosstab()

    book = openpyxl.load_workbook(
        io.BytesIO(tables.as_xlsx([tables.sheet(found.tables[0], 0.95)], ()))
    ).worksheets[0]

    rows = {row[0]: row[1:] for row in book.iter_rows(values_only=True)}
    low, high = rows["yes: from"][1], rows["yes: to"][1]
    figure = found.tables[0].groups[0].figures[1]
    assert (low, high) == pytest.approx((figure.low, figure.high), rel=1e-12)
