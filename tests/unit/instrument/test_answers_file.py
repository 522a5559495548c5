import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.instrument.polls import EVERY_KIND, poll

from canvass import instrument


def read(headings, *rows, of=EVERY_KIND, mapping=()):
    lines = tuple(instrument.MapLine(number, *line) for number, line in enumerate(mapping, start=2))
    return instrument.read_answers(of, headings, rows, mapping=lines)


def answers(headings, *cells, of=EVERY_KIND, mapping=()):
    """The answers of one row."""
    taken = read(["respondent", *headings], ("r1", *cells), of=of, mapping=mapping)
    return taken.rows[0].answers


def faults(headings, *rows, of=EVERY_KIND, mapping=()):
    with pytest.raises(instrument.AnswersFileError) as refusal:
        read(headings, *rows, of=of, mapping=mapping)
    return [str(fault) for fault in refusal.value.faults]


def test_every_kind_is_read_from_its_column():
    headings = ["one", "many", "rate", "count", "rates/geo", "times/x", "order", "why", "why/quote_consent"]

    taken = answers(headings, "tea", "coffee; tea", "7", "20.0", "6", "much", "B>A", "Because", "1")

    assert taken == {
        "one": "tea",
        "many": ["tea", "coffee"],
        "rate": 7,
        "count": 20,
        "rates": {"geo": 6},
        "times": {"x": "much"},
        "order": ["B", "A"],
        "why": "Because",
        "why/quote_consent": True,
    }


def test_labels_match_after_trimming_and_case_folding_else_by_id():
    taken = answers(["one", "rates/GEOGRAPHY", "rates/Pay"], "  TEA ", "5", "6")

    assert taken == {"one": "tea", "rates": {"Pay": 6, "geo": 5}}


@pytest.mark.parametrize(("cell", "text"), [("else", ""), ("Else: milk", "milk"), ("else:", "")])
def test_another_answer_is_read_with_or_without_its_text(cell, text):
    assert answers(["one", "many"], cell, f"tea;{cell}") == {
        "one": {"other": text},
        "many": ["tea", {"other": text}],
    }


def test_kinds_of_missing_are_read_from_their_labels():
    taken = answers(["one", "many", "rates/geo"], "rather not", "Not me", "Not mine")

    assert taken == {
        "one": {"missing": "prefer_not_to_say"},
        "many": {"missing": "not_applicable"},
        "rates": {"geo": {"missing": "not_applicable"}},
    }


@pytest.mark.parametrize(
    ("cells", "stored"),
    [
        (("1", "0", "0", "0"), {"many": ["tea"]}),
        (("0", "0", "0", "0"), {"many": []}),
        (("", "", "", ""), {}),
        (("1", "", "", ""), {"many": ["tea"]}),
        (("1", "1", "0", "1"), {"many": ["tea", "coffee", {"other": ""}]}),
        (("1", "0", "0", "milk"), {"many": ["tea", {"other": "milk"}]}),
    ],
)
def test_columns_of_0_and_1_are_one_choose_all_answer(cells, stored):
    assert answers(["many/tea", "many/coffee", "many/none", "many/else"], *cells) == stored


def test_empty_cells_are_no_answers():
    assert answers(["one", "rate", "rates/geo", "why"], "", " ", "", "\n") == {}


def test_profile_columns_stand_beside_the_answers():
    row = read(["respondent", "profile/role", "one"], ("r1", " Manager ", "tea")).rows[0]

    assert (row.respondent, row.profile, row.row) == ("r1", {"role": "Manager"}, 2)


@pytest.mark.parametrize("text", ["a\0b", "x" * 201], ids=["NUL", "long"])
def test_a_profile_that_no_store_could_hold_is_a_fault_with_row_and_column(text):
    told = faults(["respondent", "profile/role", "one"], ("r1", text, "tea"))

    assert told == [
        "row 2, column profile/role: It is longer than 200 characters, or holds one that cannot be stored. "
        "Say it in fewer words.",
    ]


def test_a_profile_column_names_one_field_once():
    named = faults(["respondent", "profile/", "one"], ("r1", "x", "tea"))
    once = faults(["respondent", "profile/role", "Profile/Role", "one"], ("r1", "x", "y", "tea"))

    assert named == ["column profile/: It names no field of the profile. Name one, such as profile/role."]
    assert once == ["column profile/role: There is more than one column of it. Keep one of them."]


