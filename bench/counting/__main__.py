"""Every item by ten profile fields of many polls, beside hand-written SQL over the same files.

    python -m bench.counting [--polls 200] [--ballots 38500] [--runs 3] [--only NAME ...] [--folder DIR]

200 polls of 38,500 ballots and 13 items are 100 million answers, all weighted: 130 tables a poll with n, the
sum of weights and the sum of their squares. Contestants take turns. Processor seconds and memory are those of
a contestant and all processes that it starts, read from the system every 20 ms; memory that processes share
counts in each. Needs Linux; Spark needs the extra `spark` and Java.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.counting.contestants import CONTESTANTS
from bench.counting.polls import FIELDS, ITEMS, made

TICK, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


class Run(NamedTuple):
    processor: float  # seconds
    wall: float  # seconds
    memory: float  # MB
    answer: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.counting")
    parser.add_argument("--polls", type=int, default=200)
    parser.add_argument("--ballots", type=int, default=38_500)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=CONTESTANTS, default=list(CONTESTANTS))
    parser.add_argument("--folder", type=Path, help="where the polls lie, or will")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="canvass-bench-") as scratch:
        folder = options.folder or Path(scratch)
        stored = made(folder, options.polls, options.ballots)
        size = sum(file.size for poll in stored for file in poll.manifest.files)
        answers = options.polls * options.ballots * ITEMS
        tables = ITEMS * len(FIELDS) * options.polls
        print(f"{answers:,} places for answers, {tables:,} tables, {size / 1e6:,.0f} MB")
        runs: dict[str, list[Run]] = {name: [] for name in options.only}
        for _ in range(options.runs):
            for name in options.only:
                load = os.getloadavg()[0]
                run = _measured(name, folder, options)
                runs[name].append(run)
                print(f"  load {load:4.1f}  {name:24}{run.processor:8.1f} s of processor", flush=True)
        _print(runs)


def _print(runs: dict[str, list[Run]]) -> None:
    print(f"{'':26}{'processor s':>12}{'wall s':>9}{'peak MB':>9}{'counted':>18}")
    for name, found in runs.items():
        middle = [statistics.median(values) for values in zip(*found, strict=True)]
        print(f"{name:26}{middle[0]:12.1f}{middle[1]:9.1f}{middle[2]:9.0f}{middle[3]:18,.1f}")


def _measured(name: str, folder: Path, options: argparse.Namespace) -> Run:
    """Run a contestant in a session of its own and follow all its processes."""
    command = [
        sys.executable,
        "-m",
        "bench.counting.contestants",
        name,
        folder,
        options.polls,
        options.ballots,
    ]
    began = time.monotonic()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    spent: dict[int, float] = {}
    peak = 0.0
    while process.poll() is None:
        seen = _session(process.pid)
        spent |= {pid: seconds for pid, (seconds, _) in seen.items()}
        peak = max(peak, sum(memory for _, memory in seen.values()))
        time.sleep(0.02)
    wall = time.monotonic() - began
    output = process.communicate()[0]
    if process.returncode:
        raise SystemExit(f"{name} failed; run it by itself to see why")
    return Run(sum(spent.values()), wall, peak / 1e6, float(output.split()[-1]))


def _session(leader: int) -> dict[int, tuple[float, float]]:
    """(processor seconds, bytes in memory) of every process of a session."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == leader:
            seconds = (int(fields[11]) + int(fields[12])) / TICK
            found[int(folder.name)] = (seconds, int(fields[21]) * PAGE)
    return found


if __name__ == "__main__":
    main()
