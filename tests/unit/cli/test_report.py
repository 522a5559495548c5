"""`canvass poll publish` and `canvass report`, on a data folder of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SLUG = "working-hours-2022-01"


@pytest.fixture(scope="module")
def canvass(tmp_path_factory):
    """Run one command; returns exit code, stdout, stderr."""
    folder = tmp_path_factory.mktemp("installation")
    env = os.environ | {"CANVASS_DATA": str(folder / "data")}

    def run(*arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, "-c", "from canvass.cli.main import main; main()", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    run("staff", "add", "ann@example.org")
    run("poll", "load", f"examples/{SLUG}.yaml")
    run("answers", "import", SLUG, "tests/published/micro-2022-01.csv", "--invited", "1237")
    return run


def test_from_open_to_published_each_command_says_what_holds_and_what_to_do(canvass, tmp_path):
    code, _out, err = canvass("report", SLUG, "--out", str(tmp_path))
    assert (code, err) == (2, f"{SLUG} is not counted yet. Close it first: canvass poll close {SLUG}\n")

    code, _out, err = canvass("poll", "publish", SLUG)
    assert (code, err) == (2, f"{SLUG} is open. Only a poll that is closed can be published.\n")

    assert canvass("poll", "close", SLUG)[0] == 0
    code, out, _err = canvass("report", SLUG, "--out", str(tmp_path / "new" / "folder"), "--formats", "html")
    assert (code, out) == (0, f"{SLUG}: {tmp_path}/new/folder/{SLUG}.html\n")
    written = (tmp_path / "new" / "folder" / f"{SLUG}.html").read_text()
    assert "Fieldwork: 18 January to 1 February 2022, for Independent Review." in written
    assert "1,237 mailed, 135 took part (10.9%)" in written
    assert "Permanent address" not in written

    code, out, _err = canvass("poll", "publish", SLUG)
    assert code == 0
    assert out.endswith(f"/library/our-panel/{SLUG}/\n")

    canvass("report", SLUG, "--out", str(tmp_path))
    written = (tmp_path / f"{SLUG}.html").read_text()
    assert re.search(f"Permanent address: http[^<]+/library/our-panel/{SLUG}/<", written)


@pytest.mark.parametrize("formats", ["pdf", "html,pdf", "docx", ""])
def test_other_formats_are_refused_plainly_and_nothing_is_written(formats, canvass, tmp_path):
    code, out, err = canvass("report", SLUG, "--out", str(tmp_path), "--formats", formats)

    assert (code, out) == (2, "")
    assert "--formats html is what this version makes." in err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_sentence(canvass, tmp_path):
    (tmp_path / "file").write_text("")

    code, _out, err = canvass("report", SLUG, "--out", str(tmp_path / "file" / "under"))

    assert code == 2
    assert "Traceback" not in err
    assert len(err.splitlines()) == 1
