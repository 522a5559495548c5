"""`canvass weight`: any data file weighted to targets, whole or not at all."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pyreadstat
import pytest

from canvass import formats
from canvass.cli.main import main
from canvass.cli.weight import weight

REFERENCE = Path(__file__).parents[3] / "docs/reference/weight.md"
DATA = "respondent,role,region,own\n" + "".join(
    f"r{number},{role},{region},{1 + number % 3}\n"
    for number, (role, region) in enumerate([("a", "N"), ("a", "S"), ("b", "N"), ("b", "S"), ("a", "N")] * 8)
)
TARGETS = "variable,category,share\nrole,a,0.5\nrole,b,0.5\nregion,N,40\nregion,S,60\n"


@pytest.fixture
def data(tmp_path):
    (tmp_path / "targets.csv").write_text(TARGETS, encoding="utf-8")
    path = tmp_path / "answers.csv"
    path.write_text(DATA, encoding="utf-8")
    return path


def run(data, *arguments, targets=None, out=None):
    """The exit code of weighting `data` to `out.csv`."""
    folder = data.parent
    with pytest.raises(SystemExit) as ended:
        main(
            [
                "weight",
                str(data),
                "--targets",
                str(targets or folder / "targets.csv"),
                "--out",
                str(out or folder / "out.csv"),
                *arguments,
            ]
        )
    return ended.value.code


def retarget(data, text):
    (data.parent / "targets.csv").write_text(text, encoding="utf-8")


def weights_in(path):
    return [float(cell) for cell in formats.read(path).column("weight")]


def share(path, heading, category):
    table = formats.read(path)
    inside = [one == category for one in table.column(heading)]
    weights = weights_in(path)
    return sum(one for one, there in zip(weights, inside, strict=True) if there) / sum(weights)


def test_the_data_comes_back_with_a_column_of_weights(data):
    assert run(data) == 0

    before, after = formats.read(data), formats.read(data.parent / "out.csv")
    assert after.headings == (*before.headings, "weight")
    assert after.cells[:-1] == before.cells
    assert share(data.parent / "out.csv", "role", "a") == pytest.approx(0.5)
    assert share(data.parent / "out.csv", "region", "S") == pytest.approx(0.6)
    assert sum(weights_in(data.parent / "out.csv")) == pytest.approx(before.height)


def test_the_json_has_the_keys_that_were_agreed(data, capsys):
    run(data, "--format", "json")

    said = json.loads(capsys.readouterr().out)
    assert list(said) == [
        "iterations",
        "max_margin_error",
        "min",
        "max",
        "effective_base",
        "design_effect",
        "efficiency",
    ]
    found = weights_in(data.parent / "out.csv")
    assert (said["min"], said["max"]) == (min(found), max(found))
    assert said["efficiency"] == pytest.approx(said["effective_base"] / 40)
    assert said["max_margin_error"] < 1e-6


def test_the_text_shows_weighted_beside_unweighted_and_what_it_costs(data, capsys):
    run(data)

    said = capsys.readouterr().out
    assert [line.split() for line in said.splitlines() if line.startswith("a ")] == [
        ["a", "24", "60%", "50%", "50%"]
    ]
    assert "green: 40 weighted respondents are worth" in said
    assert "do not weight" in said


def test_heavy_weights_are_advised_against(data, capsys):
    retarget(data, "variable,category,share\nrole,a,0.01\nrole,b,0.99\n")

    run(data)

    said = capsys.readouterr().out
    assert "Efficiency 41%, amber" in said
    assert "unweighted figures with their base are honest" in said


def test_own_weights_are_where_it_starts(data):
    assert run(data, "--base", "own") == 0

    table = formats.read(data.parent / "out.csv")
    rows = zip(
        table.column("role"),
        table.column("region"),
        table.column("own"),
        weights_in(data.parent / "out.csv"),
        strict=True,
    )
    ratios = {(role, region, round(weight / float(own), 9)) for role, region, own, weight in rows}
    assert len(ratios) == 4  # one factor a cell


def test_nobody_weighs_more_than_the_cap(data, capsys):
    assert run(data, "--base", "own", "--trim", "1.4") == 0

    assert max(weights_in(data.parent / "out.csv")) == pytest.approx(1.4)
    assert "held at the cap of 1.4 times the mean weight" in capsys.readouterr().out


def test_tabulate_takes_the_weights(data, capsys):
    run(data, "--format", "json")
    capsys.readouterr()

    with pytest.raises(SystemExit):
        main(
            [
                "tabulate",
                str(data.parent / "out.csv"),
                "--item",
                "role",
                "--weight",
                "weight",
                "--format",
                "json",
            ]
        )

    rows = json.loads(capsys.readouterr().out)["tables"][0]["rows"]
    assert [row["estimate"] for row in rows] == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "parquet", "sav", "zsav"])
def test_every_format_goes_in_and_out(data, ending):
    first, second = data.parent / f"first.{ending}", data.parent / f"second.{ending}"

    assert run(data, out=first) == 0
    assert run(first, "--column", "again", out=second) == 0

    read, again = formats.read(first), formats.read(second)
    assert read.cells[:-1] == formats.read(data).cells
    assert again.cells[:-1] == read.cells
    assert again.column("again") == again.column("weight")


def test_what_a_typed_file_knows_besides_its_cells_stays(data):
    spss = Path(__file__).parents[1] / "formats/drinks.sav"
    folder = data.parent
    retarget(data, "variable,category,share\nrespondent,r1,0.5\nrespondent,r2,0.3\nrespondent,r3,0.2\n")

    assert run(spss, targets=folder / "targets.csv", out=folder / "out.sav") == 0
    assert run(spss, targets=folder / "targets.csv", out=folder / "out.parquet") == 0

    columns, about = pyreadstat.read_sav(folder / "out.sav", output_format="dict")
    assert about.variable_value_labels == {"drink": {1.0: "tea"}}
    assert columns["weight"] == pytest.approx([1.5, 0.9, 0.6])
    assert str(pq.read_schema(folder / "out.parquet").field("cups").type) == "double"


def test_a_sheet_keeps_numbers_days_and_text_that_looks_like_a_formula(data, tmp_path):
    book = openpyxl.Workbook()
    for row in (["role", "n", "day", "note"], ["a", 1.5, None, "=1+1"], [None] * 4, ["b", 2, "x", None]):
        book.active.append(row)
    book.active["D2"].data_type = "s"
    book.save(tmp_path / "in.xlsx")
    retarget(data, "variable,category,share\nrole,a,0.5\nrole,b,0.5\n")

    assert run(tmp_path / "in.xlsx", out=tmp_path / "out.xlsx") == 0

    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    assert rows == [
        ("role", "n", "day", "note", "weight"),
        ("a", 1.5, None, "=1+1", 1),
        ("b", 2, "x", None, 1),
    ]


@pytest.mark.parametrize(
    ("targets", "sentence"),
    [
        (
            "variable,category,share\nrole,a,0.5\nrole,b,0.4\n",
            "role: the shares add up to 0.9; they must add",
        ),
        ("variable,category,share\nrole,a,-0.5\nrole,b,1.5\n", "role, a: -0.5 is not a share"),
        (
            "variable,category,share\nrole,a,half\nrole,b,0.5\n",
            '--targets share, row 2: "half" is not a number',
        ),
        ("variable,category,share\nrole,a,\nrole,b,0.5\n", "--targets share: is empty in 1 row"),
        ("variable,category,share\nrole,a,1\nrole,a,0\n", "row 3: role, a occurs twice; keep one."),
        ("variable,category,share\nrole,,1\n", "row 2: variable or category is empty"),
        ("variable,category,share\nrole,a,1\n", "role: 16 respondents are b, which has no target"),
        ("variable,category,share\nrole,a,.5\nrole,b,.4\nrole,c,.1\n", "role: no respondent is c"),
        ("variable,category,share\nroles,a,1\n", "no such column in the file. Is role meant?"),
        ("variable,category,part\nrole,a,1\n", "--targets share: there is no such column"),
        ("variable,category,share\n", "there are headings and no rows"),
    ],
)
def test_targets_that_do_not_fit_are_one_sentence_and_nothing_is_written(data, capsys, targets, sentence):
    retarget(data, targets)

    assert run(data) == 2
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert sorted(path.name for path in data.parent.iterdir()) == ["answers.csv", "targets.csv"]


def test_targets_that_contradict_each_other_make_no_weights(data, capsys):
    data.write_text("x,y\n" + "a,c\nb,d\n" * 20, encoding="utf-8")
    retarget(data, "variable,category,share\nx,a,0.5\nx,b,0.5\ny,c,0.9\ny,d,0.1\n")

    assert run(data) == 2

    assert "the targets are not met: x, a stands at 90.0% for 50.0%" in capsys.readouterr().err
    assert not (data.parent / "out.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--trim", "0.5"], "A cap of 0.5 times the mean weight cannot hold"),
        (["--base", "role"], '--base role, row 2: "a" is not a number'),
        (["--base", "owm"], "--base owm: there is no such column in the file. Is own meant?"),
        (["--column", " "], "the new column needs a heading"),
        (["--column", "Role"], "The file has a column role already. Name the new one with --column"),
    ],
)
def test_options_that_do_not_fit_are_one_sentence(data, capsys, arguments, sentence):
    assert run(data, *arguments) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("weights", ["0", "-1", "", "nan", "1e999"])
def test_own_weights_are_positive_numbers(data, capsys, weights):
    data.write_text(f"role,w\na,1\nb,{weights}\n", encoding="utf-8")
    retarget(data, "variable,category,share\nrole,a,0.5\nrole,b,0.5\n")

    assert run(data, "--base", "w") == 2
    assert "--base w" in capsys.readouterr().err


def test_a_column_of_weights_is_not_overwritten(data, capsys):
    data.write_text("role,Weight\na,1\nb,2\n", encoding="utf-8")

    assert run(data) == 2
    assert "The file has a column Weight already." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("out", "sentence"),
    [
        ("answers.csv", "is read here and would be lost"),
        ("targets.csv", "is read here and would be lost"),
        ("out.json", "is not a known ending"),
        ("nowhere/out.csv", "cannot be written (No such file or directory)"),
    ],
)
def test_places_that_cannot_be_written_are_refused(data, capsys, out, sentence):
    before = (data.read_bytes(), (data.parent / "targets.csv").read_bytes())

    assert run(data, out=data.parent / out) == 2

    assert sentence in capsys.readouterr().err
    assert (data.read_bytes(), (data.parent / "targets.csv").read_bytes()) == before


def test_names_that_spss_does_not_know_are_refused(data, capsys):
    data.write_text("profile/role\na\nb\n", encoding="utf-8")
    retarget(data, "variable,category,share\nrole,a,0.5\nrole,b,0.5\n")

    assert run(data, out=data.parent / "out.sav") == 2

    assert "Names there begin with a letter" in capsys.readouterr().err
    assert not (data.parent / "out.sav").exists()


def test_a_file_without_rows_is_refused(data, capsys):
    data.write_text("role,region\n", encoding="utf-8")

    assert run(data) == 2
    assert "has headings and no rows, so there is nothing to weight" in capsys.readouterr().err


INTERRUPTED = """
import os, signal, sys
from canvass.cli.main import main

