"""`canvass poll load|open|close`, on a data folder of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
POLL = """\
poll: hours
title: Working hours
category: practice
closes: 2099-12-01T17:00
items:
  - id: late
    kind: single
    text: How often do you stay late?
    options: [often, never]
"""


@pytest.fixture
def canvass(tmp_path):
    """Run one command on an installation with one panel; returns exit code, stdout, stderr."""
    env = os.environ | {"CANVASS_DATA": str(tmp_path / "data"), "CANVASS_BASE_URL": "http://127.0.0.1:8000"}

    def run(*arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, "-c", "from canvass.cli.main import main; main()", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    assert run("staff", "add", "ann@example.org")[0] == 0
    return run


@pytest.fixture
def written(tmp_path):
    """Write the poll file; returns its path."""

    def write(text: str = POLL) -> str:
        path = tmp_path / "hours.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_a_poll_is_loaded_opened_mended_and_closed_by_command(canvass, written):
    loaded = canvass("poll", "load", written())
    opened = canvass("poll", "open", "hours")
    same = canvass("poll", "load", written(POLL.replace("stay late", "work late")), "--mend", "same")
    changed = canvass("poll", "load", written(POLL.replace("stay late", "start early")), "--mend", "changed")
    closed = canvass("poll", "close", "hours")

    assert [done[0] for done in (loaded, opened, same, changed, closed)] == [0] * 5
    assert "hours: open until 1 December 2099, 17:00." in opened[1]
    assert "New ballots begin on version 2." in same[1]
    assert "New ballots begin on version 3." in changed[1]


def test_while_a_poll_is_open_a_file_changes_nothing_but_texts(canvass, written):
    canvass("poll", "load", written())
    canvass("poll", "open", "hours")

    whole = canvass("poll", "load", written(POLL.replace("stay", "work")))
    reshaped = canvass(
        "poll", "load", written(POLL.replace("often, never", "often, seldom")), "--mend", "same"
    )

    assert (whole[0], reshaped[0]) == (2, 2)
    assert "hours is open: only its wording can be mended now" in whole[2]
    assert 'the option "never" would become "seldom"' in reshaped[2]


def test_a_file_with_faults_is_not_loaded(canvass, written):
    file = written(POLL.replace("single", "sngle"))

    code, out, err = canvass("poll", "load", file)

    assert (code, out) == (2, "")
    assert err == f'{file}:7: item late: There is no kind "sngle". Did you mean "single"?\n'
    assert canvass("poll", "open", "hours")[2].startswith("There is no poll hours in ")


def test_the_links_of_an_open_poll_are_revoked_by_command(canvass, written):
    canvass("poll", "load", written())
    draft = canvass("poll", "revoke-links", "hours")
    canvass("poll", "open", "hours")

    code, said, _ = canvass("poll", "revoke-links", "hours")

    assert (code, draft[0]) == (0, 2)
    assert "open nothing any more" in said
