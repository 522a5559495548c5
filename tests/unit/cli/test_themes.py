"""`canvass themes`: any column of text, whatever stands in it."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from canvass.cli.main import main

REFERENCE = Path(__file__).parents[3] / "docs/reference/themes.md"
ANSWERS = [
    "Better pay",
    "The computer crashes",
    "",
    "Pay us fairly",
    "Slow computers",
    "n/a",
    "More pay please",
    "Computers that work",
    "👍🏽",
]


@pytest.fixture
def write(tmp_path):
    def make(answers, heading="what_helped"):
        path = tmp_path / "answers.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["respondent", heading])
            writer.writerows([f"r{number}", answer] for number, answer in enumerate(answers))
        return path

    return make


def run(path, *arguments, column="what_helped"):
    with pytest.raises(SystemExit) as ended:
        main(["themes", str(path), "--column", column, *arguments])
    return ended.value.code


def as_json(path, capsys, *arguments):
    assert run(path, "--format", "json", *arguments) == 0
    return json.loads(capsys.readouterr().out)


def test_json_has_every_answer_once_with_its_row(write, capsys):
    found = as_json(write(ANSWERS), capsys, "--groups", "2")

    assert [found[key] for key in ("column", "rows", "empty", "answers", "grouped")] == [
        "what_helped",
        9,
        1,
        8,
        6,
    ]
    assert [(one["row"], one["looks"]) for one in found["non_answers"]] == [
        (7, "not applicable"),
        (10, "no words"),
    ]
    grouped = [answer for group in found["groups"] for answer in group["answers"]]
    assert {answer["row"]: answer["text"] for answer in grouped} == {
        row: text for row, text in enumerate(ANSWERS, start=2) if text and row not in (7, 10)
    }
    assert sorted(group["n"] for group in found["groups"]) == [3, 3]
    assert {group["terms"][0] for group in found["groups"]} == {"pay", "computers"}


def test_csv_is_the_reading_order_with_non_answers_last(write, capsys):
    assert run(write([*ANSWERS, "=pay()"]), "--format", "csv", "--groups", "2") == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    assert [line["order"] for line in lines] == [str(number) for number in range(1, 10)]
    assert [line["looks_like_none"] for line in lines][-2:] == ["not applicable", "no words"]
    assert "'=pay()" in [line["text"] for line in lines]


def test_text_for_a_person(write, capsys):
    assert run(write(ANSWERS), "--groups", "2") == 0
    said = capsys.readouterr().out

    assert said.startswith("what_helped: 8 answers in 9 rows, 1 empty\n2 of them look like no answer")
    assert "  pay" in said
    assert "(3 of 6)" in said
    assert "row 2: “Better pay”" in said
    assert "not applicable  1: “n/a”" in said


def test_every_format_of_file_is_read(tmp_path, capsys):
    book = openpyxl.Workbook()
    for row in (["what_helped"], *([text] for text in ANSWERS if text)):
        book.active.append(row)
    book.save(tmp_path / "answers.xlsx")

    assert as_json(tmp_path / "answers.xlsx", capsys)["answers"] == 8


def test_the_same_file_gives_the_same_bytes(write, capsys):
    path = write(ANSWERS * 3)
    said = []
    for _ in range(2):
        assert run(path, "--format", "json") == 0
        said.append(capsys.readouterr().out)

    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("what_help", "--column what_help: there is no such column in the file. Is what_helped meant?\n"),
        ("zzz", "--column zzz: there is no such column in the file. It has respondent, what_helped.\n"),
    ],
)
def test_an_unknown_column_offers_what_is_there(write, capsys, column, said):
    assert run(write(ANSWERS), column=column) == 2
    assert capsys.readouterr().err == said


def test_a_heading_is_found_without_its_capitals_and_refused_when_it_comes_twice(write, capsys):
    assert run(write(ANSWERS, "What_Helped")) == 0
    capsys.readouterr()
    assert run(write(ANSWERS, "respondent"), column="respondent") == 2
    assert "2 columns have this heading" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("answers", "arguments", "said"),
    [
        (["", " "], [], "Column what_helped: every cell is empty. Name a column of written answers.\n"),
        (["1", "2.5"], [], "Column what_helped: it holds numbers alone. Name a column of written answers.\n"),
        (
            ["pay", "hours", "n/a"],
            ["--groups", "9"],
            "--groups 9: in column what_helped 2 answers make 1 to 2 groups. Choose from these.\n",
        ),
        (
            ["pay"],
            ["--groups", "0"],
            "--groups 0: in column what_helped one answer makes one group. Choose from these.\n",
        ),
    ],
)
def test_what_cannot_be_grouped_is_said_in_one_sentence(write, capsys, answers, arguments, said):
    assert run(write(answers), *arguments) == 2
    ended = capsys.readouterr()
    assert (ended.out, ended.err) == ("", said)


def test_one_answer_the_same_answer_a_thousand_times_and_none_but_non_answers(write, capsys):
    one = as_json(write(["Better pay"]), capsys)
    same = as_json(write(["Better pay"] * 1000), capsys)
    none = as_json(write(["n/a", ".", "dim sylw"]), capsys)

    assert [(group["n"], group["terms"]) for group in one["groups"]] == [(1, ["better pay"])]
    assert [(group["n"], len(group["central"])) for group in same["groups"]] == [(1000, 1)]
    assert (none["grouped"], none["groups"], len(none["non_answers"])) == (0, [], 3)


def test_very_long_and_foreign_answers_keep_every_sign(write, capsys):
    long = "the caseload is too high " * 2000
    foreign = [
        "مرحبا بالعالم",
        "שלום 👩‍👩‍👧 עולם",
        "e\u0301te\u0301",
        "日本語",
        "\u202eturned\u202c",
        "z" * 50_000,
    ]

    found = as_json(write([long, *foreign]), capsys)
    texts = {answer["text"] for group in found["groups"] for answer in group["answers"]}
    assert texts == {long.strip(), "été", *(text for text in foreign if text != "e\u0301te\u0301")}

    assert run(write([long, *foreign, "red \x1b[31m"])) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert max(map(len, said.splitlines())) <= 100


def test_the_reference_shows_what_is_printed(tmp_path, monkeypatch, capsys):
    blocks = REFERENCE.read_text(encoding="utf-8").split("```")
    (tmp_path / "answers.csv").write_text(blocks[1].removeprefix("csv\n"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert run(Path("answers.csv"), "--groups", "2") == 0
    assert capsys.readouterr().out.split() == blocks[3].split("\n", 2)[2].split()
