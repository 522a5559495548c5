"""Background work: pumps over durable state, run again and again, safe to kill at any instant."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from django.db import close_old_connections

logger = logging.getLogger("canvass.background")
TICK = 1.0  # seconds between looks at what is due


@dataclass(frozen=True, slots=True)
class Pump:
    """`run` does whatever is due now and returns; `every` is in seconds."""

    name: str
    every: float
    run: Callable[[], object]


def work(pumps: tuple[Pump, ...], stop: threading.Event) -> None:
    """Run each pump when its time has come, until `stop` is set. One that fails is logged and tried again."""
    due = {pump.name: monotonic() for pump in pumps}
    while not stop.is_set():
        for pump in pumps:
            if stop.is_set() or monotonic() < due[pump.name]:
                continue
            _run(pump)
            due[pump.name] = monotonic() + pump.every
        stop.wait(TICK)


def _run(pump: Pump) -> None:
    close_old_connections()
    try:
        pump.run()
    except Exception:
        logger.exception("The pump %r failed and will be tried again.", pump.name)
    finally:
        close_old_connections()
