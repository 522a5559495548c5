"""Locks of a data folder, which the system lets go of when the process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canvass.datafolder.folder import DataFolderError


@contextmanager
def held(folder: Path, name: str = "serve") -> Iterator[None]:
    """One server a folder: hold its lock while the block runs. Raises DataFolderError if another does."""
    with _opened(folder, name) as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataFolderError(
                f"{folder}: Canvass is already running on this data folder. "
                "Stop that one first, or choose another folder with --data."
            ) from error
        yield


@contextmanager
def in_turn(folder: Path, name: str) -> Iterator[None]:
    """Wait until no other process is in this block on this folder, and let none in while it runs."""
    with _opened(folder, name) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def _opened(folder: Path, name: str) -> Iterator[int]:
    descriptor = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
