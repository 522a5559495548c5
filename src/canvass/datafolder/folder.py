"""Paths in the data folder, and the mark of the version that made it."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

FORMAT = 1  # raised when an older Canvass can no longer read the folder


class DataFolderError(Exception):
    """A sentence for the keeper: what is wrong with the data folder and what to do."""


@dataclass(frozen=True, slots=True)
class DataFolder:
    """One installation's folder; made when first needed."""

    path: Path

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def pictures(self) -> Path:
        return self.path / "pictures"

    @property
    def counted(self) -> Path:
        """The warehouse: columnar files of closed polls and their cubes."""
        return self.path / "warehouse"

    @property
    def published(self) -> Path:
        return self.path / "published"

    def database(self, name: str) -> Path:
        return self.path / f"{name}.db"

    def prepare(self) -> "DataFolder":
        """Make the folder, or refuse one that a newer Canvass made. Raises DataFolderError."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise DataFolderError(
                f"{self.path}: the data folder cannot be made ({error.strerror}). "
                "Choose another with --data or CANVASS_DATA."
            ) from error
        mark = self.path / "canvass.json"
        if mark.exists():
            self._refuse_newer(mark)
        else:
            write_whole(mark, json.dumps({"format": FORMAT}).encode())
        return self

    def _refuse_newer(self, mark: Path) -> None:
        try:
            made_with = int(json.loads(mark.read_text(encoding="utf-8"))["format"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataFolderError(
                f"{mark}: this file should say which Canvass made the folder, but cannot be read. "
                "Restore it from a backup or choose another folder with --data."
            ) from error
        if made_with > FORMAT:
            raise DataFolderError(
                f"{self.path}: this data folder was made by a newer Canvass. "
                "Install that version or choose another folder with --data."
            )


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file so that it is there whole or not at all: temporary file, fsync, rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
