"""Pictures shown in polls: files in DATA/pictures/<panel>/<poll>/, each checked by its content."""

import re
from collections.abc import Mapping
from pathlib import Path

from canvass.datafolder.folder import write_whole
from canvass.polls.states import PollRefused

MAX_BYTES = 1_000_000
MAX_PICTURES = 100
TYPES: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,80}(\.[A-Za-z0-9_-]+)*\.[a-z]{3,4}")


def folder(pictures: Path, panel: str, poll: str) -> Path:
    return pictures / panel / poll


def names(home: Path) -> tuple[str, ...]:
    """The picture files of one poll, sorted."""
    if not home.is_dir():
        return ()
    return tuple(
        sorted(file.name for file in home.iterdir() if file.suffix in TYPES and _NAME.fullmatch(file.name))
    )


def check(name: str, content: bytes) -> None:
    """Refuse what is not a small picture of the kind its name says. Raises PollRefused."""
    suffix = Path(name).suffix
    if suffix not in TYPES or not _NAME.fullmatch(name):
        raise PollRefused(
            f"{name}: not a name for a picture. Use letters, digits and hyphens, ending in .png, .jpg, .gif "
            "or .webp. Drawings in SVG are not taken, because they can carry programs."
        )
    if len(content) > MAX_BYTES:
        raise PollRefused(
            f"{name}: {len(content):,} bytes. A picture may have at most {MAX_BYTES:,}; make it smaller."
        )
    kind = kind_of(content)
    if kind is None:
        raise PollRefused(f"{name}: this is not a PNG, JPEG, GIF or WebP picture. Save it as one of these.")
    if kind != TYPES[suffix]:
        raise PollRefused(
            f"{name}: the content is {kind}, but the name says {suffix}. Give it the right ending."
        )


def kind_of(content: bytes) -> str | None:
    """The media type by the first bytes of the content; None where it is no picture that can be shown."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def keep(home: Path, pictures: Mapping[str, bytes]) -> None:
    """Write checked pictures into a poll's folder. Raises PollRefused before anything is written."""
    for name, content in pictures.items():
        check(name, content)
    if len({*names(home), *pictures}) > MAX_PICTURES:
        raise PollRefused(f"A poll may have at most {MAX_PICTURES} pictures. Remove one first.")
    for name, content in pictures.items():
        write_whole(home / name, content)


def beside(file: Path, wanted: set[str]) -> dict[str, bytes]:
    """The wanted pictures that lie beside a poll file. A name that leads elsewhere is not followed."""
    found = {}
    for name in sorted(wanted):
        picture = file.parent / name
        if _NAME.fullmatch(name) and picture.is_file() and picture.stat().st_size <= MAX_BYTES * 4:
            found[name] = picture.read_bytes()
    return found


def path_of(home: Path, name: str) -> Path | None:
    """The file of one picture, or None where the poll has no such picture."""
    return home / name if name in names(home) else None