def test_an_unknown_label_is_a_fault_with_row_and_column():
    told = faults(["respondent", "one"], ("r1", "tea"), ("r2", "juice"))

    assert told == [
        'row 3, column one: "juice" is not an option. The options are: "tea", "coffee", "else".',
    ]


def test_all_faults_are_told_at_once():
    told = faults(["respondent", "rate", "many/tea"], ("r1", "11", "yes"), ("", "5", "1"), ("r1", "5", "0"))

    assert told == [
        'row 2, column many/tea: "yes" is neither 0 nor 1. Write 1 where the option was chosen, else 0.',
        "row 2, column rate: This cannot be taken as an answer. Choose a whole number from 0 to 10.",
        "row 3, column respondent: The cell is empty. Give each row a respondent.",
        'row 4, column respondent: "r1" is also in row 2. Keep one row a respondent.',
    ]


@pytest.mark.parametrize(
    ("headings", "fault"),
    [
        (["one"], "There is no column respondent. Have one with a name or number for each row."),
        (["respondent"], "No column is an item of the poll. Name columns by the ids of items."),
        (["respondent", "rates"], "column rates: rates is a grid, and this names none of its rows."),
        (["respondent", "one/tea"], "column one/tea: one has no columns for its parts."),
        (["respondent", "onne"], 'column onne: "onne" is no item of the poll. Did you mean "one"?'),
    ],
)
def test_a_heading_that_means_nothing_is_a_fault_of_its_column(headings, fault):
    told = faults(headings, tuple("x" for _ in headings))

    assert told[0].startswith(fault)


def test_a_file_of_headings_alone_is_refused():
    told = faults(["respondent", "one"])

    assert told == ["There is no row below the headings. Write a row for each respondent."]


def test_reading_stops_after_a_hundred_faults():
    rows = [(f"r{number}", "juice") for number in range(500)]

    assert len(faults(["respondent", "one"], *rows)) == 100


def test_a_map_names_foreign_columns_by_heading_or_place():
    taken = read(
        ["Who are you?", "Drink", "Drink", "Notes"],
        ("r1", "Tea", "milk, hot", "ignored"),
        mapping=[
            ("who  are you?", "respondent"),
            ("#2", "many", "tea"),
            ("#3", "many", "else", "*text"),
            ("Notes", "-"),
        ],
    )

    assert taken.rows[0].respondent == "r1"
    assert taken.rows[0].answers == {"many": ["tea", {"other": "milk, hot"}]}


def test_a_map_reads_a_cell_text_as_an_option():
    mapping = [
        ("q", "one", "tea", "A hot drink"),
        ("q", "one", "Rather not", "-99"),
        ("s", "rate", "10", "very"),
    ]

    assert answers(["q", "s"], "a  hot drink", "VERY", mapping=mapping) == {"one": "tea", "rate": 10}
    assert answers(["q", "s"], "-99", "3", mapping=mapping) == {
        "one": {"missing": "prefer_not_to_say"},
        "rate": 3,
    }
    assert answers(["q", "s"], "coffee", "", mapping=mapping) == {"one": "coffee"}


def test_a_map_reads_0_and_1_where_both_are_told():
    mapping = [("q", "many", "tea", "1"), ("q", "many", "", "0")]

    assert answers(["q"], "1", mapping=mapping) == {"many": ["tea"]}
    assert answers(["q"], "0", mapping=mapping) == {"many": []}
    assert answers(["q"], "", mapping=mapping) == {}


def test_a_flag_column_and_a_text_column_are_one_other_answer():
    mapping = [("flag", "one"), ("text", "one", "", "*text")]

    assert answers(["flag", "text"], "else", "milk", mapping=mapping) == {"one": {"other": "milk"}}
    assert answers(["flag", "text"], "else", "", mapping=mapping) == {"one": {"other": ""}}
    assert answers(["flag", "text"], "tea", "", mapping=mapping) == {"one": "tea"}


