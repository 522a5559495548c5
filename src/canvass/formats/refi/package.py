"""The .qdpx as a zip: what is taken out of it, and what is refused unread."""

import zipfile
import zlib
from io import BytesIO

from canvass.formats.refi.values import RefiError

MAX_ENTRIES = 20_000
MAX_UNPACKED = 200_000_000  # bytes; a package that swells beyond this is refused unread
_DATE = (1980, 1, 1, 0, 0, 0)  # one date for all, so that the same project has the same bytes


class Package:
    """The files of a package by name. Names match whatever their case and their folder's case."""

    def __init__(self, data: bytes, *, name: str) -> None:
        """Raises RefiError."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = [entry for entry in self._zip.infolist() if not entry.is_dir()]
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise RefiError(f"{name}: this is not readable as .qdpx. Export the project again.") from error
        if len(entries) > MAX_ENTRIES:
            raise RefiError(f"{name}: it holds {len(entries):,} files; {MAX_ENTRIES:,} are the most.")
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise RefiError(f"{name}: it is larger than {MAX_UNPACKED // 1_000_000} MB unpacked.")
        self._entries = {_folded(entry.filename): entry for entry in entries}

    def projects(self) -> list[str]:
        """The project files: project.qde, or what another program calls it."""
        return [entry.filename for key, entry in self._entries.items() if key.endswith(".qde")]

    def read(self, name: str) -> bytes | None:
        """The file, or None where there is none. Raises RefiError where it cannot be unpacked."""
        entry = self._entries.get(_folded(name))
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as opened:
                data = opened.read(entry.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            OSError,
            EOFError,
        ) as error:
            raise RefiError(f"{self.name}: {entry.filename} cannot be unpacked. Export it again.") from error
        if len(data) > entry.file_size:
            raise RefiError(f"{self.name}: {entry.filename} is larger than it says. Export it again.")
        return data

    def source(self, path: str) -> bytes | None:
        """The file behind an internal:// path, in whichever folder the program put it."""
        name = path.partition("://")[2] or path
        return next(
            (found for folder in ("sources/", "") if (found := self.read(folder + name)) is not None), None
        )

    def top_level(self) -> list[str]:
        """The names of files beside the project that are neither it nor sources."""
        return sorted(
            entry.filename
            for key, entry in self._entries.items()
            if "/" not in key and not key.endswith(".qde")
        )


def packed(files: dict[str, bytes]) -> bytes:
    """A zip with these files in the order of their names; the same files give the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return made.getvalue()


def _folded(name: str) -> str:
    return name.replace("\\", "/").casefold()
