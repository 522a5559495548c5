"""Setting one top-level key of a poll file's text, leaving everything else as its author wrote it."""

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

_PLAIN = re.compile(r"[A-Za-z][\w ,.'()/-]*")
_EARLIER = {  # a new line goes after the last of these that is there
    "opens": (
        "poll",
        "title",
        "category",
        "topic",
        "series",
        "sponsor",
        "confidentiality",
        "sensitive",
        "layout",
    ),
    "closes": ("opens",),
}


def with_headline(text: str, key: str, value: str | None) -> str:
    """The text with `key: value` at its top level; the key's lines are gone where `value` is None."""
    found = _lines_of(text, key)
    line = f"{_edge(text)}{key}: {scalar(value)}\n" if value is not None else ""
    if found:
        return text[: found.start()] + line + text[found.end() :]
    at = _place_of(text, key)
    return text[:at] + line + text[at:]


def with_window(text: str, opens: datetime | None, closes: datetime | None, zone: ZoneInfo) -> str:
    """The text with these two moments as its `opens` and `closes`, to the minute, in the panel's zone."""
    text = with_headline(text, "opens", _minute(opens, zone))
    return with_headline(text, "closes", _minute(closes, zone))


def line_of(text: str, key: str) -> int:
    """The line, from 1, on which a top-level key stands; 1 where it is absent."""
    found = _lines_of(text, key)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def scalar(value: str) -> str:
    """A text as one YAML scalar, quoted where a plain one could be misread."""
    plain = _PLAIN.fullmatch(value) and not value.endswith(" ")
    return value if plain or _is_moment(value) else json.dumps(value, ensure_ascii=False)


def _is_moment(value: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value) is not None


def _minute(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") if moment else None


def _lines_of(text: str, key: str) -> re.Match[str] | None:
    """A key at the text's left edge, in quotation marks or not, with the lines that continue it."""
    edge, name = _edge(text), re.escape(key)
    return re.search(
        rf"""^{edge}(?:{name}|"{name}"|'{name}')[ \t]*:.*(?:\n|\Z)"""
        rf"(?:{edge}[ \t]+\S.*(?:\n|\Z)|[ \t]*\n(?={edge}[ \t]))*",
        text,
        re.MULTILINE,
    )


def _edge(text: str) -> str:
    """The spaces before the first key: where all keys of the poll begin."""
    first = re.search(r"^( *)[\"'a-z]", text, re.MULTILINE)
    return first[1] if first else ""


def _place_of(text: str, key: str) -> int:
    ends = [found.end() for earlier in _EARLIER.get(key, ()) if (found := _lines_of(text, earlier))]
    return max(ends, default=0)
