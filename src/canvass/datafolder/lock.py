"""One server a data folder: a lock that the system lets go of when the process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canvass.datafolder.folder import DataFolderError


@contextmanager
def held(folder: Path, name: str = "serve") -> Iterator[None]:
    """Hold the folder's lock while the block runs. Raises DataFolderError if another process holds it."""
    descriptor = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataFolderError(
                f"{folder}: Canvass is already running on this data folder. "
                "Stop that one first, or choose another folder with --data."
            ) from error
        yield
    finally:
        os.close(descriptor)
