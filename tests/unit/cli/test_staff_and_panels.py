"""`canvass staff add` and `canvass panel import|export`, on data folders of their own."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture
def canvass(tmp_path):
    """Run one command on an empty folder; returns exit code, stdout, stderr."""
    env = os.environ | {"CANVASS_DATA": str(tmp_path / "data"), "CANVASS_BASE_URL": "http://127.0.0.1:8000"}

    def run(*arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, "-c", "from canvass.cli.main import main; main()", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    return run


OPEN_LINK = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "canvass.config.settings"
django.setup()
from django.test import Client
path = sys.argv[1].removeprefix("http://127.0.0.1:8000")
browser = Client(headers={"host": "127.0.0.1:8000"})
browser.post(path, {"password": "four calm grey herons"})
print(browser.get(path).status_code)
sent = {"email": "ann@example.org", "password": "four calm grey herons"}
print(browser.post("/desk/log-in", sent).status_code)
"""


def test_the_first_person_gets_a_panel_and_a_link_that_works_once(canvass, tmp_path):
    code, out, _err = canvass("staff", "add", "ann@example.org")
    link = out.splitlines()[-1]

    env = os.environ | {"CANVASS_DATA": str(tmp_path / "data"), "CANVASS_BASE_URL": "http://127.0.0.1:8000"}
    done = subprocess.run(
        [sys.executable, "-c", OPEN_LINK, link], env=env, capture_output=True, text=True, check=False
    )

    assert code == 0
    assert link.startswith("http://127.0.0.1:8000/desk/password/")
    assert done.stdout.split() == ["404", "302"]


def test_who_forgot_their_password_gets_another_link_by_the_same_command(canvass):
    first = canvass("staff", "add", "ann@example.org")[1].splitlines()[-1]

    code, out, _err = canvass("staff", "add", "Ann@Example.org")

    assert code == 0
    assert out.splitlines()[-1] not in (first, "")
    assert "sets a password here, once, within three days" in out


def test_with_several_panels_a_command_asks_which_and_names_them(canvass):
    canvass("staff", "add", "ann@example.org")
    canvass("staff", "add", "ann@example.org", "--panel-name", "Nurses")

    for command in (["staff", "add", "b@example.org"], ["panel", "export", "m.csv", "--dry-run"]):
        code, out, err = canvass(*command)
        assert (code, out) == (2, "")
        assert err == "There are several panels here: nurses, our-panel. Say which with --panel.\n"

    assert canvass("--panel", "nurses", "staff", "add", "b@example.org")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["staff", "add", "ann"], "'ann' is not an e-mail address. Write one such as ann@example.org.\n"),
        (["panel", "export", "m.csv"], "There is no panel here yet. Make one with canvass staff add"),
        (
            ["--panel", "x", "panel", "export", "m.csv"],
            "There is no panel 'x' here. The panels are: none yet.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments, sentence, canvass):
    code, out, err = canvass(*arguments)

    assert (code, out) == (2, "")
    assert err.startswith(sentence)
    assert err.count("\n") == 1


def test_members_go_in_and_out_by_file_and_a_dry_run_changes_nothing(canvass, tmp_path):
    canvass("staff", "add", "ann@example.org")
    members, out_file = tmp_path / "members.csv", tmp_path / "out.csv"
    members.write_text("address,role\nbob@example.org,Manager\ncat@example.org,\n")

    rehearsal = canvass("panel", "import", str(members), "--basis", "paper form", "--dry-run")
    done = canvass("panel", "import", str(members), "--basis", "paper form")
    again = canvass("panel", "import", str(members), "--basis", "paper form")
    told = canvass("panel", "export", str(out_file), "--dry-run")
    written = out_file.exists()
    exported = canvass("panel", "export", str(out_file))

    assert rehearsal[:2] == (0, "2 members would be imported. Nothing was changed.\n")
    assert done[:2] == (0, "2 members imported into Our panel.\n")
    assert again == (0, "0 members imported into Our panel.\n", again[2])
    assert again[2].splitlines() == ["Row 2: in this panel already.", "Row 3: in this panel already."]
    assert (told[:2], written) == ((0, f"2 members would be written to {out_file}.\n"), False)
    assert exported[:2] == (0, f"2 members written to {out_file}.\n")
    assert "bob@example.org,active" in out_file.read_text()
    assert stat.S_IMODE(out_file.stat().st_mode) == 0o600


def test_bad_files_are_told_by_row_and_nobody_is_imported(canvass, tmp_path):
    canvass("staff", "add", "ann@example.org")
    bad, binary = tmp_path / "bad.csv", tmp_path / "bad.xlsx"
    bad.write_text("address,role\nbob,Queen\n")
    binary.write_bytes(b"\x00\x01 nothing of the kind")

    faulty = canvass("panel", "import", str(bad), "--basis", "paper form")
    assert (faulty[0], faulty[1]) == (2, "")
    assert faulty[2].splitlines()[0].startswith(f"{bad}: Row 2, column address: 'bob' is not an e-mail")
    assert faulty[2].endswith("Nothing was imported.\n")
    for file in (binary, tmp_path / "none.csv", tmp_path):
        code, out, err = canvass("panel", "import", str(file), "--basis", "paper form")
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert "Traceback" not in err
    assert canvass("panel", "export", str(tmp_path / "m.csv"), "--dry-run")[1].startswith("0 members would")


@pytest.mark.parametrize("place", ["file/under.csv", "members.xlsx"])
def test_an_export_that_cannot_be_written_is_one_sentence(place, canvass, tmp_path):
    canvass("staff", "add", "ann@example.org")
    (tmp_path / "file").write_text("")

    code, out, err = canvass("panel", "export", str(tmp_path / place))

    assert (code, out, err.count("\n")) == (2, "", 1)
