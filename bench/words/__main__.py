"""How often a right code is among the first three, beside other ways, and what reading takes.

    python -m bench.words [--coded FILE.csv --text COLUMN --codes COLUMN] [--answers 400] [--draws 8]

Without a file the answers are made from phrases. Environments of the peers are made once, in the folder of
the tools. Goals, on coded answers of real people: 0.90 at five examples a code and 0.10 above the three
commonest codes; 50,000 answers in under 20 s of processor and 600 MB; fits after a decision in under 0.3 s.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from bench.weighting.contestants import ROOT
from bench.words import few_shot, made
from bench.words.contestants import contestants

SHOTS = (3, 5, 10)
STEPS = {"placed and grouped": (50_000, "index"), "fits after a decision": (1_000, "decision")}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.words")
    parser.add_argument("--coded", type=Path)
    parser.add_argument("--text", default="text")
    parser.add_argument("--codes", default="codes")
    parser.add_argument("--answers", type=int, default=400)
    parser.add_argument("--draws", type=int, default=8)
    parser.add_argument("--environments", type=Path, default=ROOT / ".tools/peers")
    options = parser.parse_args()
    if options.coded is not None:
        answers = made.read(options.coded, options.text, options.codes)
    else:
        answers = made.answers(options.answers, seed=1)
    _fits(answers, options.draws, options.environments)
    _timing()


def _fits(answers: Sequence[made.Coded], draws: int, environments: Path) -> None:
    codes = {code for answer in answers for code in answer.codes}
    print(f"{len(answers)} answers, {len(codes)} codes, {draws} draws")
    print(f"{'':26}{'examples':>9}{'first':>8}{'hit@3':>8}{'R-prec':>8}{'silent':>8}")
    taking_part = contestants(environments)
    for shots in SHOTS:
        for name, proposes in taking_part.items():
            scores = [few_shot.score(draw, proposes(draw)) for draw in few_shot.draws(answers, shots, draws)]
            means = "".join(f"{mean(column):8.3f}" for column in zip(*scores, strict=True))
            print(f"{name:26}{shots:9}{means}", flush=True)


def _timing() -> None:
    print(f"\n{'':26}{'answers':>9}{'processor s':>13}{'peak MB':>9}   load {os.getloadavg()[0]:.1f}")
    for name, (count, step) in STEPS.items():
        done = subprocess.run(
            [sys.executable, "-m", "bench.words.timing", str(count), step],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        found = json.loads(done.stdout)
        print(f"{name:26}{count:9,}{found['processor']:13.2f}{found['memory']:9.0f}")


if __name__ == "__main__":
    main()
