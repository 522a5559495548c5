"""The ballot path beside a plain Django version of the same pages and beside the limit (nothing stored).

    python -m bench.ballots [--seconds 8] [--runs 3] [--voters 64] [--layout one_page] [--postgresql]

Whole journeys, ten questions, answers durable (SQLite: WAL and synchronous=FULL; PostgreSQL: fsync on), load
generator on the same machine. Contestants take turns, so that a noisy minute falls on all; each run prints
the load before it and how busy the load generator's one process was; medians are shown.
"""

import argparse
import os
import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench.ballots import questions
from bench.ballots.contestants import LAYOUTS, Contestant, bodies
from bench.ballots.voters import Plan, Tally, encoded, vote

TITLES = {"one_page": "one page", "one_thing": "ten pages"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ballots")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--voters", type=int, default=64)
    parser.add_argument("--layout", choices=LAYOUTS, help="one of the two only")
    parser.add_argument("--postgresql", action="store_true", help="also on a throw-away PostgreSQL")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="canvass-bench-")))
        contestants = _contestants(folder, stack if options.postgresql else None)
        for contestant in contestants:
            contestant.folder.mkdir()
            contestant.prepare()
        for layout in [options.layout] if options.layout else LAYOUTS:
            _compare(contestants, layout, options)


def _contestants(folder: Path, stack: ExitStack | None) -> list[Contestant]:
    app = "canvass.config.asgi:application"
    found = [
        Contestant(
            "plain Django", folder / "plain", "bench.ballots.plain.site:application", "wsgi", workers=2
        ),
        Contestant("Canvass, SQLite", folder / "sqlite", app),
    ]
    if stack is not None:
        from tests.postgres import cluster

        address = stack.enter_context(cluster()).database("bench")
        found.append(Contestant("Canvass, PostgreSQL", folder / "postgresql", app, address=address))
    return [*found, Contestant("limit, nothing stored", folder / "limit", "bench.ballots.limit:application")]


def _compare(contestants: list[Contestant], layout: str, options: argparse.Namespace) -> None:
    runs: dict[str, list[Tally]] = {contestant.name: [] for contestant in contestants}
    print(f"\n{TITLES[layout]}, {options.voters} voters at once, {os.cpu_count()} cores")
    for number in range(options.runs):
        for contestant in contestants[:: 1 if number % 2 == 0 else -1]:
            load = os.getloadavg()[0]
            tally = _run(contestant, layout, options)
            runs[contestant.name].append(tally)
            print(f"  load {load:4.1f}  {contestant.name:22}{tally.per_second:7.0f}/s  ", end="")
            print(f"load generator {tally.busy:.0%} busy", flush=True)
    heads = ("journeys/s", "p50 ms", "p95 ms", "p99 ms", "errors", "x plain", "of limit")
    widths = (11, 9, 9, 9, 8, 9, 9)
    print(" " * 24 + "".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    speeds = {
        name: statistics.median(tally.per_second for tally in tallies) for name, tallies in runs.items()
    }
    for name, tallies in runs.items():
        print(_line(name, tallies, speeds))


def _run(contestant: Contestant, layout: str, options: argparse.Namespace) -> Tally:
    pages = encoded(questions.ANSWERS, bodies(layout))
    with contestant.serving() as port:
        plan = Plan(port, contestant.links(layout), pages)
        return vote(plan, voters=options.voters, warm_up=3, seconds=options.seconds)


def _line(name: str, tallies: list[Tally], speeds: dict[str, float]) -> str:
    middle = sorted(tallies, key=lambda tally: tally.per_second)[len(tallies) // 2]
    errors = sum(tally.errors for tally in tallies)
    quantiles = "".join(f"{middle.quantile(share):9.1f}" for share in (0.5, 0.95, 0.99))
    ratio = speeds[name] / speeds["plain Django"]
    of_limit = speeds[name] / speeds["limit, nothing stored"]
    return f"{name:24}{speeds[name]:11.0f}{quantiles}{errors:8d}{ratio:9.1f}{of_limit:9.2f}"


if __name__ == "__main__":
    main()
