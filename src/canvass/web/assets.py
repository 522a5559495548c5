"""Static files: read from the packages, addressed by their content, kept in memory with a gzipped copy.

`make run` needs no collecting step and no second server. Only names that the finders list are ever opened,
so no address can climb out of the static folders.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

COMPRESSIBLE = (".css", ".js", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Asset:
    body: bytes
    zipped: bytes | None
    kind: str
    digest: str


class MissingAssetError(ValueError):
    """A template names a static file that no package ships."""


@cache
def _paths() -> dict[str, Path]:
    return {
        name: Path(storage.path(name))
        for finder in finders.get_finders()
        for name, storage in finder.list(ignore_patterns=["CVS", ".*", "*~"])
    }


@lru_cache(maxsize=256)
def _read(path: Path, _changed: int) -> Asset:
    """`_changed` is the time of the last change, so that an edited file is read again."""
    body = path.read_bytes()
    kind, _ = mimetypes.guess_type(path.name)
    return Asset(
        body=body,
        zipped=gzip.compress(body, mtime=0) if path.suffix in COMPRESSIBLE else None,
        kind=_with_charset(kind or "application/octet-stream"),
        digest=hashlib.sha256(body).hexdigest()[:16],
    )


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def find(name: str) -> Asset | None:
    """The static file of this name, such as canvass/canvass.css; None when no package ships it."""
    path = _paths().get(name)
    return _read(path, path.stat().st_mtime_ns) if path is not None else None


class HashedStorage(StaticFilesStorage):
    """Adds ?v=<digest of the content> to every address, so that browsers may keep the file for a year."""

    def url(self, name: str | None) -> str:
        asset = find(name or "")
        if asset is None:
            raise MissingAssetError(f"No package ships the static file {name!r}.")
        return f"{super().url(name)}?v={asset.digest}"
