"""Killed at any step between closing a poll and its manifest row, the poll is counted once and whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.postgres import postgres

__all__ = ["postgres"]
ROOT = Path(__file__).parents[2]


def run(how: str, folder: Path, database: str = "") -> list[dict]:
    command = [sys.executable, "-m", "tests.faults.counting_drill", how, str(folder)]
    env = os.environ | {"CANVASS_DATABASE": database}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def drill(tmp_path_factory) -> list[dict]:
    """What is there after each kill and the pumps."""
    return run("killed", tmp_path_factory.mktemp("drill"))


def test_it_is_killed_at_many_steps(drill):
    assert len(drill) > 30


def test_after_every_kill_the_poll_is_counted_once_with_all_its_ballots(drill):
    outcomes = {(one["state"], one["ballots"], *one["chosen"]) for one in drill}

    assert outcomes == {("closed", 40, 25, 15)}


def test_after_every_kill_the_files_are_those_of_the_manifest_and_the_same(drill):
    assert all(one["there"] == one["named"] for one in drill)
    assert len({tuple(one["there"]) for one in drill}) == 1


@pytest.mark.postgres
def test_on_postgresql_a_poll_is_counted_to_the_same_files(drill, postgres, tmp_path):
    (counted,) = run("undisturbed", tmp_path, postgres.database("counting"))

    assert counted == drill[0]