def test_two_columns_that_contradict_each_other_are_a_fault():
    told = faults(
        ["respondent", "flag", "text"],
        ("r1", "tea", "milk"),
        mapping=[("flag", "one"), ("text", "one", "", "*text")],
    )

    assert told == ["row 2, column flag: Two columns give different answers. Keep one of them."]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (("nowhere", "one"), "column nowhere: Map line 2: no column has this heading."),
        (("q", "one"), "column q: Map line 2: several columns have this heading."),
        (("#9", "one"), "column #9: Map line 2: no column has this heading."),
        (("#2", "two"), 'column q: "two" is no item of the poll.'),
        (("#2", "one", "juice"), 'column q: "juice" is not an option.'),
        (("#2", "rate", "", "*text"), "column q: No option opens a text box."),
        (("#2", "one", "tea", "*text"), 'column q: "tea" opens no text box.'),
        (("#" + "9" * 5000, "one"), "column #9"),
    ],
)
def test_a_wrong_line_of_a_map_is_told(line, fault):
    told = faults(["respondent", "q", "q"], ("r1", "a", "b"), mapping=[line])

    assert any(sentence.startswith(fault) for sentence in told)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([("one", "tea", "Yes"), ("one", "coffee", "yes")], 'Two lines read "yes" as different options.'),
        ([("one", "tea"), ("one", "coffee")], "Two lines choose an option for any cell."),
        ([("one", "else", "*text"), ("one", "tea", "Yes")], "Beside *text another line reads this column"),
    ],
)
def test_lines_of_a_map_that_contradict_each_other_are_told(lines, fault):
    told = faults(["respondent", "q"], ("r1", "a"), mapping=[("q", *line) for line in lines])

    assert told[0].startswith(f"column q: {fault}")


def test_one_line_twice_in_a_map_is_one_line():
    mapping = [("q", "one", "tea", "Yes"), ("q", "one", "tea", "yes")]

    assert answers(["q"], "YES", mapping=mapping) == {"one": "tea"}


def test_two_columns_of_one_item_that_agree_are_one_answer():
    assert answers(["one", "one"], "tea", "Tea") == {"one": "tea"}


def test_two_columns_of_respondents_are_refused():
    told = faults(["respondent", "Respondent", "one"], ("r1", "r2", "tea"))

    assert told == ["There is more than one column respondent. Have one with a name or number for each row."]


def test_map_lines_are_read_from_a_table():
    lines = instrument.map_lines(["Column", "item", "option", "value"], [("q ", "one", "tea", " a")], [2])

    assert lines == (instrument.MapLine(2, "q", "one", "tea", "a"),)


def test_a_map_needs_no_more_than_columns_and_items():
    lines = instrument.map_lines(["column", "item"], [("q", "one")], [2])

    assert lines == (instrument.MapLine(2, "q", "one"),)


@pytest.mark.parametrize("headings", [["heading", "item"], ["column", "item", "colour"]])
def test_a_map_with_other_headings_is_refused(headings):
    with pytest.raises(instrument.ColumnRefused, match="Use column,item,option,value"):
        instrument.map_lines(headings, [], [])


def test_notes_say_what_was_not_in_the_file_and_what_is_not_counted():
    routed = poll(
        '{id: q, kind: single, text: Which, options: ["yes", "no"]}',
        "{id: why, kind: text, text: Why, ask_if: 'q == \"yes\"'}",
        "{id: how, kind: text, text: How}",
    )

    taken = read(["respondent", "q", "why"], ("r1", "no", "left behind"), of=routed)

    assert taken.rows[0].answers == {"q": "no", "why": "left behind"}
    assert taken.notes == (
        "There is no column for how: nobody is taken to have answered.",
        "1 answer is to questions that the routing did not ask: kept, and not counted.",
    )


COLUMNS = [
    "one",
    "many",
    "many/tea",
    "rate",
    "count",
    "rates/geo",
    "times/x",
    "order",
    "why",
    "why/quote_consent",
]
LIKELY = st.sampled_from(
    ["", "0", "1", "7", "tea", "TEA;else", "else: x;y", "A>B>A", "Rather not", "Not mine", "much"]
)


@given(st.lists(LIKELY | st.text(max_size=20), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_any_cells_are_answers_that_the_checking_table_takes_or_faults(cells):
    table = instrument.CheckingTable(EVERY_KIND)

    try:
        taken = answers(COLUMNS, *cells)
    except instrument.AnswersFileError as refusal:
        taken = {} if refusal.faults else None

    assert taken is not None
    assert table.check_all(taken) == taken
