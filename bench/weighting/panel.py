"""The panel to weight: rows with six variables, and targets that differ from it as real ones do."""

import json
from pathlib import Path

import numpy as np

SIZES = (2, 3, 5, 7, 9, 12)  # categories of each variable
NAMES = tuple(f"v{size}" for size in SIZES)
TOLERANCE = 1e-6  # the largest |weighted / target - 1| that counts as done


def write(folder: Path, rows: int) -> None:
    """The codes, a byte each and variable by variable, and the shares."""
    rng = np.random.default_rng(6)
    columns, targets = [], {}
    for name, size in zip(NAMES, SIZES, strict=True):
        truth = rng.dirichlet(np.full(size, 8.0))
        columns.append(rng.choice(size, rows, p=truth).astype(np.int8))
        pulled = truth * np.exp(rng.normal(0, 0.3, size))
        targets[name] = (pulled / pulled.sum()).tolist()
    (folder / "codes.bin").write_bytes(np.stack(columns).tobytes())
    (folder / "targets.json").write_text(json.dumps(targets))
