"""`canvass tabulate`: the face of the tables."""

import json
import subprocess
import sys

import pytest

from canvass.cli.main import main


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
        (["--weight", "nope"], "--weight nope: there is no such column"),
        (["--kind", "x"], "--kind x: write it as ITEM=KIND"),
        (["--format", "xlsx"], "say where to write it with --out FILE"),
        (["--strata", "x"], "A stratum has one unit"),
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
        ("binary.csv", bytes(range(256)) * 9, "neither UTF-8 nor cp1252"),
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


def test_the_file_that_is_read_is_not_written_over(answers, capsys):
    before = answers.read_bytes()

    assert run(answers, "--out", answers.parent / "." / answers.name) == 2
    assert "is read here and would be lost" in capsys.readouterr().err
    assert answers.read_bytes() == before


def test_a_place_that_cannot_be_written_keeps_what_was_there(answers, tmp_path, capsys):
    assert run(answers, "--out", tmp_path / "nowhere" / "out.txt") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_it_needs_no_django(answers):
    code = (
        "import sys\nfrom canvass.cli.main import main\n"
        f"try: main(['tabulate', {str(answers)!r}])\nexcept SystemExit: pass\n"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
