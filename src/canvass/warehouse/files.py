"""Immutable files: written whole or not at all, named by their content, checked when read."""

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from canvass.statistics.arrays import Codes
from canvass.warehouse.manifest import Manifest, StoredFile


class Labelled(NamedTuple):
    """A column of texts that repeat: `labels[codes[row]]`."""

    codes: Codes  # (rows,)
    labels: tuple[str, ...]

    def texts(self) -> list[str]:
        """The column text by text."""
        return [self.labels[code] for code in self.codes]


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
    return read_with_note(folder, stored)[0]


def read_with_note(folder: Path, stored: StoredFile) -> tuple[dict[str, Any], dict[str, str]]:
    """The columns of a file, and what its writer noted of it. Raises WarehouseDamaged."""
    table = _table(folder, stored)
    metadata = table.schema.metadata or {}
    note = {key.decode(): value.decode() for key, value in metadata.items()}
    return {name: _values(table.column(name)) for name in table.column_names}, note


def read_labelled(folder: Path, stored: StoredFile) -> dict[str, Labelled]:
    """The columns of a file of texts that repeat, each as its distinct texts and codes.

    Raises WarehouseDamaged.
    """
    table = _table(folder, stored, repeating=True)
    return {name: _labelled(table.column(name)) for name in table.column_names}


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


def _table(folder: Path, stored: StoredFile, *, repeating: bool = False) -> Any:
    import pyarrow
    import pyarrow.parquet as parquet

    content = _content(folder / stored.name)
    if hashlib.sha256(content).hexdigest() != stored.sha256:
        path = folder / stored.name
        raise WarehouseDamaged(f"{path} is missing or has been changed; bring it back from a backup.")
    held = parquet.ParquetFile(pyarrow.BufferReader(content))
    if repeating:
        names = held.schema_arrow.names
        held = parquet.ParquetFile(pyarrow.BufferReader(content), read_dictionary=names)
    # One thread: what an executor spreads over processes must not spread again in each.
    return held.read(use_threads=False)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _values(column: Any) -> Any:
    import pyarrow.types as types

    return column.to_pylist() if types.is_string(column.type) else column.to_numpy()


def _labelled(column: Any) -> Labelled:
    encoded = column.combine_chunks().dictionary_encode()
    return Labelled(encoded.indices.to_numpy(zero_copy_only=False), tuple(encoded.dictionary.to_pylist()))


def _holds(path: Path, digest: str) -> bool:
    return hashlib.sha256(_content(path)).hexdigest() == digest


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
