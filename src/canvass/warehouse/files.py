"""Immutable files: written whole or not at all, named by their content, checked when read."""

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from canvass.warehouse.manifest import Manifest, StoredFile


class WarehouseDamaged(Exception):
    """A file that the manifest names is missing or not what was written; the message says which."""


def store(folder: Path, kind: str, columns: Mapping[str, Any], metadata: Mapping[str, str]) -> StoredFile:
    """Write columns as one Parquet file, whole or not at all. The same columns give the same bytes.

    A file with that content already there is left as it is.
    """
    content = _parquet(columns, metadata)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{kind}-{digest[:16]}.parquet"
    if not _holds(folder / name, digest):
        _write_whole(folder / name, content)
    return StoredFile(kind, name, digest, len(content), _rows(columns))


def read(folder: Path, stored: StoredFile) -> dict[str, Any]:
    """The columns of a file as numpy arrays, or lists where they hold text. Raises WarehouseDamaged."""
    import pyarrow.parquet as parquet

    path = folder / stored.name
    if not _holds(path, stored.sha256):
        raise WarehouseDamaged(f"{path} is missing or has been changed; bring it back from a backup.")
    table = parquet.read_table(path)
    return {name: _values(table.column(name)) for name in table.column_names}


def sweep(folder: Path, keep: Manifest | None) -> tuple[str, ...]:
    """Remove what no manifest names: files of an interrupted or replaced writing. Returns their names."""
    wanted = {stored.name for stored in keep.files} if keep is not None else set()
    leftover = sorted(path for path in folder.glob("*") if path.name not in wanted) if folder.is_dir() else []
    for path in leftover:
        path.unlink()
    return tuple(path.name for path in leftover)


def _parquet(columns: Mapping[str, Any], metadata: Mapping[str, str]) -> bytes:
    import pyarrow
    import pyarrow.parquet as parquet

    table = pyarrow.table(dict(columns)).replace_schema_metadata(dict(metadata))
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _rows(columns: Mapping[str, Any]) -> int:
    return len(next(iter(columns.values()))) if columns else 0


def _values(column: Any) -> Any:
    import pyarrow.types as types

    return column.to_pylist() if types.is_string(column.type) else column.to_numpy()


def _holds(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with _removed_on_failure(path.with_suffix(".part")) as part:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    _sync_folder(path.parent)


@contextmanager
def _removed_on_failure(part: Path) -> Iterator[Path]:
    try:
        yield part
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
