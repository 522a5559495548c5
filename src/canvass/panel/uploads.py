"""Files that the team uploads to the panel's desk."""

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile

from canvass import formats

LARGEST_FILE = 10 * 1024 * 1024


def table_of(file: UploadedFile) -> formats.Columns:
    """The table of an uploaded file, which lies on the disk only while it is read.

    Raises UnreadableTable.
    """
    name = Path(file.name or "").name
    if (file.size or 0) > LARGEST_FILE:
        raise formats.UnreadableTable(f"{name}: larger than 10 MB. Split it into smaller files.")
    with tempfile.TemporaryDirectory(prefix="canvass-import-") as folder:
        path = Path(folder) / _plain(name)  # its own name, which faults and notes repeat
        path.write_bytes(file.read())
        return formats.read(path)


def _plain(name: str) -> str:
    """A name under which any file system keeps the file."""
    return "".join(sign for sign in name if sign.isprintable())[-60:] or "upload"
