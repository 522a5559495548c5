"""How tables are printed: the JSON of the contract, text, CSV, a workbook and HTML."""

import csv
import io
import json
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
import pytest

from canvass import tables
from canvass.formats import Columns
from canvass.tables import Request, disclosure, letters

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
    return tables.as_text(tables.sheets(found.tables, found.level), ("A note.",))


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


def workbook_of(found, **more):
    sheets = tables.sheets(found.tables, found.level, **more)
    return openpyxl.load_workbook(io.BytesIO(tables.as_xlsx(sheets, ("A note.",))))


def test_a_workbook_has_contents_and_a_sheet_a_table_with_its_base():
    book = workbook_of(tabulated(**{"a/b": ["=1+1", "x"], "a" * 40: ["1", "2"], "A" * 40: ["1", "2"]}))

    assert book.sheetnames == ["Contents", "a", "a" * 31, "A" * 27 + " (2)", "Notes"]
    assert book["Contents"]["B4"].value == "a"
    assert book["Contents"]["A4"].hyperlink.location == "'a'!A1"
    first = book["a"]
    assert first["A2"].value.startswith("Base: 2 of 2 asked")
    assert (first["C5"].value, first["C5"].data_type) == ("=1+1", "s")
    assert (first["C6"].value, first["C6"].number_format) == (0.5, "0%")


class _Page(HTMLParser):
    """The table of a page: what its headings are, and what each cell says it belongs to."""

    def __init__(self, page):
        super().__init__()
        self.scopes, self.captions, self.scripts, self.headers, self.ids = [], 0, 0, [], {}
        self._id = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.scopes += [given.get("scope")] if tag == "th" else []
        self.captions += tag == "caption"
        self.scripts += tag == "script"
        self.headers += [given["headers"].split()] if "headers" in given else []
        self._id = given.get("id", self._id)

    def handle_data(self, data):
        if self._id is not None:
            self.ids.setdefault(self._id, data.strip())


def page_of(found, **more):
    return tables.as_html(tables.sheets(found.tables, found.level, **more), ("A note.",), "answers.csv")


def test_html_names_rows_and_columns_and_runs_nothing():
    page = _Page(page_of(tabulated(x=["<script>alert(1)</script>", "b"])))

    assert page.scopes == ["col"] * 5 + ["row"] * 2
    assert (page.captions, page.scripts, page.headers) == (1, 0, [])


def compared(**more):
    answers = ["yes"] * 90 + ["no"] * 30 + ["yes"] * 30 + ["no"] * 90
    request = Request(items=("x",), by=("g", "h"), **more)
    return tabulated(request, x=answers, g=["a"] * 120 + ["b"] * 120, h=["c", "d"] * 120)


def test_several_banners_stand_side_by_side_under_headings_of_their_own():
    page = _Page(page_of(compared()))

    assert page.scopes[:2] == ["colgroup"] * 2
    assert page.captions == 1
    assert [page.ids[name] for name in page.headers[-1]] == ["h", "d", "yes"]


def rows_of(sheet):
    return {row.label: [str(entry) for entry in row.entries] for row in sheet.rows}


def test_a_letter_names_a_column_that_a_number_is_higher_than():
    (sheet,) = tables.sheets(compared().tables, 0.95)

    assert [str(column) for column in sheet.columns] == ["All", "a (A)", "b (B)", "c (C)", "d (D)"]
    halves = ["50% (41 to 59)"] * 2
    assert rows_of(sheet)["yes"][1:] == ["75% (66 to 82) B", "25% (18 to 34)", *halves]
    assert rows_of(sheet)["no"][1:] == ["25% (18 to 34)", "75% (66 to 82) A", *halves]


def test_groups_of_under_30_people_get_no_letter_and_a_mark():
    answers = ["yes"] * 25 + ["no"] * 4 + ["yes"] * 5 + ["no"] * 35
    found = tabulated(Request(items=("x",), by=("g",)), x=answers, g=["a"] * 29 + ["b"] * 40)

    (sheet,) = tables.sheets(found.tables, 0.95)

    assert found.tables[0].differences[1].p_adjusted < 0.001
    assert [str(column) for column in sheet.columns] == ["All", "a (A) [u]", "b (B) [u]"]
    assert all(cell.letters == "" for row in sheet.rows for cell in row.entries)


