"""The demo's content, read from the files beside this module."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

SIGNS = {"+": "bright", "-": "weary", "=": "plain"}
NO_ANSWER, NO_CODE = "no answer", "no code"
STUDIES = ("priorities", "time-and-trust", "next-study")


@dataclass(frozen=True, slots=True)
class Template:
    """A poll without its name and dates, and how the demo's members answer it.

    month: the month it belongs to, or None. appeal: relative number of answers. conversion: answers per view.
    habits: by item id, how it is answered (see `answering`).
    """

    name: str
    body: str
    month: int | None
    appeal: float
    conversion: float
    habits: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Remark:
    """One free-text answer in the file's own words; tone: bright, weary or plain.

    coded: what a coder of the demo makes of it, by the keys of `studies/`; or NO_ANSWER, or NO_CODE. Empty
    where no study reads it.
    """

    tone: str
    text: str
    coded: tuple[str, ...] = ()


def calendar() -> dict[str, Any]:
    return _values("calendar.yaml")


def membership() -> dict[str, Any]:
    return _values("members.yaml")


@cache
def template(name: str) -> Template:
    """The poll `name`: its poll file above the line `---`, the habits of answering below."""
    body, _, below = _text(f"polls/{name}.yaml").partition("\n---\n")
    how = yaml.safe_load(below) or {}
    habits = how.get("items", {})
    return Template(name, body, how.get("month"), how.get("appeal", 1.0), how.get("conversion", 0.55), habits)


@cache
def remarks(name: str) -> tuple[Remark, ...]:
    """The free-text answers of one question, one a line: the sign of its tone, the text, a bar, its codes."""
    lines = _text(f"words/{name}.txt").splitlines()
    return tuple(_remark(line) for line in lines if line)


def study(name: str) -> Mapping[str, Any]:
    """A study of the demo: its questions, coders, codebook, and what was thought of single answers."""
    return _values(f"studies/{name}.yaml")


def _remark(line: str) -> Remark:
    text, _, coded = line[1:].partition("  | ")
    return Remark(SIGNS[line[0]], text.strip(), tuple(coded.split(", ")) if coded else ())


@cache
def _values(name: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(_text(name))
    return values


def _text(path: str) -> str:
    return _home().joinpath(*path.split("/")).read_text(encoding="utf-8")


def _home() -> Traversable:
    return files("canvass.cli.demo") / "content"
