"""One contestant's run, said as JSON: processor and wall seconds, memory, and its tables to a file."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.crosstabs.people import People, read


def said(folder: Path, count: Callable[[People], list[np.ndarray]]) -> None:
    """Count once and print what it took; imports and reading the data are before it."""
    people = read(folder)
    held = _memory("VmRSS")
    processor, wall = time.process_time(), time.monotonic()
    tables = count(people)
    took = {"processor": time.process_time() - processor, "wall": time.monotonic() - wall}
    peak = _memory("VmHWM")
    np.save(folder / "tables.npy", np.concatenate([table.ravel() for table in tables]))
    print(json.dumps({**took, "above": peak - held, "memory": peak, "tables": len(tables)}))


def _memory(line: str) -> float:
    """MB of this process, from the system."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(one for one in status if one.startswith(line)).split()[1]) / 1024
