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
        path = Path(folder) / f"upload{Path(name).suffix.lower()}"
        path.write_bytes(file.read())
        return formats.read(path)
