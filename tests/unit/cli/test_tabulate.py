"""`canvass tabulate`: the face of the tables."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from canvass.cli import door
from canvass.cli.main import main
from canvass.cli.tabulate import tabulate


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text("respondent,x,w\nr1,yes,1\nr2,no,2\nr3,yes,1\n", encoding="utf-8")
    return path


def run(*arguments):
    """The exit code."""
    with pytest.raises(SystemExit) as ended:
        main(["tabulate", *map(str, arguments)])
    return ended.value.code


def test_text_goes_to_the_terminal(answers, capsys):
    assert run(answers, "--item", "x") == 0
    assert "Base: 3 of 3 asked" in capsys.readouterr().out


def test_json_can_be_read_back(answers, capsys):
    run(answers, "--item", "x", "--weight", "w", "--format", "json")

    values = json.loads(capsys.readouterr().out)
    assert values["design"]["weight"] == "w"
    assert values["tables"][0]["weighted_base"] == 4.0


@pytest.mark.parametrize("form", ["text", "json", "csv", "xlsx", "html"])
def test_every_format_is_written_to_a_file(answers, tmp_path, form):
    out = tmp_path / "out"

    assert run(answers, "--format", form, "--out", out) == 0
    assert out.stat().st_size > 100
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "out"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--item", "y"], "There is no item y in the file."),
        (["--fitted-to", "x"], "--fitted-to x: give the weights that were fitted with --weight"),
        (["--weight", "w", "--fitted-to", "y"], "--fitted-to y: there is no such column"),
        (["--weight", "nope"], "--weight nope: there is no such column"),
        (["--kind", "x"], "--kind x: write it as ITEM=KIND"),
        (["--format", "xlsx"], "say where to write it with --out FILE"),
        (["--strata", "x"], "--strata x: no has one person, so its variance is unknown"),
        (["--strata", "xx"], "--strata xx: there is no such column in the file. Is x meant?"),
        (["--cluster", "q"], "--cluster q: there is no such column in the file. It has: respondent; x; w."),
        (["--out", "."], ". is a folder. Name a file in it."),
        (["--by", "ww"], "There is no column ww in the file. Is w meant?"),
        (["--net", "x=both:yess"], "--net x: there is no answer yess. Is yes meant?"),
        (["--net", "x"], "--net x: write it as ITEM=LABEL:ANSWER;ANSWER"),
        (["--net", "xy=a:b"], "There is no item xy in the file. Is x meant?"),
        (["--kind", "w=number", "--net", "w=a:1"], "--net w: only answers with shares can be added"),
        (["--poll", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--kind", "x=rating"], 'x, row 2: "yes" is not a whole number'),
        (["--kind", "x=single", "--kind", "x=text"], "--kind x: its kind is given twice"),
        (["--level", "1.5"], "lies between 0 and 1"),
        (["--item", "x", "--by", "x"], "an item is not compared by itself"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(answers, capsys, arguments, sentence):
    assert run(answers, *arguments) == 2

    said = capsys.readouterr()
    assert sentence in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.csv", None, "cannot be read (No such file or directory)"),
        ("empty.csv", b"", "there are no headings"),
        ("head.csv", b"x,y\n", "has headings and no rows"),
        ("binary.csv", bytes(range(256)) * 9, "this is not a text file"),
        ("wide.csv", b",".join(b"c%d" % n for n in range(100_000)) + b"\n", "100,000 columns"),
        ("ragged.csv", b"x,y\n1,2,3\n", "row 2: there are 3 cells under 2 headings"),
        ("text.xlsx", b"hello", "not readable as XLSX"),
        ("text.parquet", b"hello", "not readable as Parquet"),
        ("text.sav", b"hello", "not readable as SPSS"),
        ("answers.json", b"{}", "is not a known ending"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(tmp_path, capsys, name, content, sentence):
    if content is not None:
        (tmp_path / name).write_bytes(content)

    assert run(tmp_path / name, "--out", tmp_path / "out") == 2

    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("0", "--weight w, row 3: 0 is not positive; leave out such rows."),
        ("-1", "--weight w, row 3: -1 is not positive; leave out such rows."),
        ("", "--weight w: is empty in 1 row, first in row 3; fill it in or leave them out."),
        ("heavy", '--weight w, row 3: "heavy" is not a number; mend the cell.'),
        ("1,5", '--weight w, row 3: "1,5" is not a number; write decimals with a point.'),
        ("nan", '--weight w, row 3: "nan" is not a number; mend the cell.'),
        ("1e60", "--weight w, row 3: 1e+60 is out of range; divide all by their mean."),
    ],
)
def test_a_weight_that_is_none_is_refused_with_its_row(tmp_path, capsys, cell, sentence):
    (tmp_path / "a.csv").write_text(f'x,w\nyes,1\nno,"{cell}"\nyes,2\n', encoding="utf-8")

    assert run(tmp_path / "a.csv", "--weight", "w") == 2

    assert capsys.readouterr().err == f"{sentence}\n"


def test_numbers_that_are_text_are_counted_as_labels_and_said(tmp_path, capsys):
    rows = "".join(f'{7 + number % 2},"{number % 9},5",{number % 5}.0\n' for number in range(40))
    (tmp_path / "a.csv").write_text(f"most,commas,whole\n{rows}n/a,1,\n", encoding="utf-8")

    assert run(tmp_path / "a.csv", "--format", "json") == 0

    said = capsys.readouterr()
    kinds = {table["item"]: table["kind"] for table in json.loads(said.out)["tables"]}
    assert kinds == {"most": "single", "commas": "single", "whole": "rating"}
    assert 'most has 1 cell that is no number (row 42: "n/a")' in said.err
    assert 'commas has numbers with commas, such as "0,5"' in said.err


@pytest.fixture(scope="module")
def very_many(tmp_path_factory):
    path = tmp_path_factory.mktemp("many") / "a.csv"
    path.write_text("x,y\n" + "".join(f"a{number},b\n" for number in range(200_000)), encoding="utf-8")
    return path


def test_very_many_different_answers_are_counted_as_text_and_said(very_many, capsys):
    assert run(very_many, "--item", "x") == 0

    said = capsys.readouterr()
    assert "x has 200,000 different answers" in said.err
    assert "Base: 200,000 of 200,000 asked" in said.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["--kind", "x=single"],
            "x: has 200,000 different answers; at most 1,000 are told apart in a table.",
        ),
        (["--item", "y", "--by", "x"], "--by x: has 200,000 values; at most 50 groups are compared."),
    ],
)
def test_very_many_options_or_groups_are_refused(very_many, capsys, arguments, sentence):
    assert run(very_many, *arguments) == 2
    assert sentence in capsys.readouterr().err


def test_nobody_answered_everybody_alike_and_a_group_of_one_have_answers_without_nan(tmp_path, capsys):
    rows = "".join(f",yes,{'a' if number else 'b'}\n" for number in range(60))
    (tmp_path / "a.csv").write_text(f"empty,same,g\n{rows}", encoding="utf-8")

    for form in ("json", "csv", "text", "html"):
        assert run(tmp_path / "a.csv", "--by", "g", "--format", form, "--pairs") == 0
        printed = capsys.readouterr().out
        assert "nan" not in printed.lower().replace("unanswered", "")
        assert "inf" not in printed.lower()


def test_one_cluster_tells_nothing_of_errors_and_says_so(tmp_path, capsys):
    (tmp_path / "a.csv").write_text("x,c\nyes,one\nno,one\n", encoding="utf-8")

    assert run(tmp_path / "a.csv", "--item", "x", "--cluster", "c", "--format", "json") == 0

    told = capsys.readouterr()
    assert "There is one cluster, so no standard errors and intervals can be known" in told.err
    assert {row["low"] for row in json.loads(told.out)["tables"][0]["rows"]} == {None}


@pytest.mark.parametrize("form", ["text", "html", "csv", "json", "xlsx"])
def test_numbers_beyond_all_measure_are_printed(tmp_path, form):
    (tmp_path / "a.csv").write_text("x,w\n1e99,1e40\n-1e99,1e-40\n3,1\n", encoding="utf-8")

    assert run(tmp_path / "a.csv", "--weight", "w", "--format", form, "--out", tmp_path / f"b.{form}") == 0


def test_an_interrupt_while_the_command_is_loaded_is_one_line(monkeypatch, capsys):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr("canvass.cli.main.main", interrupted)
    with pytest.raises(SystemExit) as ended:
        door.main()

    assert ended.value.code == 130
    assert capsys.readouterr().err == "Stopped; nothing was left half done.\n"


def test_a_command_that_is_stopped_leaves_nothing_half_written(answers, tmp_path, monkeypatch, capsys):
    out = tmp_path / "out.html"
    out.write_text("before", encoding="utf-8")

    def stop(_part):
        raise KeyboardInterrupt

    monkeypatch.setattr("canvass.cli.whole_file._settle", stop)

    assert run(answers, "--format", "html", "--out", out) == 130
    assert capsys.readouterr().err.strip() == "Stopped; nothing was left half done."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "out.html"]
    assert out.read_text(encoding="utf-8") == "before"


def test_several_banners_and_nets_by_command(answers, capsys):
    assert run(answers, "--item", "x", "--by", "w", "--by", "respondent", "--net", "x=either:yes;no") == 0

    printed = capsys.readouterr().out
    assert "x, by w and respondent" in printed
    assert "Net: either" in printed


def test_the_file_that_is_read_is_not_written_over(answers, capsys):
    before = answers.read_bytes()

    assert run(answers, "--out", answers.parent / "." / answers.name) == 2
    assert "is read here and would be lost" in capsys.readouterr().err
    assert answers.read_bytes() == before


def test_a_place_that_cannot_be_written_keeps_what_was_there(answers, tmp_path, capsys):
    assert run(answers, "--out", tmp_path / "nowhere" / "out.txt") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_reference_names_every_option_and_key(answers, capsys):
    page = (Path(__file__).parents[3] / "docs/reference/tabulate.md").read_text(encoding="utf-8")
    options = [option for one in tabulate.params for option in one.opts if option.startswith("--")]
    run(answers, "--item", "w", "--by", "x", "--format", "json")
    (table,) = json.loads(capsys.readouterr().out)["tables"]
    keys = {*table, *table["rows"][0], *table["tests"][0], *table["differences"][0]}

    named = {word.strip("`") for cell in page.split("|") for word in cell.strip().split(", ")}
    assert [option for option in options if f"`{option}" not in page] == []
    assert sorted(keys - named - {"item", "row", "kind", "by", "rows", "name"}) == []


def test_it_needs_no_django(answers):
    code = (
        "import sys\nfrom canvass.cli.main import main\n"
        f"try: main(['tabulate', {str(answers)!r}])\nexcept SystemExit: pass\n"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
