"""Raking a million rows on six margins to a millionth, beside packages that do the same.

    python -m bench.weighting [--rows 1000000] [--runs 5] [--environments DIR]

Contestants take turns, each run in a process of its own; only the call that rakes is timed, and the medians
are printed with the load of the machine. Memory is the most that a whole process held. Goals: at most 0.10 s
of processor and 150 MB, and ahead of each peer. Environments of the peers are made once, in the folder of the
tools. Needs Linux.
"""

import argparse
import os
import statistics
import tempfile
from pathlib import Path

from bench.weighting import panel
from bench.weighting.contestants import ROOT, Contestant, Run, contestants


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.weighting")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--environments", type=Path, default=ROOT / ".tools/peers")
    options = parser.parse_args()
    taking_part = contestants(options.environments)
    with tempfile.TemporaryDirectory(prefix="canvass-bench-") as scratch:
        folder = Path(scratch)
        panel.write(folder, options.rows)
        print(f"{options.rows:,} rows, margins of {panel.SIZES} categories; load {os.getloadavg()[0]:.1f}")
        runs: dict[str, list[Run]] = {one.name: [] for one in taking_part}
        for _ in range(options.runs):
            for one in taking_part:
                runs[one.name].append(_run(one, folder))
    _print(runs)
    print(f"load after: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _run(contestant: Contestant, folder: Path) -> Run:
    load = os.getloadavg()[0]
    run = contestant.run(folder)
    print(f"  load {load:4.1f}  {contestant.name:12}{run.processor:8.3f} s of processor", flush=True)
    return run


def _print(runs: dict[str, list[Run]]) -> None:
    ours = statistics.median(run.processor for run in runs["Canvass"])
    print(f"{'':14}{'processor s':>12}{'x Canvass':>11}{'wall s':>9}{'peak MB':>9}{'error':>9}")
    for name, found in runs.items():
        processor, wall, memory, error = (statistics.median(values) for values in zip(*found, strict=True))
        missed = "  misses the targets" if error > panel.TOLERANCE else ""
        print(
            f"{name:14}{processor:12.3f}{processor / ours:11.1f}{wall:9.2f}{memory:9.0f}{error:9.0e}{missed}"
        )


if __name__ == "__main__":
    main()
