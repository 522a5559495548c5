"""Reading a poll's text for one poll of one panel: the instrument, and every fault with its line."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from canvass import instrument
from canvass.instrument import Fault, Instrument, PollFileError
from canvass.polls import headlines

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as read. `instrument` is None where the text is no poll; one with faults is not `ready`."""

    text: str
    instrument: Instrument | None
    faults: tuple[Fault, ...]

    @property
    def ready(self) -> bool:
        return self.instrument is not None and not self.faults


def read(text: str, *, slug: str, zone: str, pictures: Collection[str]) -> Reading:
    """Read a text as the poll `slug`; `pictures` are the names of the picture files it may show."""
    try:
        found = instrument.load(text, name=f"{slug}.yaml", zone=zone)
    except PollFileError as error:
        return Reading(text, None, error.faults)
    faults = [*_other_slug(text, found, slug), *missing_pictures(text, found, pictures)]
    return Reading(text, found, tuple(sorted(faults)))


def decoded(content: bytes) -> str:
    """The text of a poll file: UTF-8, ends of lines as LF. Raises UnicodeDecodeError."""
    return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def slug_in(text: str) -> str:
    """The poll's name as the text gives it, faults and all, or "" where it gives none that can be one."""
    try:
        return instrument.load(text).slug
    except PollFileError:
        found = re.search(r"^ *[\"']?poll[\"']?[ \t]*:[ \t]*(\S+)[ \t]*(#.*)?$", text, re.MULTILINE)
    slug = found[1].strip("\"'") if found else ""
    return slug if SLUG.fullmatch(slug) else ""


def columns(found: Instrument) -> dict[str, str | datetime | None]:
    """What the poll's columns repeat of its text."""
    return {
        "title": found.title,
        "category": found.category,
        "topic": found.topic,
        "series": found.series,
        "sponsor": found.sponsor,
        "confidentiality": found.confidentiality.value,
        "opens_at": found.opens,
        "closes_at": found.closes,
    }


def pictures_in(found: Instrument) -> Iterator[tuple[str, str]]:
    """(item id, picture file) of every picture shown."""
    for item in found.items:
        parts = (
            item.picture,
            *(option.picture for option in item.options),
            *(row.picture for row in item.rows),
        )
        yield from ((item.id, picture.file) for picture in parts if picture)


def _other_slug(text: str, found: Instrument, slug: str) -> Iterator[Fault]:
    if found.slug != slug:
        yield Fault(
            headlines.line_of(text, "poll"),
            "",
            f"This poll's address is {slug} and cannot become {found.slug}.",
            f"Write poll: {slug}, or start a new poll from a copy of this one.",
        )


def missing_pictures(text: str, found: Instrument, pictures: Collection[str]) -> Iterator[Fault]:
    """A fault for each picture that is shown and not there."""
    for item, file in dict.fromkeys(pictures_in(found)):
        if file not in pictures:
            named = re.search(rf"""file["']?\s*:\s*["']?{re.escape(file)}""", text)
            line = text.count("\n", 0, named.end() if named else 0) + 1
            yield Fault(
                line, item, f"The picture {file} is not there.", "Add the picture file under this name."
            )
