"""What the first figure would wait for, done once at start: distributions and the widths of the fonts."""

import threading

from canvass.figures import measure
from canvass.statistics import distributions

WEIGHTS = (400, 600, 700)


def begin() -> threading.Thread:
    """Warm up beside the first requests; nothing waits for it and nothing depends on it."""
    thread = threading.Thread(target=_warm, name="warming", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    distributions.t_quantile(0.975, 10.0)
    for weight in WEIGHTS:
        measure.width("0", 16.0, weight)
