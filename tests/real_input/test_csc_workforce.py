"""The demo's panel weighted to England's real children's social workers of 2022, by real commands.

The tables are official statistics of the Department for Education (Children's social work workforce, Open
Government Licence), read where they lie, in ../shared/data.
"""

import csv
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from tests.real_input.counting import ROOT

from canvass.cli.demo.maker import make_demo

DATA = ROOT.parent / "shared/data/csc-workforce"
# What the demo calls a role, and what the published table does; senior managers stand with middle ones.
ROLES = {
    "Newly qualified social worker": "Case holder",
    "Social worker": "Case holder",
    "Senior social worker": "Senior practitioner",
    "Team manager": "First line manager",
    "Service manager": "Middle or senior manager",
    "Independent reviewing officer": "Qualified without cases",
}
JOINED = {"Middle manager": "Middle or senior manager", "Senior manager": "Middle or senior manager"}
ETHNICITIES = {
    "White": 88,
    "Mixed / Multiple ethnic groups": 3,
    "Asian / Asian British": 4,
    "Black / African / Caribbean / Black British": 4,
    "Other ethnic group": 1,
}


def rows(name: str) -> list[dict[str, str]]:
    if not DATA.exists():
        pytest.fail(f"This test reads the workforce's tables at {DATA}; they are not there.")
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["time_period"] == "2022"]


def workforce() -> dict[str, dict[str, int]]:
    """Head counts of 2022 by region, role and, of those who are known, ethnicity."""
    regions = {
        row["region_name"].replace("The Humber", "the Humber"): int(row["inpost_headcount"])
        for row in rows("csww_indicators_2017_to_2025.csv")
        if row["geographic_level"] == "Regional" and not row["region_name"].startswith(("Inner", "Outer"))
    }
    national = [row for row in rows("ethnicity_by_role_region.csv") if row["geographic_level"] == "National"]
    roles: dict[str, int] = {}
    for row in national:
        if row["breakdown"] == "Total" and row["role"] != "Total":
            role = JOINED.get(row["role"], row["role"])
            roles[role] = roles.get(role, 0) + int(row["inpost_headcount"])
    known = {
        row["breakdown"]: int(row["inpost_headcount"])
        for row in national
        if row["role"] == "Total" and row["breakdown"] in ETHNICITIES
    }
    return {"region": regions, "role": roles, "ethnicity": known}


@pytest.fixture(scope="module")
def weighted(tmp_path_factory) -> tuple[Path, dict, dict[str, dict[str, int]]]:
    """The demo's members of one day with an ethnicity drawn for each, the targets, and `canvass weight`."""
    folder, real = tmp_path_factory.mktemp("weighted"), workforce()
    rng = random.Random(1)
    with (folder / "panel.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["member", "region", "role", "ethnicity"])
        for member in make_demo(date(2026, 3, 2)).members:
            drawn = rng.choices(list(ETHNICITIES), list(ETHNICITIES.values()))[0]
            ethnicity = "" if rng.random() < 0.1 else drawn  # a tenth did not say
            role = ROLES[member.profile["role"]]
            writer.writerow([member.key, member.profile["region"], role, ethnicity])
    with (folder / "targets.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["variable", "category", "share"])
        for variable, counts in real.items():
            for category, people in counts.items():
                writer.writerow([variable, category, repr(people / sum(counts.values()))])
    out = folder / "weighted.csv"
    said = canvass("weight", folder / "panel.csv", "--targets", folder / "targets.csv", "--out", out)
    return out, said, real


def canvass(*arguments: object) -> dict:
    """What a command says as JSON."""
    words = [sys.executable, "-c", "from canvass.cli.main import main; main()", *map(str, arguments)]
    done = subprocess.run([*words, "--format", "json"], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


def test_the_published_totals_come_out():
    real = workforce()

    assert sum(real["region"].values()) == sum(real["role"].values()) == 33_689
    assert sum(real["ethnicity"].values()) == 27_373
    assert real["role"]["Case holder"] == 15_842
    assert real["region"]["London"] == 5_549


def test_the_weights_meet_every_real_margin(weighted):
    out, said, real = weighted
    with out.open(newline="") as file:
        panel = list(csv.DictReader(file))

    assert said["max_margin_error"] < 1e-6
    assert 0.4 < said["efficiency"] < 1
    for variable, counts in real.items():
        known = [row for row in panel if row[variable]]
        total = sum(float(row["weight"]) for row in known)
        for category, people in counts.items():
            share = sum(float(row["weight"]) for row in known if row[variable] == category) / total
            assert share == pytest.approx(people / sum(counts.values()), rel=1e-6), (variable, category)


def test_tabulate_gives_the_real_shares_with_their_effective_base(weighted):
    out, said, real = weighted

    (table,) = canvass("tabulate", out, "--item", "region", "--weight", "weight")["tables"]

    found = {row["option"]: row["estimate"] for row in table["rows"]}
    assert found["London"] == pytest.approx(real["region"]["London"] / 33_689, rel=1e-6)
    assert table["effective_base"] == pytest.approx(said["effective_base"])
