"""2,000 weighted tables with standard errors of a million rows, beside pandas and polars.

    python -m bench.crosstabs [--rows 1000000] [--questions 200] [--part 10] [--runs 3]

200 questions of 6 answers by 10 profile fields of 2 to 12 groups. Contestants take turns, each in a process
of its own. pandas and polars do one part in ten of the questions (`--part`), and their times are multiplied;
every contestant's tables must be the same. Needs Linux.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.crosstabs import people
from bench.weighting.contestants import ROOT, environment

PEERS = ("pandas", "polars")


class Run(NamedTuple):
    processor: float  # seconds for all tables
    wall: float
    above: float  # MB that the counting took at most, above the imports and the data
    memory: float  # MB, the most that the process held
    tables: np.ndarray  # what was done of them


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.crosstabs")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--part", type=int, default=10, help="the peers do one question in so many")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--environments", type=Path, default=ROOT / ".tools/peers")
    options = parser.parse_args()
    pythons = {"Canvass": Path(sys.executable)} | _pythons(options.environments)
    runs: dict[str, list[Run]] = {name: [] for name in pythons}
    with tempfile.TemporaryDirectory(prefix="canvass-bench-") as scratch:
        whole, part = Path(scratch) / "whole", Path(scratch) / "part"
        for folder, questions in ((whole, options.questions), (part, options.questions // options.part)):
            folder.mkdir()
            people.write(folder, questions, options.rows)
        for _ in range(options.runs):
            for name, python in pythons.items():
                folder, times = (whole, 1) if name == "Canvass" else (part, options.part)
                runs[name].append(_run(name, python, folder, times))
        _check(_run("Canvass", pythons["Canvass"], part, 1), runs)
    _print(runs, options)


def _pythons(folder: Path) -> dict[str, Path]:
    """The Python of each peer that can take part here; a line says who cannot."""
    found = ((name, environment(folder, name, "numpy")) for name in PEERS)
    return {name: python for name, python in found if python is not None}


def _run(name: str, python: Path, folder: Path, times: int) -> Run:
    module = ["bench.crosstabs.ours"] if name == "Canvass" else ["bench.crosstabs.peers", name]
    load = os.getloadavg()[0]
    done = subprocess.run(
        [python, "-m", *module, folder], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if done.returncode:
        raise SystemExit(f"{name} failed: {done.stderr.strip().splitlines()[-1:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    processor, wall = found["processor"] * times, found["wall"] * times
    print(f"  load {load:4.1f}  {name:8}{processor:8.2f} s of processor", flush=True)
    return Run(processor, wall, found["above"], found["memory"], np.load(folder / "tables.npy"))


def _check(part: Run, runs: dict[str, list[Run]]) -> None:
    """All tables that a peer made are Canvass's of the same questions."""
    for name in PEERS:
        for run in runs.get(name, []):
            np.testing.assert_allclose(run.tables, part.tables, rtol=1e-9, err_msg=name)


def _print(runs: dict[str, list[Run]], options: argparse.Namespace) -> None:
    tables = options.questions * len(people.FIELDS)
    print(f"{tables:,} tables of {options.rows:,} weighted rows; the least of {options.runs} runs")
    print(f"{'':10}{'processor s':>12}{'wall s':>9}{'MB above the data':>19}{'peak MB':>9}")
    for name, found in runs.items():
        least = min(found, key=lambda run: run.processor)
        print(f"{name:10}{least.processor:12.2f}{least.wall:9.2f}{least.above:19.0f}{least.memory:9.0f}")
    middle = {name: statistics.median(run.processor for run in found) for name, found in runs.items()}
    print("medians of processor seconds:", ", ".join(f"{name} {one:.2f}" for name, one in middle.items()))
    if len(runs) > 1:
        print("the peers' tables are the same; their times are of a part, multiplied, their memory of it")
    print(f"load after: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
