"""Any data file: what its columns are taken for, and what is refused."""

from dataclasses import replace

import pytest

from canvass import instrument, tables
from canvass.formats import Columns
from canvass.statistics import DesignError
from canvass.tables import Request, TabulationRefused
from canvass.warehouse.inference import ColumnUnfit


def data(**columns):
    """A table; headings with a slash are written with two underscores."""
    headings = tuple(name.replace("__", "/") for name in columns)
    cells = tuple(tuple(column) for column in columns.values())
    return Columns(headings, cells, tuple(range(2, 2 + len(cells[0]))))


def kinds_of(table, **more):
    found = tables.tabulate(table, Request(**more)).tables
    return [(one.item.id, one.row.id if one.row else None, one.item.kind.value) for one in found]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["yes", "no"], "single"),
        (["0", "10"], "rating"),
        (["0", "1"], "rating"),  # a lone 0/1 column
        (["0", "11"], "number"),
        (["1.5", "2"], "number"),
        (["A;B", "A"], "multiple"),
        (["1", "x"], "single"),
        (["nan", "1"], "single"),
        (["", ""], "single"),
    ],
)
def test_the_kind_of_a_column(cells, kind):
    assert kinds_of(data(x=cells)) == [("x", None, kind)]


def test_columns_of_0_and_1_with_one_name_before_the_slash_are_a_choose_all():
    (many,) = tables.tabulate(data(m__a=["1", "0", ""], m__b=["1", "0", ""]), Request()).tables

    assert (many.item.id, many.item.kind, many.base) == ("m", "multiple", 2)
    assert many.figure("share", "a").estimate == 0.5


def test_flags_may_be_written_with_a_point():
    """As pandas writes them where cells are empty."""
    table = data(which__a=["1.0", "0.0", ""], which__b=["0", "1.0", ""])

    (found,) = tables.tabulate(table, Request()).tables

    assert (found.item.kind.value, found.base) == ("multiple", 2)
    assert [line.n for line in found.figures] == [1, 1]


def test_other_columns_with_a_slash_are_a_grid():
    assert kinds_of(data(g__a=["1", "7"], g__b=["3", ""])) == [
        ("g", "a", "grid_rating"),
        ("g", "b", "grid_rating"),
    ]
    assert kinds_of(data(g__a=["much", ""]))[0][2] == "grid_single"


def test_the_respondent_and_the_profile_are_no_items():
    table = data(respondent=["r1", "r2"], profile__role=["a", "b"], x=["1", "2"])

    assert kinds_of(table) == [("x", None, "rating")]


def test_a_column_of_the_design_is_no_item_unless_named():
    table = data(x=["1", "2"], w=["1", "2"])

    assert kinds_of(table, weight="w") == [("x", None, "rating")]
    assert kinds_of(table, weight="w", items=("w",)) == [("w", None, "rating")]


def test_a_kind_can_be_said():
    assert kinds_of(data(x=["0", "1"]), kinds={"x": "single"}) == [("x", None, "single")]


LABELLED = {"mood": ("1", "2", "9", "5")}  # of which 1 is bad, 5 good and 9 no opinion


def test_numbers_behind_labels_are_counted_where_a_kind_says_so():
    table = replace(data(mood=["bad", "2", "no opinion", "good"]), codes=LABELLED)

    inferred = tables.tabulate(table, Request())
    told = tables.tabulate(table, Request(kinds={"mood": "number"}))

    assert inferred.tables[0].item.kind.value == "single"
    assert "some of its numbers have labels (1 is bad)" in inferred.notes[0]
    assert told.tables[0].figure("mean", None).estimate == 17 / 4
    assert told.notes == ()


def test_with_a_poll_numbers_behind_labels_are_answers_and_kinds_of_missing_stay():
    poll = instrument.load(
        "poll: p\ntitle: T\ncategory: c\ntopic: t\nitems:\n  - id: mood\n    kind: rating\n    text: How?\n"
        "    scale: {from: 1, to: 5}\n    not_applicable: No opinion\n"
    )
    table = replace(data(mood=["bad", "2", "no opinion", "good"]), codes=LABELLED)

    (found,) = tables.tabulate(table, Request(), poll).tables

    assert (found.base, found.applies_base) == (4, 3)
    assert found.figure("mean", None).estimate == pytest.approx(8 / 3)


