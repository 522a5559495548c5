"""Bad files by the real command: each ends in a plain sentence and exit code 2, and nothing is half done."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.installation import Installation
from tests.ports import free_port

COLUMNS = 100_000


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Installation:
    """A panel without members and a draft; never served."""
    here = tmp_path_factory.mktemp("files")
    place = Installation(here / "data", "", free_port())
    place.canvass("staff", "add", "ann@example.org", "--panel-name", "Workers")
    place.canvass("poll", "load", Path(__file__).parents[2] / "examples/care-and-time-2021-08.yaml")
    return place


def refused(place: Installation, *words: object) -> str:
    """What a command that must end with exit code 2 says."""
    line = [Path(sys.executable).parent / "canvass", "--data", place.folder, *words]
    done = subprocess.run([str(word) for word in line], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def members(place: Installation) -> int:
    return place.rows("desk", "SELECT COUNT(*) FROM panel_member")[0][0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (",".join(["address", *map(str, range(COLUMNS))]) + "\n", "100,001 columns"),
        ("name,town\nAnn,Leeds\n", "address"),
        ("address\nann@example.org\nnot an address\n", "Row 3"),
        ('address\n"ann@example.org\nbob@example.org\n', ""),
        ("", ""),
        ("address\na\x00b@example.org\n", ""),
    ],
    ids=["100,000 columns", "no address column", "no address", "open quote", "empty", "a NUL"],
)
def test_a_members_file_with_a_fault_imports_nobody(place, tmp_path, content, says):
    file = tmp_path / "members.csv"
    file.write_text(content)

    said = refused(place, "panel", "import", file, "--basis", "on paper")

    assert str(file) in said or file.name in said
    assert says in said
    assert members(place) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (",".join(["respondent", *map(str, range(COLUMNS))]) + "\n", "100,001 columns"),
        ("respondent,nothing_we_ask\nr1,yes\n", "nothing_we_ask"),
        ("respondent,respondent\nr1,r2\n", "respondent"),
        ("name\nAnn\n", "respondent"),
    ],
    ids=["100,000 columns", "unknown column", "a column twice", "no respondent"],
)
def test_an_answers_file_with_a_fault_is_not_taken_and_the_draft_stays_a_draft(
    place, tmp_path, content, says
):
    file = tmp_path / "answers.csv"
    file.write_text(content)

    said = refused(place, "answers", "import", "care-and-time-2021-08", file)

    assert says in said
    assert place.rows("desk", "SELECT state FROM polls_poll") == [("draft",)]
    assert place.rows("ballots", "SELECT COUNT(*) FROM ballot") == [(0,)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_a_byte_order_mark_and_latin_letters_are_read_and_a_repeated_address_is_one_member(
    place, tmp_path, encoding
):
    file = tmp_path / "members.csv"
    file.write_bytes(
        f"address,consent\n{encoding}@example.org,réunion\n{encoding}@example.org,réunion\n".encode(encoding)
    )

    said = place.canvass("panel", "import", file, "--dry-run")

    assert "1 member would be imported" in said