def interrupt(event, arguments):
    if event == "open" and ".out." in str(arguments[0]) and arguments[1] == "w":
        os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(interrupt)
main()
"""


def test_a_terminal_sees_progress_and_an_interrupt_leaves_nothing(data):
    """Stopped by Ctrl-C at the moment it begins to write: the place stays as it was."""
    (data.parent / "out.csv").write_text("what was there")
    shown, terminal = pty.openpty()
    command = ["weight", "answers.csv", "--targets", "targets.csv", "--out", "out.csv"]
    ours = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *command], cwd=data.parent, stderr=terminal, check=False
    )
    said = os.read(shown, 10_000).decode()
    os.close(terminal)
    os.close(shown)

    assert ours.returncode == 130
    assert [line.strip() for line in said.splitlines() if line.strip()] == [
        "Reading answers.csv …",
        "Weighting 40 respondents …",
        "Writing out.csv …",
        "Stopped; nothing was left half done.",
    ]
    assert (data.parent / "out.csv").read_text() == "what was there"
    assert len(list(data.parent.iterdir())) == 3


def test_it_needs_no_django(data):
    code = (
        "import sys\nfrom canvass.cli.main import main\n"
        f"try: main(['weight', {str(data)!r}, '--targets', {str(data.parent / 'targets.csv')!r},"
        f" '--out', {str(data.parent / 'out.csv')!r}])\nexcept SystemExit: pass\n"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_the_reference_names_every_option_and_key():
    page = REFERENCE.read_text(encoding="utf-8")

    options = [option for parameter in weight.params for option in parameter.opts if option.startswith("--")]
    assert [option for option in options if f"`{option}" not in page] == []
    assert "iterations, max_margin_error, min, max, effective_base, design_effect, efficiency" in page
