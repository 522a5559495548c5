"""Tables of every format, read as the same text."""

import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest

from canvass import formats


@pytest.fixture
def written(tmp_path):
    """A file with these bytes, read."""

    def write_and_read(content, name="table.csv"):
        (tmp_path / name).write_bytes(content)
        return formats.read(tmp_path / name)

    return write_and_read


def refusal(written, content, name="table.csv"):
    with pytest.raises(formats.UnreadableTable) as refused:
        written(content, name)
    return str(refused.value)


def test_csv_is_read_column_by_column(written):
    table = written(b'respondent,a\nr1,"one, two"\nr2,\n')

    assert table.headings == ("respondent", "a")
    assert table.cells == (("r1", "r2"), ("one, two", ""))
    assert (table.height, table.numbers, table.notes) == (2, (2, 3), ())
    assert list(table.rows) == [("r1", "one, two"), ("r2", "")]
    assert table.column("a") == ("one, two", "")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_first_line(written, delimiter):
    table = written(delimiter.join(["a", '"b,;"', "c"]).encode() + b"\n" + delimiter.join("123").encode())

    assert table.headings == ("a", "b,;", "c")
    assert list(table.rows) == [("1", "2", "3")]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(written):
    assert written("a,b\n1,2\n".encode("utf-8-sig")).headings == ("a", "b")


def test_other_encodings_are_read_as_cp1252_with_a_note(written):
    table = written("a\nCafé – “x”\n".encode("cp1252"))

    assert table.cells == (("Café – “x”",),)
    assert table.notes == (
        "table.csv is not UTF-8 and was read as cp1252: check accents and quotation marks.",
    )


def test_repeated_headings_and_line_breaks_in_headings_are_kept(written):
    table = written(b'"How\nmany?",x,x\n1,2,3\n')

    assert table.headings == ("How\nmany?", "x", "x")


def test_blank_lines_are_passed_over_and_rows_keep_their_numbers(written):
    table = written(b"a,b\n\n1,2\n,\n3,4\n,\n\n")

    assert table.numbers == (3, 5)
    assert table.notes == ("2 empty rows are left out; the first is row 2.",)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a,b\n1,2,3\n", "table.csv, row 2: there are 3 cells under 2 headings."),
        (b"a,b\n1,2\n3\n", "table.csv, row 3: there is 1 cell under 2 headings."),
        (b"", "table.csv: there are no headings in the first row."),
        (b"\x81\x8d\xff", "table.csv: the file is neither UTF-8 nor cp1252 text."),
        ("a,b\n1,2\n".encode("utf-16"), "table.csv: the file is UTF-16 or UTF-32 text. Save it as UTF-8."),
        (b"a\n" + b"x" * 200_000, "table.csv, line 2: a cell has more than 131,072 characters. Shorten it."),
        (
            b'a,b\n1,"open\n2,x\n3,y\n',
            "table.csv, line 4: a quotation mark is opened above and never closed.",
        ),
        (b'a,b\n1,"x"y\n', "table.csv, line 2: this is not readable as CSV"),
        (",".join(f"c{n}" for n in range(100_000)).encode(), "table.csv: the table has 100,000 columns;"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(written, content, sentence):
    assert refusal(written, content).startswith(sentence)


def test_cells_beyond_the_headings_may_be_empty(written):
    assert list(written(b"a,b\n1,2,,\n").rows) == [("1", "2")]


def test_a_sheet_is_read_like_csv(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["respondent", "n", "n"],
        ["r1", 3.0, 2.5],
        [None, None, None],
        ["r2", True, date(2022, 1, 18)],
    ):
        book.active.append(row)
    book.save(tmp_path / "table.xlsx")

    table = formats.read(tmp_path / "table.xlsx")

    assert table.headings == ("respondent", "n", "n")
    assert list(table.rows) == [("r1", "3", "2.5"), ("r2", "1", "2022-01-18")]
    assert table.numbers == (2, 4)


@pytest.fixture
def with_formula(tmp_path):
    """A sheet with the formula of B2 as it is stored: this type, this result."""

    def read(kind, result):
        book = openpyxl.Workbook()
        for row in (["a", "b"], ["1", "=A2"]):
            book.active.append(row)
        book.save(tmp_path / "plain.xlsx")
        with (
            zipfile.ZipFile(tmp_path / "plain.xlsx") as plain,
            zipfile.ZipFile(tmp_path / "table.xlsx", "w") as changed,
        ):
            for name in plain.namelist():
                content = plain.read(name).replace(b'<c r="B2">', b'<c r="B2"' + kind + b">")
                # openpyxl writes the one or the other, with and without lxml.
                plain_result = content.replace(b"</f><v></v>", b"</f><v />")
                changed.writestr(name, plain_result.replace(b"</f><v />", b"</f>" + result))
        return formats.read(tmp_path / "table.xlsx")

    return read


@pytest.mark.parametrize("result", [b"<v />", b"<v></v>", b""])
def test_a_formula_that_was_never_calculated_is_said(with_formula, result):
    table = with_formula(b"", result)

    assert list(table.rows) == [("1", "")]
    assert "formulas that were never calculated" in table.notes[0]


@pytest.mark.parametrize(("kind", "result", "cell"), [(b"", b"<v>4</v>", "4"), (b' t="str"', b"<v></v>", "")])
def test_a_formula_is_read_as_its_last_result(with_formula, kind, result, cell):
    table = with_formula(kind, result)

    assert list(table.rows) == [("1", cell)]
    assert table.notes == ()


def test_a_sheet_says_what_is_no_answer_in_it(tmp_path):
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["#DIV/0!", 1], ["x", None], ["y", 2]):
        book.active.append(row)
    book.active.merge_cells("B2:B3")
    book.create_sheet("Notes")
    book.save(tmp_path / "table.xlsx")

    table = formats.read(tmp_path / "table.xlsx")

    assert list(table.rows) == [("", "1"), ("x", ""), ("y", "2")]
    sheets, errors, merged = table.notes
    assert sheets == "table.xlsx has 2 sheets; only the first, Sheet, is read."
    assert "cells with an error, such as #DIV/0! in row 2, are read as empty" in errors
    assert "has merged cells" in merged


