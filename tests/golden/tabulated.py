"""A golden case as `canvass tabulate` sees it: its options, and our rows beside R's records."""

import json
from collections import defaultdict
from pathlib import Path

from click.testing import CliRunner

from canvass.cli.tabulate import tabulate

HERE = Path(__file__).parent
PLACE = ("row", "group", "statistic", "option", "q")
PAIR = ("row", "option", "statistic", "a", "b")


def read(name):
    return json.loads((HERE / name / "expected.json").read_text(encoding="utf-8"))


def records(expected):
    """R's records by (item, by)."""
    tables = defaultdict(list)
    for record in expected["results"]:
        if record.get("kind") != "refused":
            tables[record["item"], record["by"]].append(record)
    return tables


def run(name, design, item, by):
    """The JSON of the real command."""
    folder = HERE / name
    told = [f"--{option}={design[option]}" for option in design if option not in ("kinds", "poll")]
    told += [f"--kind={one}={kind}" for one, kind in design.get("kinds", {}).items()]
    told += [f"--poll={folder / design['poll']}"] if "poll" in design else []
    told += [f"--by={by}"] if by else []
    said = CliRunner().invoke(
        tabulate, [str(folder / "data.csv"), "--item", item, "--format=json", *told], catch_exceptions=False
    )
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)["tables"]


def rows(tables):
    """Our rows by place."""
    return {
        tuple((table | row).get(name) for name in PLACE): table | row
        for table in tables
        for row in table["rows"]
    }


def differences(tables):
    return {
        tuple((table | one).get(name) for name in PAIR): one
        for table in tables
        for one in table["differences"]
    }


def tests_of(tables):
    return {(table["row"], test["option"]): test for table in tables for test in table["tests"]}


def place(record, names):
    return tuple(record.get(name) for name in names)