@pytest.mark.parametrize("more", [{"by": "role"}, {"items": "q"}, {"level": "0.95"}, {"level": 95}])
def test_a_request_says_what_it_takes(more):
    with pytest.raises(TabulationRefused, match=r"takes several names|lies between 0 and 1"):
        Request(**more)


def test_a_ranking_is_read_when_said():
    (rank,) = tables.tabulate(data(x=["a>b", "b>a", "a"]), Request(kinds={"x": "ranking"})).tables

    assert rank.figure("share", "a").estimate == pytest.approx(2 / 3)


def test_a_net_promoter_score_stands_beside_the_rating():
    (rate,) = tables.tabulate(data(x=["10", "9", "8", "3"]), Request(kinds={"x": "nps"})).tables

    assert rate.figure("nps").estimate == 25.0


def test_every_group_stands_beside_all():
    table = data(x=["yes", "yes", "no", "no"], role=["a", "a", "b", ""])

    (found,) = tables.tabulate(table, Request(by=("role",))).tables

    assert found.total.figure("share", "yes").estimate == 0.5
    assert [(group.label, group.base) for group in found.groups] == [("a", 2), ("b", 1)]
    assert {one.df for group in found.groups for one in group.figures} == {3}


def test_groups_without_a_poll_are_in_natural_order():
    table = data(x=["yes"] * 4, years=["11+", "3-5", "", "0-2"])

    (found,) = tables.tabulate(table, Request(by=("years",))).tables

    assert [group.label for group in found.groups] == ["0-2", "3-5", "11+"]


def test_groups_of_a_profile_are_found_by_their_short_name():
    table = data(x=["yes", "no"], profile__role=["b", "a"])

    (found,) = tables.tabulate(table, Request(by=("role",))).tables

    assert [group.label for group in found.groups] == ["a", "b"]


def test_a_choose_all_item_has_a_test_for_each_option_with_holms_correction():
    cells = ["A;B", "A", "B", "A;B", "C", "C", "A", "B;C"] * 5
    table = data(x=cells, role=["u", "v"] * 20)

    (found,) = tables.tabulate(table, Request(by=("role",))).tables

    assert [test.option for test in found.tests] == ["A", "B", "C"]
    assert all(test.p <= test.p_adjusted for test in found.tests)
    assert len(found.differences) == 3


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"items": ("nope",)}, "There is no item nope in the file."),
        ({"items": ("roles",)}, "Is role meant?"),
        ({"items": ("ROLE",)}, "Is role meant?"),
        ({"weight": "ww"}, "--weight ww: there is no such column in the file. Is w meant?"),
        ({"weight": "role"}, '--weight role, row 2: "a" is not a number'),
        ({"weight": "zero"}, "--weight zero, row 3: 0 is not positive"),
        ({"weight": "gaps"}, "--weight gaps: is empty in 1 row, first in row 3"),
        ({"strata": "gaps"}, "--strata gaps: is empty"),
        ({"population": "w"}, "--population w: differs within the file"),
        ({"population": "-3"}, "--population -3: give a number above 0"),
        ({"kinds": {"x": "vote"}}, "--kind x=vote: there is no such kind."),
        ({"by": ("many",)}, "--by many: people have several answers"),
        ({"by": ("nobody",)}, "--by nobody: nobody has a value there"),
        ({"level": 95.0}, "between 0 and 1"),
    ],
)
def test_bad_requests_are_refused_with_a_sentence(more, sentence):
    table = data(
        x=["1", "2", "3"],
        role=["a", "b", "a"],
        w=["1", "2", "1"],
        zero=["1", "0", "1"],
        gaps=["1", "", "2"],
        many=["p;q", "p", "q"],
        nobody=["", "", ""],
    )

    with pytest.raises(TabulationRefused) as refusal:
        tables.tabulate(table, Request(**more))

    assert sentence in str(refusal.value)


