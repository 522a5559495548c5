"""A file that is written whole or not at all, whatever stops the command."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from canvass.cli.refusal import Refused


def refuse_overwriting(out: Path, read: Iterable[Path | None]) -> None:
    """Raises Refused where the file to be written is one that is read."""
    if any(one is not None and one.resolve() == out.resolve() for one in read):
        raise Refused(f"--out {out}: that file is read here and would be lost. Choose another name.")


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary file beside `path`, with its ending; it takes the place when the block ends well.

    Raises Refused where the place cannot be written; what was there before stays.
    """
    if path.is_dir():
        raise Refused(f"{path} is a folder. Name a file in it.")
    part = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        part = Path(name)
        yield part
        _settle(part)
        part.replace(path)
    except OSError as error:
        raise Refused(
            f"{path}: cannot be written ({error.strerror or error}). Choose another place."
        ) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def _settle(part: Path) -> None:
    """On disk, and readable as any new file would be."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    mask = os.umask(0)
    os.umask(mask)
    part.chmod(0o666 & ~mask)
