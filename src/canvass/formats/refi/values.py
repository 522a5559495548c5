"""What a REFI-QDA project holds, as far as text goes, as frozen values. An id is a GUID, in small letters."""

from dataclasses import dataclass, field


class RefiError(ValueError):
    """The file is no such project, or the project cannot be written; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Code:
    """codable: whether text may be coded with it; a theme that only holds codes is not."""

    id: str
    name: str
    codable: bool = True
    colour: str = ""  # "#rrggbb" or ""
    description: str = ""
    notes: tuple[str, ...] = ()
    children: tuple["Code", ...] = ()


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes that are grouped beside the tree."""

    id: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """One coding: a code, by whom and when (ISO 8601; "" where the file does not say)."""

    id: str
    code: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of a source from `start` to `end`, in code points of its text."""

    id: str
    start: int
    end: int
    name: str = ""
    by: str = ""
    at: str = ""
    codings: tuple[Applied, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A text, NFC with LF, and what was selected in it. codings: those of the whole source."""

    id: str
    name: str
    text: str
    selections: tuple[Selection, ...] = ()
    codings: tuple[Applied, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variable:
    id: str
    name: str
    kind: str = "Text"  # Text, Boolean, Integer, Float, Date or DateTime


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody or something that texts are from. values: (variable, value as text)."""

    id: str
    name: str
    values: tuple[tuple[str, str], ...] = ()
    selections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A memo."""

    id: str
    name: str
    text: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    sources: tuple[Source, ...] = ()
    cases: tuple[Case, ...] = ()
    variables: tuple[Variable, ...] = ()
    notes: tuple[Note, ...] = ()
    sets: tuple[CodeSet, ...] = ()
    project_notes: tuple[str, ...] = ()  # notes on the project as a whole
    at: str = ""  # when it was made, ISO 8601
    side: dict[str, bytes] = field(default_factory=dict)  # further files of the package, by name


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that did not come along, and how often."""

    what: str
    times: int = 1

    def __str__(self) -> str:
        return self.what if self.times == 1 else f"{self.what} ({self.times:,} times)"
