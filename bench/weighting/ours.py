"""Canvass: margins from codes, raked."""

import sys
from pathlib import Path

from bench.weighting.peers import Panel, said
from canvass import statistics


def canvass(panel: Panel) -> object:
    margins = [
        statistics.margin_of_codes(name, codes, [str(one) for one in range(len(shares))], shares)
        for (name, shares), codes in zip(panel.targets.items(), panel.codes, strict=True)
    ]
    return statistics.rake(statistics.design(panel.rows), margins, tolerance=1e-6).weight


if __name__ == "__main__":
    said(Path(sys.argv[1]), lambda panel: lambda: canvass(panel))