def test_cells_of_a_sheet_beyond_its_headings_are_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.active.append([1, 2])
    book.save(tmp_path / "table.xlsx")

    with pytest.raises(formats.UnreadableTable, match="row 2: there are cells beyond the last heading"):
        formats.read(tmp_path / "table.xlsx")


def test_parquet_is_read_as_text(tmp_path):
    columns = {"n": [1.0, None, 2.5], "t": ["a", "", None], "b": [True, False, None], "i": [1, 2, 3]}
    pq.write_table(pa.table(columns), tmp_path / "table.parquet")

    table = formats.read(tmp_path / "table.parquet")

    assert table.cells == (("1", "", "2.5"), ("a", "", ""), ("1", "0", ""), ("1", "2", "3"))


def test_nested_columns_of_parquet_are_refused(tmp_path):
    pq.write_table(pa.table({"n": [[1, 2]]}), tmp_path / "table.parquet")

    with pytest.raises(formats.UnreadableTable, match="a column holds list values"):
        formats.read(tmp_path / "table.parquet")


def test_spss_values_are_read_as_their_labels():
    """drinks.sav was written once by pyreadstat: respondent, drink (1 is labelled tea), cups."""
    table = formats.read(Path(__file__).parent / "drinks.sav")

    assert table.headings == ("respondent", "drink", "cups")
    assert table.cells == (("r1", "r2", "r3"), ("tea", "2", ""), ("2.5", "3", "0"))
    assert table.numbers == (1, 2, 3)
    assert table.measured("drink") == ("1", "2", "")
    assert table.measured("cups") == table.column("cups")


def test_one_label_of_two_values_is_told(tmp_path):
    labels = {"q": {1: "fine", 2: "fine", 3: "bad"}}
    pyreadstat.write_sav(pd.DataFrame({"q": [1.0, 2, 3]}), tmp_path / "q.sav", variable_value_labels=labels)

    assert formats.read(tmp_path / "q.sav").notes == (
        "q: the values 1 and 2 have one label, fine, and are read as one answer.",
    )


@pytest.mark.parametrize("name", ["table.xlsx", "table.parquet", "table.sav"])
def test_a_file_that_is_not_what_its_name_says_is_refused(written, name):
    assert "this is not readable as" in refusal(written, b"nonsense", name)


def test_an_unknown_ending_is_refused(written):
    assert refusal(written, b"", "table.doc").startswith('table.doc: ".doc" is not a known ending.')


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(formats.UnreadableTable, match="cannot be read"):
        formats.read(tmp_path / "none.csv")


FRAME = {"n": [1.0, None, 2.5], "t": ["a", "", None], "b": [True, False, None], "d": [date(2022, 1, 18)] * 3}


@pytest.mark.parametrize("frame", [dict, pd.DataFrame, lambda one: pd.DataFrame(one).convert_dtypes()])
def test_what_is_in_memory_is_read_like_a_file(frame):
    table = formats.from_columns(frame(FRAME))

    assert table.headings == ("n", "t", "b", "d")
    assert table.cells == (("1", "", "2.5"), ("a", "", ""), ("1", "0", ""), ("2022-01-18",) * 3)
    assert table.numbers == (1, 2, 3)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        ({}, "there are none"),
        ({"a": [1], "b": [1, 2]}, "different lengths"),
        ({"a": [[1]]}, "a: there are list values"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "The heading a occurs twice"),
    ],
)
def test_what_is_no_table_in_memory_is_refused(frame, sentence):
    with pytest.raises(formats.UnreadableTable, match=sentence):
        formats.from_columns(frame)
