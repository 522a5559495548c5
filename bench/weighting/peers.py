"""The peers, each run by the Python of its own environment: `python peers.py NAME FOLDER`.

Each is given the panel in the shape that it asks for; only its own call is timed. What it needs to know about
convergence is set so that it ends within a millionth of every target, which is checked from its weights.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np


class Panel:
    """The rows and the targets, as `panel.write` left them."""

    def __init__(self, folder: Path) -> None:
        targets = json.loads((folder / "targets.json").read_text())
        self.targets = {name: np.array(shares) for name, shares in targets.items()}
        self.codes = np.fromfile(folder / "codes.bin", dtype=np.int8).reshape(len(targets), -1)
        self.rows = self.codes.shape[1]

    def frame(self) -> Any:
        import pandas as pd

        return pd.DataFrame(dict(zip(self.targets, self.codes.astype(np.int64), strict=True)))

    def error(self, weight: Any) -> float:
        """The largest |weighted / target - 1|."""
        weights = np.asarray(weight, dtype=float)
        shares = weights / weights.sum()
        pairs = zip(self.codes, self.targets.values(), strict=True)
        return max(float(np.abs(np.bincount(codes, shares) / target - 1).max()) for codes, target in pairs)


def said(folder: Path, prepare: Callable[[Panel], Callable[[], Any]]) -> None:
    """Time one call and print what it took, as JSON."""
    panel = Panel(folder)
    call = prepare(panel)
    processor, wall = time.process_time(), time.monotonic()
    weight = call()
    took = {"processor": time.process_time() - processor, "wall": time.monotonic() - wall}
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    print(json.dumps({**took, "memory": int(peak.split()[1]) / 1024, "error": panel.error(weight)}))


def svy(panel: Panel) -> Callable[[], Any]:
    import polars as pl
    import svy as library

    columns = dict(zip(panel.targets, panel.codes.astype(np.int64), strict=True))
    frame = pl.DataFrame({**columns, "w": np.ones(panel.rows)})
    sample = library.Sample(frame, library.Design(wgt="w"))
    shares = {name: dict(enumerate(one.tolist())) for name, one in panel.targets.items()}
    return lambda: sample.weighting.rake(shares=shares, tol=1e-6).data["rk_wgt"].to_numpy()


def balance(panel: Panel) -> Callable[[], Any]:
    import logging

    import pandas as pd

    logging.disable(logging.WARNING)
    from balance.weighting_methods.rake import rake

    shares = [pd.Series(one, name=name) for name, one in panel.targets.items()]
    population = pd.MultiIndex.from_product([one.index for one in shares], names=list(panel.targets))
    weights = np.prod(np.meshgrid(*[one.to_numpy() for one in shares], indexing="ij"), axis=0).ravel()
    target = population.to_frame(index=False)
    sample, ones = panel.frame(), pd.Series(np.ones(panel.rows))
    return lambda: rake(
        sample, ones, target, pd.Series(weights), transformations=None, convergence_rate=1e-6
    )["weight"]


def weightipy(panel: Panel) -> Callable[[], Any]:
    import weightipy as library

    shares = {name: dict(enumerate((100 * one).tolist())) for name, one in panel.targets.items()}
    scheme = library.scheme_from_dict(shares, rim_params={"convcrit": 1e-9})
    frame = panel.frame()
    return lambda: library.weight_dataframe(frame, scheme)["weights"]


def ipfn(panel: Panel) -> Callable[[], Any]:
    """On the rows, as its README shows."""
    import pandas as pd
    from ipfn import ipfn as library

    frame = panel.frame().assign(total=1.0)
    margins = [
        pd.Series(panel.rows * one, index=pd.Index(range(len(one)), name=name))
        for name, one in panel.targets.items()
    ]
    names = [[name] for name in panel.targets]
    return lambda: library.ipfn(frame, margins, names, convergence_rate=1e-6).iteration()["total"]


def ipfn_on_cells(panel: Panel) -> Callable[[], Any]:
    """On an array of cells that is counted for it, and spread to the rows again."""
    from ipfn import ipfn as library

    sizes = tuple(len(one) for one in panel.targets.values())
    margins = [panel.rows * one for one in panel.targets.values()]

    def call() -> Any:
        place = np.ravel_multi_index(list(panel.codes), sizes)
        cells = np.bincount(place, minlength=int(np.prod(sizes))).reshape(sizes).astype(float)
        fitted = library.ipfn(
            cells.copy(), margins, [[one] for one in range(len(sizes))], convergence_rate=1e-6
        ).iteration()
        return (fitted / np.where(cells > 0, cells, 1)).ravel()[place]

    return call


PEERS = {"svy": svy, "balance": balance, "weightipy": weightipy, "ipfn": ipfn, "ipfn, cells": ipfn_on_cells}

if __name__ == "__main__":
    said(Path(sys.argv[2]), PEERS[sys.argv[1]])