def test_there_is_no_test_of_a_table_in_which_few_people_are_expected():
    found = tabulated(Request(items=("x",), by=("g",)), x=["yes", "no"] * 50, g=["a"] * 94 + ["b"] * 6)

    text = text_of(found)

    assert found.tables[0].tests[0].p is not None
    assert "By g: no test, because in some cells fewer than 5 people are expected" in text
    assert "Rao-Scott" not in text


def test_letters_go_on_after_z():
    assert [letters.letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_a_crosstab_says_how_it_was_tested_and_that_it_shows_no_cause():
    text = text_of(compared())

    assert "x, by g and h" in text
    assert "By g: Rao-Scott F(" in text
    assert "p < 0.05 after Holm" in text
    assert "The ranges are 95% intervals." in text
    assert "does not show cause" in text


def test_every_pair_is_listed_only_where_that_is_asked_for():
    found = compared()

    listed = tables.as_text(tables.sheets(found.tables, 0.95, pairs=True), ())

    assert "  yes: a minus b: +50.0 points (+39.0 to +61.0), p < 0.001" in listed
    assert "a minus b" not in text_of(found)


def test_a_workbook_holds_the_numbers_of_the_tables():
    found = compared(nets={"x": (tables.Net("either", ("yes", "no")),)})
    tab = workbook_of(found)["x"]

    rows = {row[0].value: row[1:] for row in tab.iter_rows()}
    groups = [group for crosstab in found.tables for group in crosstab.groups]
    for column, group in enumerate(groups, start=1):
        assert (rows["Base"][column].value, rows["Effective base"][column].value) == (120, 120.0)
        for figure in group.figures:
            label = "Net: either" if figure.statistic == "net" else figure.label
            told = [rows[f"{label}{part}"][column].value for part in ("", ": from", ": to")]
            assert told == pytest.approx([figure.estimate, figure.low, figure.high], rel=1e-12)
    assert [cell.value for cell in rows["yes: letters"]] == [None, "B", None, None, None]
    assert rows["yes"][1].number_format == "0%"


def test_a_sheet_of_a_workbook_keeps_its_head_in_sight_and_says_its_notes():
    tab = workbook_of(compared())["x"]

    said = [row[0].value for row in tab.iter_rows()]
    assert tab.freeze_panes == "B6"
    assert [cell.value for cell in tab[4]] == [None, None, "g", None, "h", None]
    assert [cell.value for cell in tab[5]] == [None, "All", "a (A)", "b (B)", "c (C)", "d (D)"]
    assert said[-2:] == ["A table of one question by another does not show cause.", "A note."]


def test_a_table_wider_than_the_terminal_goes_on_below():
    found = compared()

    lines = tables.as_text(tables.sheets(found.tables, 0.95), (), width=70).splitlines()

    assert max(map(len, lines)) <= 70
    assert sum(line.split()[:2] == ["Base", "240"] for line in lines) == 2


GRID = {"t/p": ["1"] * 50 + ["3"] * 10, "t/q": ["2"] * 40 + [""] * 20}


def test_a_grid_is_one_table_with_a_row_for_each_of_its_own():
    (sheet,) = tables.sheets(tabulated(**GRID).tables, 0.95)

    assert [column.heading for column in sheet.columns] == ["Base", "Mean", "Median", "1", "2", "3"]
    assert (rows_of(sheet)["p"][0], rows_of(sheet)["p"][3]) == ("60", "83% (71 to 92)")
    assert (rows_of(sheet)["q"][0], rows_of(sheet)["q"][4]) == ("40", "100% (91 to 100)")
    assert sheet.bases == ("Base: each row has its own",)


def test_a_grid_by_groups_has_its_means_together_and_a_section_for_each_row():
    found = tabulated(Request(items=("t",), by=("g",)), **GRID, g=["a", "b"] * 30)

    (sheet,) = tables.sheets(found.tables, 0.95)
    page = _Page(page_of(found))

    assert [section.title for section in sheet.sections] == ["Means", "p", "q"]
    assert [row.label for row in sheet.sections[0].rows] == ["p", "q"]
    assert [page.ids[name] for name in page.headers[-1]] == ["g", "b", "q", "3"]


def test_a_ranking_has_a_row_an_option_and_a_choose_all_its_part_of_the_responses():
    found = tabulated(
        Request(kinds={"r": "ranking"}), r=["a>b", "b>a", "a>b"] * 12, m=["x;y", "x", "y;x"] * 12
    )
    ranking, choose_all = tables.sheets(found.tables, 0.95)

    assert [row.label for row in ranking.rows] == ["a", "b"]
    assert rows_of(ranking)["a"][:2] == ["24", "67% (49 to 81) wide"]
    assert choose_all.columns[-1].heading == "Of all responses"
    assert [row[-1] for row in rows_of(choose_all).values()] == ["60%", "40%"]
    assert "add up to more than 100%" in choose_all.notes[0]


HIDDEN = tables.Suppressed(tables.Reason.SMALL_CELL)


def one_cell(cell):
    row = tables.SheetRow("yes", (cell,))
    return tables.Sheet("x", "x", ("Base: 20",), (tables.Column("a"),), (tables.Section("", (row,)),), ())


def test_a_withheld_cell_says_why_and_tells_nothing():
    sheet = one_cell(tables.Cell(None, tables.Style.SHARE, withheld=HIDDEN))

    page, text = tables.as_html([sheet], (), "t"), tables.as_text([sheet], ())
    tab = openpyxl.load_workbook(io.BytesIO(tables.as_xlsx([sheet], ())))["x"]

    assert '<td class="withheld" title="Not shown: few people gave this answer' in page
    assert "[c] Not shown: few people gave this answer" in text
    assert (tab["B5"].value, tab["B5"].fill.fill_type) == ("[c]", "lightUp")


def test_what_the_public_may_not_see_is_printed_nowhere():
    answers, groups = ["yes", "no"] * 60, ["a"] * 77 + ["b"] * 35 + ["c"] * 8
    found = tabulated(Request(items=("x",), by=("g",)), x=answers, g=groups)
    released = disclosure.release(found.tables, disclosure.Audience.PUBLIC)

    (sheet,) = tables.sheets(released, 0.95, pairs=True)

    assert [str(entry) for entry in sheet.rows[0].entries] == ["120", "77", "[c]", "[c]"]
    assert [cell == "[c]" for cell in rows_of(sheet)["yes"]] == [False, False, True, True]
    assert "Rao-Scott" not in "".join(sheet.notes)
    assert "[c] Not shown: it rests on numbers that are not shown." in sheet.notes


def test_counts_only_are_told_as_counts():
    (topline,) = tabulated(x=["yes"] * 12 + ["no"] * 8).tables
    (released,) = disclosure.release((topline,), disclosure.Audience.PUBLIC)

    (sheet,) = tables.sheets((released,), 0.95)

    assert rows_of(sheet)["yes"] == ["12", "[u]", "[u]", "[u]", "[u]"]
    assert sheet.reasons == ("[u] Not shown: fewer than 30 people: read the counts only.",)


def test_a_sheet_whose_rows_do_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="an entry for each column"):
        replace(one_cell(tables.Words("a")), columns=())


