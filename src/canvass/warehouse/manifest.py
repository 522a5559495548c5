"""The manifest: which files hold a closed poll. It is the one thing that says that they are complete."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One immutable file; its name carries the beginning of its hash."""

    kind: str  # answers profiles text persons weights
    name: str
    sha256: str
    size: int  # bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one poll as it was closed."""

    poll: str
    ballots: int
    versions: tuple[int, ...]  # of the instrument, that ballots were cast on
    files: tuple[StoredFile, ...]

    def file(self, kind: str) -> StoredFile:
        """The file of this kind. Raises KeyError."""
        for stored in self.files:
            if stored.kind == kind:
                return stored
        raise KeyError(kind)

    def holds(self, kind: str) -> bool:
        """Whether there is such a file: only linked polls have persons, only weighted ones weights."""
        return any(stored.kind == kind for stored in self.files)

    def dump(self) -> dict[str, Any]:
        """As JSON-safe values, for a row of a database."""
        return asdict(self) | {"versions": list(self.versions), "files": [asdict(one) for one in self.files]}

    @classmethod
    def restore(cls, values: Mapping[str, Any]) -> "Manifest":
        """The inverse of `dump`."""
        files = tuple(StoredFile(**one) for one in values["files"])
        return cls(values["poll"], values["ballots"], tuple(values["versions"]), files)