def test_a_population_smaller_than_the_rows_is_refused():
    with pytest.raises(DesignError, match="population is smaller"):
        tables.tabulate(data(x=["1", "2"]), Request(population="1"))


def test_a_kind_that_the_cells_do_not_fit_names_the_row():
    with pytest.raises(ColumnUnfit, match='x, row 3: "b" is not a number'):
        tables.tabulate(data(x=["1", "b"]), Request(kinds={"x": "number"}))


def test_a_text_by_groups_has_one_empty_test():
    table = data(x=["a", "b"], role=["u", "v"])

    (found,) = tables.tabulate(table, Request(by=("role",), kinds={"x": "text"})).tables

    assert [test.p for test in found.tests] == [None]


def test_an_item_that_nobody_answered_has_a_table_by_groups():
    table = data(x=["", "", ""], role=["a", "b", "a"])

    (found,) = tables.tabulate(table, Request(by=("role",))).tables

    assert (found.total.base, found.total.figures, found.differences) == (0, (), ())


def test_too_many_groups_are_refused():
    many = [f"p{number}" for number in range(60)]

    with pytest.raises(TabulationRefused, match="has 60 values"):
        tables.tabulate(data(x=["1"] * 60, name=many), Request(by=("name",)))


def test_a_heading_that_occurs_twice_is_refused():
    table = Columns(("x", "x"), (("1",), ("2",)), (2,))

    with pytest.raises(TabulationRefused, match="The heading x occurs twice"):
        tables.tabulate(table, Request())


def test_columns_without_a_heading_are_left_out_and_told():
    table = Columns(("", "x", ""), (("1",), ("2",), ("",)), (2,))

    found = tables.tabulate(table, Request())

    assert [one.item.id for one in found.tables] == ["x"]
    assert found.notes == (
        "Column 1 has no heading and is left out.",
        "Column 3 has no heading and is left out.",
    )


def test_a_file_without_rows_is_refused():
    with pytest.raises(TabulationRefused, match="no rows"):
        tables.tabulate(Columns(("x",), ((),), ()), Request())


def test_with_a_poll_routing_makes_the_asked():
    poll = instrument.load("""
poll: routed
title: Routed
category: c
items:
  - {id: first, kind: single, text: First, options: ["yes", "no"]}
  - {id: then, kind: rating, text: Then, scale: {from: 0, to: 10}, ask_if: first == "yes"}
""")
    table = data(first=["yes", "yes", "no"], then=["4", "", ""], w=["1", "1", "2"])

    _, then = tables.tabulate(table, Request(weight="w"), poll).tables

    assert (then.asked, then.base) == (2, 1)


def test_with_a_poll_groups_come_in_poll_order():
    poll = instrument.load(
        "poll: p\ntitle: P\ncategory: c\nitems:\n"
        "  - {id: one, kind: single, text: One, options: [z, a]}\n"
        "  - {id: two, kind: single, text: Two, options: [m, n]}\n"
    )

    (found,) = tables.tabulate(data(one=["a", "z"], two=["m", "n"]), Request(by=("one",)), poll).tables

    assert [group.label for group in found.groups] == ["z", "a"]


def test_a_question_of_the_bank_on_well_being_has_its_official_bands():
    poll = instrument.load(
        "poll: p\ntitle: P\ncategory: c\nitems:\n"
        "  - {id: anxious, bank: ons4.anxious}\n  - {id: happy, bank: ons4.happy}\n"
    )
    points = [str(point) for point in range(11)]

    found = tables.tabulate(data(anxious=points, happy=points), Request(), poll).tables

    anxious, happy = (
        {one.option: one.n for one in table.figures if one.statistic == "net"} for table in found
    )
    assert anxious == {"very low (0-1)": 2, "low (2-3)": 2, "medium (4-5)": 2, "high (6-10)": 5}
    assert happy == {"low (0-4)": 5, "medium (5-6)": 2, "high (7-8)": 2, "very high (9-10)": 2}
