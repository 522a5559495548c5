"""The files of published polls: a folder an edition, written whole or not at all, never changed."""

import gzip
import hashlib
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from django.conf import settings

AT_ONCE = 16  # files synced at the same time
AFTER_VOTE = "after-vote.html"  # read by fieldwork (directory.AFTER_VOTE) for the page after a vote


class ShelfDamaged(Exception):
    """A published file is missing or not what was published; the message says which."""


def edition_of(files: Mapping[str, bytes]) -> str:
    """The name of the folder that holds exactly these files."""
    seal = hashlib.sha256()
    for name in sorted(files):
        seal.update(f"{name}\0{digest(files[name])}\n".encode())
    return seal.hexdigest()[:32]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep(panel: str, poll: str, files: Mapping[str, bytes]) -> str:
    """Write an edition and give its name. The same files again change nothing.

    Everything lies in a temporary folder, synced, before one rename makes it the edition.
    """
    edition = edition_of(files)
    home = _home(panel, poll)
    if (home / edition).is_dir():
        return edition
    home.mkdir(parents=True, exist_ok=True)
    part = home / f".{edition}.{os.getpid()}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for name, content in files.items():
        (part / name).write_bytes(content)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # together, so that the disk commits few times for many files
        list(pool.map(_sync, (part / name for name in files)))
    _sync(part)
    part.rename(home / edition)
    _sync(home)
    return edition


def read(panel: str, poll: str, edition: str, name: str, sha256: str) -> bytes:
    """A published file as it was published. Raises ShelfDamaged."""
    path = _home(panel, poll) / edition / name
    try:
        return _read(path, sha256)
    except FileNotFoundError as error:
        raise ShelfDamaged(f"{path} is missing; bring it back from a backup.") from error


@lru_cache(maxsize=512)
def _read(path: Path, sha256: str) -> bytes:
    content = path.read_bytes()
    if digest(content) != sha256:
        raise ShelfDamaged(f"{path} has been changed; bring it back from a backup.")
    return content


@lru_cache(maxsize=256)
def zipped(content: bytes) -> bytes:
    """The content gzipped, the same bytes each time."""
    return gzip.compress(content, compresslevel=6, mtime=0)


def _home(panel: str, poll: str) -> Path:
    home: Path = settings.DATA.published / panel / poll
    return home


def _sync(place: Path) -> None:
    """Make a file, or the names in a folder, durable."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
