"""Who takes part: Canvass, R, and packages from the registry, each in an environment of its own."""

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PEERS = ("svy", "balance", "weightipy", "ipfn", "ipfn, cells")
LONGEST = 600  # seconds for one run


class Run(NamedTuple):
    processor: float  # seconds of the one call
    wall: float
    memory: float  # MB, the most that the process held, its imports and data included
    error: float  # largest |weighted / target - 1|


class Contestant(NamedTuple):
    name: str
    command: tuple[str | Path, ...]

    def run(self, folder: Path) -> Run:
        """One run in a process of its own."""
        done = subprocess.run(
            [*self.command, folder], capture_output=True, text=True, cwd=ROOT, timeout=LONGEST, check=False
        )
        if done.returncode:
            raise SystemExit(f"{self.name} failed: {done.stderr.strip().splitlines()[-1:]}")
        found = json.loads(done.stdout.strip().splitlines()[-1])
        return Run(**{key: found[key] for key in Run._fields})


def contestants(environments: Path) -> list[Contestant]:
    """All that can take part here; a line says who cannot."""
    found = [Contestant("Canvass", (sys.executable, "-m", "bench.weighting.ours"))]
    for name in PEERS:
        python = environment(environments, name.partition(",")[0])
        if python is not None:
            found.append(Contestant(name, (python, HERE / "peers.py", name)))
    return [*found, *_survey()]


def environment(folder: Path, package: str, *others: str) -> Path | None:
    """The Python of a package's own environment, with what else it needs; None where it cannot be made."""
    python = folder / package / "bin/python"
    if python.exists():
        return python
    print(f"Installing {package}", flush=True)
    if not (
        _done([sys.executable, "-m", "venv", folder / package]) and _done(_install(python, package, *others))
    ):
        shutil.rmtree(folder / package, ignore_errors=True)
        print(f"{package} cannot be installed here and is left out.")
        return None
    return python


def _install(python: Path, *packages: str) -> list[str | Path]:
    uv = ROOT / ".tools/bin/uv"
    if uv.exists():
        return [uv, "pip", "install", "--quiet", "--python", python, *packages]
    return [python, "-m", "pip", "install", "--quiet", *packages]


def _survey() -> list[Contestant]:
    check = ["Rscript", "-e", "library(survey); library(jsonlite)"]
    if shutil.which("Rscript") and _done(check):
        return [Contestant("R survey", ("Rscript", HERE / "rake.R"))]
    print("R with survey and jsonlite is not here and is left out; apt-get install r-cran-survey brings it.")
    return []


def _done(command: Sequence[str | Path]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