def test_a_wide_interval_is_said_beside_its_row_where_per_cents_can_be_read():
    found = tabulated(x=["yes"] * 60 + ["no"] * 58 + ["rarely"] * 2)
    few = tabulated(x=["yes"] * 10 + ["no"] * 10)

    ((sheet,), (small,)) = (tables.sheets(one.tables, 0.95) for one in (found, few))

    assert {row.label: row.remark for row in sheet.rows} == {"no": "", "rarely": "wide interval", "yes": ""}
    assert "wide interval" not in {row.remark for row in small.rows}


def test_a_wide_interval_is_said_in_its_cell_where_groups_are_compared():
    """Of 40 people 50% spans 35 to 65; of 200 it spans 43 to 57. Of 20 no per cents can be read."""
    groups = [("few", 20), ("some", 40), ("many", 200)]
    found = tabulated(
        Request(by=("g",)),
        x=["yes" if at % 2 else "no" for _, people in groups for at in range(people)],
        g=[name for name, people in groups for _ in range(people)],
    )
    (sheet,) = tables.sheets(found.tables, 0.95)

    cells = zip(sheet.columns, rows_of(sheet)["yes"], strict=True)
    wide = {column.heading: " wide" in cell for column, cell in cells}
    assert wide == {"All": False, "few": False, "many": False, "some": True}
    assert sheet.reasons == ("wide: an interval of 30 points or more, or of more than 1.3 times the share.",)
    assert "(35 to 65) wide</span>" in tables.as_html([sheet], (), title="x")
