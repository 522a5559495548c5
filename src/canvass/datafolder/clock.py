"""The one clock. The demo may shift it by whole seconds; everything reads the same shift."""

import json
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path

from canvass.datafolder.folder import write_whole


def offset(folder: Path) -> timedelta:
    """How far this data folder's clock is ahead of the machine's (zero unless the demo set it)."""
    try:
        return timedelta(seconds=int(json.loads((folder / "clock.json").read_text())["offset_seconds"]))
    except FileNotFoundError:
        return timedelta(0)


def set_today(folder: Path, today: datetime, *, machine_now: datetime | None = None) -> timedelta:
    """Store the offset that makes it `today` now, up to a second later and never earlier.

    Used by `canvass demo --today` alone.
    """
    shift = today - (machine_now or datetime.now(UTC))
    seconds = ceil(shift.total_seconds())
    write_whole(folder / "clock.json", json.dumps({"offset_seconds": seconds}).encode())
    return timedelta(seconds=seconds)


def now(folder: Path) -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC) + offset(folder)
