"""Waiting for what a test needs to have happened: for the thing itself, never for a length of time."""

import time
from collections.abc import Callable

PATIENCE = 240  # seconds; only what will never happen takes so long, however busy the machine


def wait_until(holds: Callable[[], object], said: Callable[[], object] = lambda: "") -> None:
    """Return as soon as `holds()` is true. `said()` is what the failure shows where it never is."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, said()
        time.sleep(0.02)
